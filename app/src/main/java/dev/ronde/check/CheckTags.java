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

    /** A product no check knows is fine and steers nothing, unless it looks like one that a check knows. */
    @Override
    public Optional<Refusal> refusal(String tag) {
        if (!tag.startsWith(Products.TAG_PREFIX)) {
            return EffectiveParams.problem(tag, catalogue)
                    .map(problem -> new Refusal("bad_parameter_tag", List.of(problem)));
        }
        String name = tag.substring(Products.TAG_PREFIX.length());
        Set<String> products = catalogue.products();
        return products.contains(name)
                ? Optional.empty()
                : DidYouMean.nearest(name, products)
                        .map(near -> new Refusal("unknown_product_near", List.of(name, near)));
    }
}
