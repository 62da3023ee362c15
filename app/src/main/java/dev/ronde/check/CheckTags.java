package dev.ronde.check;

import dev.ronde.asset.AssetWords;
import dev.ronde.control.Catalogue;
import dev.ronde.control.EffectiveParams;
import dev.ronde.control.Products;
import dev.ronde.platform.problem.DidYouMean;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tags that steer checks: {@code param:<check>.<name>=<value>} and {@code product:<name>}. */
public final class CheckTags implements AssetWords {
    private final Catalogue catalogue;

    public CheckTags(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Set<String> kinds() {
        return catalogue.protections().kinds();
    }

    /**
     * A product that no check of the kind knows is fine and steers nothing, unless it is one slip away from a known one. A known name with
     * something behind it ({@code influxdb2}, {@code jupyterhub}) is another product.
     */
    @Override
    public Optional<Refusal> refusal(String kind, String tag) {
        if (!tag.startsWith(Products.TAG_PREFIX)) {
            return EffectiveParams.problem(tag, catalogue)
                    .map(problem -> new Refusal("bad_parameter_tag", List.of(problem)));
        }
        String name = tag.substring(Products.TAG_PREFIX.length());
        Set<String> products = catalogue.products(kind);
        return products.stream().anyMatch(name::startsWith)
                ? Optional.empty()
                : DidYouMean.oneSlipFrom(name, products)
                        .map(near -> new Refusal("unknown_product_near", List.of(name, near)));
    }
}
