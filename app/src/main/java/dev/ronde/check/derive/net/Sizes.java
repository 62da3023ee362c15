package dev.ronde.check.derive.net;

import java.math.BigInteger;
import java.util.BitSet;

/** How many senders are in a set of cells, and how far that reaches. */
final class Sizes {
    private static final long MANY = 65_536;
    private static final BigInteger NETWORK = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger MANY_NETWORKS = NETWORK.multiply(BigInteger.valueOf(MANY));
    private static final BigInteger PREFIX_38 = BigInteger.ONE.shiftLeft(128 - 38);
    private static final long HALF_OF_IPV4 =
            (Addresses.PUBLIC.of(Family.IPV4).size().longValueExact() + 1) / 2;

    private final Cells cells;
    private final long[] ipv4;

    Sizes(Cells cells) {
        this.cells = cells;
        this.ipv4 = cells.sizesOfIpv4();
    }

    /** Returns the reach of a set of cells that are all of this family. */
    Reach reach(Family family, BitSet set) {
        if (family == Family.IPV4) {
            long size = 0;
            for (int cell = set.nextSetBit(0); cell >= 0; cell = set.nextSetBit(cell + 1)) {
                size += ipv4[cell];
            }
            return size >= HALF_OF_IPV4 ? Reach.ANY : size >= MANY ? Reach.LARGE : Reach.SPECIFIC;
        }
        BigInteger size = cells.addresses(set).size();
        if (size.compareTo(PREFIX_38) > 0) {
            return Reach.ANY;
        }
        return size.compareTo(MANY_NETWORKS) >= 0 ? Reach.LARGE : Reach.SPECIFIC;
    }
}
