package dev.ronde.testing.services;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Self-signed certificates made by openssl. */
public final class Certificates {
    /** A sound one for {@code www.example.org}, valid for a year. */
    public static final List<String> GOOD =
            List.of("-newkey", "rsa:2048", "-days", "365", "-addext", "subjectAltName=DNS:www.example.org");

    /** An elliptic-curve one for a wildcard and 127.0.0.1. */
    public static final List<String> CURVE = List.of(
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-days",
            "365",
            "-addext",
            "subjectAltName=DNS:*.example.org,IP:127.0.0.1");

    /** A short RSA key and a SHA-1 signature. */
    public static final List<String> WEAK =
            List.of("-newkey", "rsa:1024", "-sha1", "-days", "2", "-addext", "subjectAltName=DNS:www.example.org");

    /** An RSA one with a PSS signature over SHA-384, and an Ed25519 one. */
    public static final List<String> PSS = List.of(
            "-newkey",
            "rsa:3072",
            "-sha384",
            "-sigopt",
            "rsa_padding_mode:pss",
            "-days",
            "365",
            "-addext",
            "subjectAltName=DNS:www.example.org");

    public static final List<String> EDWARDS =
            List.of("-newkey", "ed25519", "-days", "365", "-addext", "subjectAltName=DNS:www.example.org");

    private Certificates() {}

    /** Makes a key and a certificate in the folder and returns the options of {@code s_server} that name them. */
    static List<String> make(Path folder, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-subj",
                "/CN=" + Service.CANARY,
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem"));
        command.addAll(options);
        ServiceProcess.run(folder, command);
        return List.of(
                "-cert",
                folder.resolve("cert.pem").toString(),
                "-key",
                folder.resolve("key.pem").toString());
    }
}
