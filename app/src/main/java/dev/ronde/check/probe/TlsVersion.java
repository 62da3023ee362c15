package dev.ronde.check.probe;

import java.util.HexFormat;

/** Protocol versions that are asked for one by one; JSSE cannot offer the old ones. */
enum TlsVersion {
    /** TLS 1.0, RFC 2246. */
    TLS10("tls10", 0x0301, Suites.OLD),
    /** TLS 1.1, RFC 4346. */
    TLS11("tls11", 0x0302, Suites.OLD),
    /** TLS 1.2, RFC 5246. */
    TLS12("tls12", 0x0303, Suites.TWELVE + Suites.OLD),
    /** TLS 1.3, RFC 8446. */
    TLS13("tls13", 0x0304, "130113021303");

    private static final class Suites {
        private static final String OLD = "c014c00ac013c00900390033" + "0035002fc012c00800160013000a0005000400ff";
        private static final String TWELVE =
                "c030c02cc02fc02bcca8cca9ccaa009f009ec028c024c027c023006b0067009d009c003d003c";
    }

    private final String fact;
    private final int number;
    private final String suites;

    TlsVersion(String fact, int number, String suites) {
        this.fact = fact;
        this.number = number;
        this.suites = suites;
    }

    String fact() {
        return fact;
    }

    boolean isOld() {
        return compareTo(TLS12) < 0;
    }

    int number() {
        return number;
    }

    byte[] suites() {
        return HexFormat.of().parseHex(suites);
    }

    /** The number for the legacy version fields, where TLS 1.3 calls itself 1.2 (RFC 8446 §4.1.2). */
    int legacyNumber() {
        return Math.min(number, 0x0303);
    }
}
