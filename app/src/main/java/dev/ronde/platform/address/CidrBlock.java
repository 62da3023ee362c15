package dev.ronde.platform.address;

import dev.ronde.platform.text.AddressText;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
 *
 * @param network lowest address of the block
 * @param prefix number of leading bits that are fixed
 */
public record CidrBlock(InetAddress network, int prefix) {
    /** IANA special-purpose registries (RFC 6890 and later), as far as they are not globally reachable. */
    private static final List<CidrBlock> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24",
                    "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4",
                    "::/128 ::1/128 64:ff9b:1::/48 100::/64 2001:db8::/32 fc00::/7 fe80::/10 ff00::/8")
            .flatMap(texts -> Arrays.stream(texts.split(" ", -1)))
            .map(CidrBlock::parse)
            .toList();

    public CidrBlock {
        int bits = network.getAddress().length * 8;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("prefix /" + prefix + " is not between /0 and /" + bits);
        }
        if (!masked(network, prefix).equals(network)) {
            throw new IllegalArgumentException(
                    AddressText.of(network) + "/" + prefix + " has bits set behind its prefix");
        }
    }

    /**
     * Parses {@code address} or {@code address/prefix}; a single address is a block of one.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> literal = HostName.literal(address);
        if (literal.isEmpty()) {
            throw new IllegalArgumentException("\"" + address + "\" is not an IP address");
        }
        int bits = literal.get().getAddress().length * 8;
        return new CidrBlock(literal.get(), slash < 0 ? bits : prefix(text.substring(slash + 1)));
    }

    /** Reads a block as {@link #parse} does, whatever stands behind its prefix; empty where the text is neither a block nor an address. */
    public static Optional<CidrBlock> find(String text) {
        String[] parts = text.split("/", -1);
        Optional<InetAddress> literal = parts.length > 2 ? Optional.empty() : HostName.literal(parts[0]);
        return literal.flatMap(address -> {
            int bits = address.getAddress().length * 8;
            int prefix = parts.length == 1 ? bits : parts[1].matches("[0-9]{1,3}") ? Integer.parseInt(parts[1]) : -1;
            return prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(around(address, prefix));
        });
    }

    private static CidrBlock around(InetAddress address, int prefix) {
        return new CidrBlock(masked(address, prefix), prefix);
    }

    /** The lowest address with these leading bits. */
    private static InetAddress masked(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as many bytes as an address has", e);
        }
    }

    /** The network of one site: the /64 of an IPv6 address, since its owner has them all; any other text as it is. */
    public static String site(String text) {
        return HostName.literal(text)
                .filter(Inet6Address.class::isInstance)
                .map(address -> around(address, 64).toString())
                .orElse(text);
    }

    /** Returns whether the text is one address that anybody on the Internet can reach. */
    public static boolean isPublic(String text) {
        return HostName.literal(text)
                .filter(address -> NOT_PUBLIC.stream().noneMatch(block -> block.contains(address)))
                .isPresent();
    }

    public boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && masked(address, prefix).equals(network);
    }

    public boolean within(CidrBlock other) {
        return prefix >= other.prefix && other.contains(network);
    }

    @Override
    public String toString() {
        return AddressText.of(network) + "/" + prefix;
    }

    private static int prefix(String digits) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"/" + digits + "\" is not a prefix length");
        }
        return Integer.parseInt(digits);
    }
}
