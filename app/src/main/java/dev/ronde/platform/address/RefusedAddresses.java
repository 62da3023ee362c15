package dev.ronde.platform.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses that nothing is ever sent to, neither probe nor webhook, and the IPv4 addresses that hide inside IPv6 ones. */
public final class RefusedAddresses {
    private static final List<CidrBlock> BLOCKS = Stream.of(
                    "0.0.0.0/8",
                    // link local, with the metadata service of most clouds
                    "169.254.0.0/16",
                    // Azure's host and Alibaba's metadata service
                    "168.63.129.16",
                    "100.100.100.200",
                    // multicast and broadcast
                    "224.0.0.0/4",
                    "255.255.255.255",
                    "::",
                    // NAT64 with a locally chosen prefix: where the IPv4 address stands in it cannot be known (RFC
                    // 8215)
                    "64:ff9b:1::/48",
                    // Oracle's older metadata service
                    "192.0.0.192",
                    // Amazon's metadata service
                    "fd00:ec2::254",
                    "fe80::/10",
                    "ff00::/8")
            .map(CidrBlock::parse)
            .toList();
    private static final CidrBlock COMPATIBLE = CidrBlock.parse("::/96");
    private static final CidrBlock NAT64 = CidrBlock.parse("64:ff9b::/96");
    private static final CidrBlock SIX_TO_FOUR = CidrBlock.parse("2002::/16");
    private static final CidrBlock TEREDO = CidrBlock.parse("2001::/32");

    private RefusedAddresses() {}

    private static Optional<CidrBlock> find(InetAddress address) {
        return BLOCKS.stream().filter(block -> block.contains(address)).findFirst();
    }

    /** Returns the block that forbids the address itself, or one that hides inside it. */
    public static Optional<CidrBlock> block(InetAddress address) {
        return Stream.concat(Stream.of(address), normalise(address).stream())
                .flatMap(end -> find(end).stream())
                .findFirst();
    }

    /**
     * Returns the addresses a packet to this one ends at: itself, or the IPv4 addresses embedded by 6to4 (RFC 3056), NAT64
     * (RFC 6052), Teredo (RFC 4380: server and client) and the IPv4-compatible form. IPv4-mapped ones are IPv4 already.
     */
    public static List<InetAddress> normalise(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return List.of(address);
        }
        byte[] bytes = address.getAddress();
        if (COMPATIBLE.contains(address) || NAT64.contains(address)) {
            return List.of(ipv4(bytes, 12, 0));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return List.of(ipv4(bytes, 2, 0));
        }
        if (TEREDO.contains(address)) {
            return List.of(ipv4(bytes, 4, 0), ipv4(bytes, 12, 0xff));
        }
        return List.of(address);
    }

    private static InetAddress ipv4(byte[] bytes, int offset, int xor) {
        byte[] four = Arrays.copyOfRange(bytes, offset, offset + 4);
        for (int i = 0; i < 4; i++) {
            four[i] = (byte) (four[i] ^ xor);
        }
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
