package dev.ronde.check.probe;

/**
 * How wide a network is that is nobody's: nobody's machines fill more than {@code /8} (IPv4) or {@code /16} (IPv6), so whoever names a
 * wider one names everybody. Its size decides, not how it is written, and two halves of the world are as open as the whole.
 */
final class NetworkWidth {
    private static final int SHORTEST_IP4 = 8;
    private static final int SHORTEST_IP6 = 16;

    private NetworkWidth() {}

    static boolean isEverybody4(int bits) {
        return bits < SHORTEST_IP4;
    }

    static boolean isEverybody6(int bits) {
        return bits < SHORTEST_IP6;
    }
}
