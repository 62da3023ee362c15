package dev.ronde.mail.smtp;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the private key that signs mails: PKCS#8 in PEM, RSA of at least 1024 bits (RFC 8301) or Ed25519. */
final class DkimKey {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]{1,20000})-----END PRIVATE KEY-----");
    private static final int SHORTEST = 1024;

    private DkimKey() {}

    static PrivateKey read(String pem) {
        if (pem.contains("BEGIN RSA PRIVATE KEY") || pem.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "it is not plain PKCS#8; convert it: openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem");
        }
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find()) {
            throw new IllegalArgumentException("it holds no line -----BEGIN PRIVATE KEY-----");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        for (String algorithm : new String[] {"RSA", "Ed25519"}) {
            try {
                return checked(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
            } catch (GeneralSecurityException e) {
                // it is a key of the other kind, or none
            }
        }
        throw new IllegalArgumentException("it is neither an RSA nor an Ed25519 key");
    }

    private static PrivateKey checked(PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < SHORTEST) {
            throw new IllegalArgumentException("an RSA key needs at least " + SHORTEST + " bits");
        }
        return key;
    }

    static boolean ed25519(PrivateKey key) {
        return key instanceof EdECPrivateKey edwards
                && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }
}
