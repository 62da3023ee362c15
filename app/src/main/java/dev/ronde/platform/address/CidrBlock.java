package dev.ronde.platform.address;

import dev.ronde.platform.text.AddressText;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
 *
 * @param network lowest address of the block
 * @param prefix number of leading bits that are fixed
 */
public record CidrBlock(InetAddress network, int prefix) {
    public CidrBlock {
        int bits = network.getAddress().length * 8;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("prefix /" + prefix + " is not between /0 and /" + bits);
        }
        if (hostPart(network, prefix).signum() != 0) {
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

    /** Returns whether the address lies in this block. */
    public boolean contains(InetAddress address) {
        byte[] left = network.getAddress();
        byte[] right = address.getAddress();
        if (left.length != right.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit)) & 0xff;
            if ((left[bit / 8] & mask) != (right[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether this block is equal to the other or lies inside it. */
    public boolean within(CidrBlock other) {
        return prefix >= other.prefix && other.contains(network);
    }

    @Override
    public String toString() {
        return AddressText.of(network) + "/" + prefix;
    }

    private static BigInteger hostPart(InetAddress network, int prefix) {
        byte[] bytes = network.getAddress();
        BigInteger mask = BigInteger.ONE.shiftLeft(bytes.length * 8 - prefix).subtract(BigInteger.ONE);
        return new BigInteger(1, bytes).and(mask);
    }

    private static int prefix(String digits) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"/" + digits + "\" is not a prefix length");
        }
        return Integer.parseInt(digits);
    }
}
