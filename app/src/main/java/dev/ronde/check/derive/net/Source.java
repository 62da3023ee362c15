package dev.ronde.check.derive.net;

import java.util.Set;
import java.util.TreeSet;

/**
 * Where a rule lets traffic come from.
 *
 * @param addresses addresses it names
 * @param named public addresses that are known by a name only, such as {@code AzureCloud.westeurope}; a name covers every longer one
 *     that continues it after a dot
 */
public record Source(AddressSet addresses, Set<String> named) {
    public static final Source PRIVATE = new Source(AddressSet.NONE, Set.of());

    public static final Source ANYBODY = new Source(AddressSet.ALL, Set.of());

    public Source {
        named = Set.copyOf(named);
    }

    public static Source of(AddressSet addresses) {
        return new Source(addresses, Set.of());
    }

    public Source or(Source other) {
        Set<String> names = new TreeSet<>(named);
        names.addAll(other.named);
        return new Source(addresses.or(other.addresses), names);
    }

    boolean names(String name) {
        return named.contains(name) || named.stream().anyMatch(known -> name.startsWith(known + "."));
    }
}
