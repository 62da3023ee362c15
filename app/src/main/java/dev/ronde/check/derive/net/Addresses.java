package dev.ronde.check.derive.net;

import dev.ronde.platform.text.AddressText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and writes addresses and prefixes (RFC 4632, RFC 4291, RFC 5952); never resolves a name. */
public final class Addresses {
    /**
     * What anybody on the Internet can be: IPv4 without the IANA special-purpose ranges (RFC 6890 and later), multicast, the reserved
     * class E and the platform address of Azure; IPv6 as far as it is global unicast.
     */
    public static final AddressSet PUBLIC = AddressSet.ALL_IPV4
            .minus(AddressSet.of(Stream.of(
                            "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16".split(" "),
                            "172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16 198.18.0.0/15".split(" "),
                            "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4".split(" "))
                    .flatMap(Stream::of)
                    .map(text -> prefix(text).orElseThrow().ranges().get(0))
                    .toList()))
            .or(prefix("2000::/3").orElseThrow());

    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    private Addresses() {}

    /**
     * Returns the addresses of a prefix or of a single address; host bits are ignored. Empty where the text is neither, and for IPv4 written
     * as IPv6 (RFC 4291 §2.5.5.2): whether a rule with it lets IPv4 in depends on who reads it.
     */
    public static Optional<AddressSet> prefix(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean six = address.indexOf(':') >= 0;
        int bits = six ? 128 : 32;
        int length = slash < 0 ? bits : number(text.substring(slash + 1), bits);
        Optional<BigInteger> value = length < 0 ? Optional.empty() : six ? ipv6(address) : ipv4(address);
        return value.filter(start -> !six || !start.shiftRight(32).equals(MAPPED))
                .map(start -> {
                    BigInteger hosts = BigInteger.ONE.shiftLeft(bits - length).subtract(BigInteger.ONE);
                    BigInteger first = start.andNot(hosts).add(six ? AddressSet.IPV6_START : BigInteger.ZERO);
                    return new AddressSet(List.of(new AddressSet.Range(first, first.add(hosts))));
                });
    }

    private static Optional<BigInteger> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long value = 0;
        for (String part : parts) {
            int octet = number(part, 255);
            if (octet < 0) {
                return Optional.empty();
            }
            value = value << 8 | octet;
        }
        return Optional.of(BigInteger.valueOf(value));
    }

    /** Decimal without sign or leading zero, since tools disagree on {@code 010}; -1 for anything else. */
    private static int number(String text, int max) {
        boolean plain = !text.isEmpty()
                && text.length() <= 3
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        int value = plain ? Integer.parseInt(text) : -1;
        return value <= max ? value : -1;
    }

    private static Optional<BigInteger> ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<Integer>> head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        Optional<List<Integer>> tail = gap < 0 ? Optional.of(List.of()) : groups(text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int given = head.get().size() + tail.get().size();
        if (gap < 0 ? given != 8 : given > 7) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(head.get());
        for (int i = given; i < 8; i++) {
            all.add(0);
        }
        all.addAll(tail.get());
        BigInteger value = BigInteger.ZERO;
        for (int group : all) {
            value = value.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return Optional.of(value);
    }

    private static Optional<List<Integer>> groups(String text, boolean last) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (last && i == parts.length - 1 && part.indexOf('.') >= 0) {
                Optional<BigInteger> dotted = ipv4(part);
                if (dotted.isEmpty()) {
                    return Optional.empty();
                }
                groups.add(dotted.get().shiftRight(16).intValue());
                groups.add(dotted.get().intValue() & 0xffff);
            } else if (part.matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(part, 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    /** Writes the fewest prefixes that make a range, in ascending order. */
    static List<String> prefixes(AddressSet.Range range) {
        boolean six = range.family() == Family.IPV6;
        BigInteger base = six ? AddressSet.IPV6_START : BigInteger.ZERO;
        int bits = six ? 128 : 32;
        BigInteger from = range.first().subtract(base);
        BigInteger last = range.last().subtract(base);
        List<String> prefixes = new ArrayList<>();
        while (from.compareTo(last) <= 0) {
            int aligned = from.signum() == 0 ? bits : Math.min(bits, from.getLowestSetBit());
            int fits = last.subtract(from).add(BigInteger.ONE).bitLength() - 1;
            int host = Math.min(aligned, fits);
            prefixes.add((six ? text6(from) : text4(from)) + (host == 0 ? "" : "/" + (bits - host)));
            from = from.add(BigInteger.ONE.shiftLeft(host));
        }
        return prefixes;
    }

    private static String text4(BigInteger value) {
        long v = value.longValue();
        return (v >> 24) + "." + (v >> 16 & 255) + "." + (v >> 8 & 255) + "." + (v & 255);
    }

    private static String text6(BigInteger value) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = value.shiftRight(112 - 16 * i).intValue() & 0xffff;
        }
        return AddressText.six(groups);
    }
}
