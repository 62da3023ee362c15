package dev.ronde.check.derive.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Says an exposure: "any public IPv4 address → TCP 9200–9300, rule allow-temp, priority 110". */
public final class ExposureWords {
    private static final int FEW = 3;
    private static final int MANY = 8;

    private ExposureWords() {}

    /** A whole sentence without the full stop. */
    public static String of(Exposure exposure) {
        return source(exposure) + " → " + ports(exposure) + scope(exposure) + ", " + rules(exposure);
    }

    /** Senders whom another rule lets in do not count as exceptions. */
    public static String source(Exposure exposure) {
        Family family = exposure.family();
        if (family == null) {
            String names = listed(List.copyOf(new java.util.TreeSet<>(exposure.named())), FEW);
            return exposure.reach() == Reach.AZURE_TENANTS
                    ? "any Azure customer (" + names + ")"
                    : "whoever is in " + names;
        }
        AddressSet all = Addresses.PUBLIC.of(family);
        AddressSet open = exposure.addresses();
        if (open.covers(all)) {
            return "any public " + family.word() + " address";
        }
        if (exposure.reach() == Reach.ANY) {
            List<String> left = prefixes(all.minus(open));
            if (left.size() <= FEW) {
                // what another rule lets in is no exception, unless its hole makes the exception hard to read
                List<String> kept = prefixes(all.minus(exposure.reachable()));
                List<String> missing = kept.size() <= FEW ? kept : left;
                return "any public " + family.word() + " address"
                        + (missing.isEmpty() ? "" : " except " + listed(missing, FEW));
            }
            return "most public " + family.word() + " addresses (" + listed(outline(open, all), FEW) + ")";
        }
        String prefixes = prefixesOf(exposure);
        return exposure.reach() == Reach.LARGE && family == Family.IPV4
                ? grouped(open.size()) + " public IPv4 addresses (" + prefixes + ")"
                : prefixes;
    }

    /** The prefixes as the rules wrote them, if only non-public addresses are missing and they are fewer. */
    private static String prefixesOf(Exposure exposure) {
        AddressSet open = exposure.addresses();
        Family family = open.ranges().get(0).family();
        AddressSet written = exposure.chains().stream()
                .map(chain -> chain.stream()
                        .map(rule -> rule.source().addresses().of(family))
                        .reduce(family == Family.IPV4 ? AddressSet.ALL_IPV4 : AddressSet.ALL_IPV6, AddressSet::and))
                .reduce(AddressSet.NONE, AddressSet::or);
        List<String> exact = prefixes(open);
        List<String> wide = prefixes(written);
        boolean same = !written.isEmpty()
                && written.and(Addresses.PUBLIC.of(family)).ranges().equals(open.ranges());
        return same && wide.size() < exact.size() ? "the public part of " + listed(wide, FEW) : listed(exact, FEW);
    }

    private static List<String> prefixes(AddressSet set) {
        return set.ranges().stream()
                .flatMap(range -> Addresses.prefixes(range).stream())
                .toList();
    }

    /** The prefixes a person would have written: addresses that are not public anyway are filled in. */
    private static List<String> outline(AddressSet open, AddressSet all) {
        Family family = open.ranges().get(0).family();
        AddressSet everything = family == Family.IPV4 ? AddressSet.ALL_IPV4 : AddressSet.ALL_IPV6;
        AddressSet filled = open.or(everything.minus(all));
        return prefixes(new AddressSet(filled.ranges().stream()
                .filter(range -> !new AddressSet(List.of(range)).and(open).isEmpty())
                .toList()));
    }

    private static String grouped(BigInteger number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String ports(Exposure exposure) {
        if (exposure.everything()) {
            return "every protocol and port";
        }
        List<String> ported = exposure.protocols().stream()
                .filter(Exposures.WITH_PORTS::contains)
                .map(ExposureWords::upper)
                .toList();
        List<String> others = exposure.protocols().stream()
                .filter(protocol -> !Exposures.WITH_PORTS.contains(protocol))
                .map(ExposureWords::upper)
                .toList();
        List<String> parts = new ArrayList<>();
        if (!ported.isEmpty()) {
            parts.add(
                    exposure.ports().equals(PortSet.ALL)
                            ? "every " + listed(ported, MANY) + " port"
                            : listed(ported, MANY) + " "
                                    + listed(exposure.ports().texts("–"), MANY));
        }
        if (!others.isEmpty()) {
            parts.add(listed(others, MANY));
        }
        return listed(parts, FEW);
    }

    private static String upper(String protocol) {
        return protocol.matches("[0-9]+") ? "protocol " + protocol : protocol.toUpperCase(Locale.ROOT);
    }

    private static String scope(Exposure exposure) {
        Set<String> scopes = exposure.chains().stream()
                .flatMap(List::stream)
                .map(NetworkRule::scope)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return scopes.isEmpty() ? "" : " of " + listed(List.copyOf(scopes), FEW);
    }

    /** "then" joins lists that apply one after the other, "and" joins rules that are only enough together. */
    private static String rules(Exposure exposure) {
        List<String> chains = exposure.chains().stream()
                .map(chain -> chain.stream().map(ExposureWords::rule).collect(Collectors.joining(", then ")))
                .distinct()
                .toList();
        return listed(chains, FEW);
    }

    private static String rule(NetworkRule rule) {
        return "rule " + rule.name()
                + (rule.owner() == null ? "" : " of " + rule.owner())
                + (rule.priority() == null ? "" : ", priority " + rule.priority());
    }

    private static String listed(List<String> items, int most) {
        if (items.size() > most) {
            return String.join(", ", items.subList(0, most)) + " and " + (items.size() - most) + " more";
        }
        if (items.size() < 2) {
            return String.join("", items);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
    }
}
