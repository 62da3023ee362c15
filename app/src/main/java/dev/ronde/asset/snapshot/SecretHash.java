package dev.ronde.asset.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed hash that stands for a secret, so that a change of it is seen and nothing else. */
final class SecretHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "hmac-sha256:";

    private final byte[] key;

    SecretHash(byte[] key) {
        this.key = key;
    }

    String of(String path, String secret) {
        return PREFIX + hex(path, secret);
    }

    String mark(String path, String secret) {
        return hex(path, secret).substring(0, 8);
    }

    private String hex(String path, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] hash = mac.doFinal((path + '\u0000' + secret).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
