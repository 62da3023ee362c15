package dev.ronde.check.derive.net;

import dev.ronde.platform.address.CidrBlock;
import dev.ronde.platform.text.AddressText;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads and writes addresses and prefixes (RFC 4632, RFC 4291, RFC 5952); never resolves a name. */
public final class Addresses {
    /** A prefix length without leading zero, since tools disagree on {@code 010}. */
    private static final Pattern PREFIX = Pattern.compile("[^/]{2,45}(/(0|[1-9][0-9]{0,2}))?");

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

    private Addresses() {}

    /**
     * Returns the addresses of a prefix or of a single address; host bits are ignored. Empty where the text is neither, and for IPv4 written
     * as IPv6 (RFC 4291 §2.5.5.2): whether a rule with it lets IPv4 in depends on who reads it.
     */
    public static Optional<AddressSet> prefix(String text) {
        return PREFIX.matcher(text).matches()
                ? CidrBlock.find(text)
                        .filter(block -> text.indexOf(':') < 0 || block.network() instanceof Inet6Address)
                        .map(Addresses::of)
                : Optional.empty();
    }

    private static AddressSet of(CidrBlock block) {
        byte[] bytes = block.network().getAddress();
        BigInteger start = new BigInteger(1, bytes);
        BigInteger first = bytes.length == 4 ? start : start.add(AddressSet.IPV6_START);
        BigInteger hosts =
                BigInteger.ONE.shiftLeft(8 * bytes.length - block.prefix()).subtract(BigInteger.ONE);
        return new AddressSet(List.of(new AddressSet.Range(first, first.add(hosts))));
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
