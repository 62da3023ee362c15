package dev.ronde.testing.services;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Self-signed certificates made by openssl. */
public final class Certificates {
    private static final String NAMED = " -addext subjectAltName=DNS:www.example.org";

    /** A sound one for {@code www.example.org}, valid for a year. */
    public static final List<String> GOOD = words("-newkey rsa:2048 -days 365" + NAMED);

    /** An elliptic-curve one for a wildcard and 127.0.0.1. */
    static final List<String> CURVE = words("-newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 365"
            + " -addext subjectAltName=DNS:*.example.org,IP:127.0.0.1");

    /** A short RSA key and a SHA-1 signature. */
    static final List<String> WEAK = words("-newkey rsa:1024 -sha1 -days 2" + NAMED);

    /** An RSA one with a PSS signature over SHA-384, and an Ed25519 one. */
    static final List<String> PSS = words("-newkey rsa:3072 -sha384 -sigopt rsa_padding_mode:pss -days 365" + NAMED);

    static final List<String> EDWARDS = words("-newkey ed25519 -days 365" + NAMED);

    private Certificates() {}

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    /** Makes key.pem and cert.pem in the folder. */
    static void make(Path folder, List<String> options) {
        List<String> command = new ArrayList<>(words("openssl req -x509 -nodes -keyout key.pem -out cert.pem"));
        command.addAll(List.of("-subj", "/CN=" + Service.CANARY));
        command.addAll(options);
        ServiceProcess.run(folder, command);
    }
}
