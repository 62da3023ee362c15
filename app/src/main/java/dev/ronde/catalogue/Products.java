package dev.ronde.catalogue;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which product an asset of a kind with several is: the inventory says so with a tag {@code product:<name>}. */
public final class Products {
    public static final String TAG_PREFIX = "product:";

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private static final String OTHER = "other";

    private Products() {}

    static Set<String> named(@Nullable Object tags) {
        Set<String> named = new TreeSet<>();
        for (Object tag : tags instanceof List<?> list ? list : List.of()) {
            String text = String.valueOf(tag);
            if (text.startsWith(TAG_PREFIX)) {
                named.add(text.substring(TAG_PREFIX.length()));
            }
        }
        return named;
    }

    static Set<String> of(Stream<CatalogueEntry> entries) {
        Set<String> products = new TreeSet<>(Set.of(OTHER));
        entries.map(entry -> entry.outline().product()).filter(Objects::nonNull).forEach(products::add);
        return products;
    }
}
