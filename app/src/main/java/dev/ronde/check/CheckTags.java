package dev.ronde.check;

import dev.ronde.asset.field.AssetWords;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Products;
import dev.ronde.platform.problem.DidYouMean;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The tags that steer checks: {@code param:<check>.<name>=<value>} and {@code product:<name>}. */
public record CheckTags(Catalogue catalogue) implements AssetWords {
    /** What may follow a known product name to make another name; may be empty. */
    private static final Pattern EXTENSION = Pattern.compile("|[a-z][a-z0-9-]+|[0-9-].*");

    @Override
    public Set<String> kinds() {
        return catalogue.protections().kinds();
    }

    /**
     * A product that no check of the kind knows is fine and steers nothing, unless it is one slip away from a known one. A known name with
     * something behind it ({@code influxdb2}, {@code jupyterhub}) is another product; a single letter behind it is a slip.
     */
    @Override
    public Optional<Refusal> refusal(String kind, String tag) {
        if (!tag.startsWith(Products.TAG_PREFIX)) {
            return EffectiveParams.problem(tag, catalogue)
                    .map(problem -> new Refusal(
                            "bad_parameter_tag", "bad_parameter_tag." + problem.key(), problem.arguments()));
        }
        String name = tag.substring(Products.TAG_PREFIX.length());
        Set<String> products = catalogue.products(kind);
        return products.stream().anyMatch(product -> extended(product, name))
                ? Optional.empty()
                : DidYouMean.oneSlipFrom(name, products)
                        .map(near -> new Refusal("unknown_product_near", List.of(name, near)));
    }

    private static boolean extended(String product, String name) {
        return name.startsWith(product)
                && EXTENSION.matcher(name.substring(product.length())).matches();
    }
}
