package dev.ronde.evidence.ledger;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which key pair on which token, RFC 7512: {@code pkcs11:token=NAME;object=NAME?module-path=FILE&pin-source=file:FILE}, and nothing else.
 *
 * @param token label of the token
 * @param object label of both keys of the pair
 * @param module library of the token, which is loaded into this process
 * @param pin file with the user PIN
 */
record TokenUri(String token, String object, Path module, Path pin) {
    static final String SCHEME = "pkcs11:";
    private static final String FORM = SCHEME + "token=NAME;object=NAME?module-path=FILE&pin-source=file:FILE";
    private static final int LONGEST_PIN = 256;

    static TokenUri parse(String uri) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : uri.substring(SCHEME.length()).split("[;?&]")) {
            int equals = part.indexOf('=');
            if (equals < 0 || parts.put(part.substring(0, equals), decoded(part.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("write " + FORM);
            }
        }
        String pin = parts.getOrDefault("pin-source", "");
        if (!parts.keySet().equals(Set.of("token", "object", "module-path", "pin-source"))
                || !pin.startsWith("file:")) {
            throw new IllegalArgumentException("write " + FORM);
        }
        return new TokenUri(
                String.valueOf(parts.get("token")),
                String.valueOf(parts.get("object")),
                Path.of(String.valueOf(parts.get("module-path"))).toAbsolutePath(),
                Path.of(pin.replaceFirst("^file:(//)?", "")));
    }

    /** A plus sign is one: only percent signs stand for something. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The first line of the file. */
    byte[] readPin() {
        try {
            if (Files.size(pin) > LONGEST_PIN) {
                throw new IllegalArgumentException(pin + " is no PIN: it has more than " + LONGEST_PIN + " bytes");
            }
            return Files.readString(pin, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the PIN of the token " + token + " in " + pin, e);
        }
    }
}
