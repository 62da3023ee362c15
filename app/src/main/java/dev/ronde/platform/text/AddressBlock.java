package dev.ronde.platform.text;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** An IP address block in CIDR form, or a single address; never resolves a name. */
public record AddressBlock(BigInteger address, int bits, int prefix) {
    /** IANA special-purpose registries (RFC 6890 and later), as far as they are not globally reachable. */
    private static final List<AddressBlock> NOT_PUBLIC = List.of(
                    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
                            .split(" "),
                    "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4".split(" "),
                    "::/128 ::1/128 64:ff9b:1::/48 100::/64 2001:db8::/32 fc00::/7 fe80::/10 ff00::/8".split(" "))
            .stream()
            .flatMap(java.util.Arrays::stream)
            .map(text -> parse(text).orElseThrow())
            .toList();

    /** Reads {@code 10.0.0.0/8} or one address; empty where the text is neither. */
    public static Optional<AddressBlock> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || !parts[0].matches("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}") || !isLiteral(parts[0])) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(parts[0]).getAddress();
            int bits = bytes.length * 8;
            int prefix = parts.length == 1 ? bits : parts[1].matches("[0-9]{1,3}") ? Integer.parseInt(parts[1]) : -1;
            return prefix < 0 || prefix > bits
                    ? Optional.empty()
                    : Optional.of(new AddressBlock(new BigInteger(1, bytes), bits, prefix));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The network one site has: of an IPv6 address its /64, since whoever has one address there has all; any other text as it is. */
    public static String site(String text) {
        return parse(text)
                .filter(block -> block.bits == 128)
                .map(block -> block.address.shiftRight(64).toString(16) + "::/64")
                .orElse(text);
    }

    private static boolean isLiteral(String text) {
        return text.contains(":") || text.matches("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    }

    public boolean contains(AddressBlock inner) {
        return inner.bits == bits
                && inner.prefix >= prefix
                && address.shiftRight(bits - prefix).equals(inner.address.shiftRight(bits - prefix));
    }

    /** Returns whether the text is one address that anybody on the Internet can reach. */
    public static boolean isPublic(String text) {
        return !text.contains("/")
                && parse(text)
                        .filter(address -> NOT_PUBLIC.stream().noneMatch(block -> block.contains(address)))
                        .isPresent();
    }
}
