package dev.ronde.reply;

import dev.ronde.mail.handle.HandleSigner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nonce of a form: proves that its sender fetched the page, when, and which state of the review it showed. Valid two hours. */
record Nonces(HandleSigner signer, InstantSource clock) {
    static final Duration VALID = Duration.ofHours(2);
    private static final Pattern FORM = Pattern.compile("([gc])([0-9a-z]{1,12})\\.([0-9a-f]{32})");

    /** What a valid nonce says.
     *
     * @param confirmed whether it stands on the page that asked for confirmation */
    record Checked(Instant issuedAt, boolean confirmed) {}

    String issue(String handle, String version, boolean confirmed) {
        char kind = confirmed ? 'c' : 'g';
        long millis = clock.instant().toEpochMilli();
        return kind + Long.toString(millis, 36) + "." + tag(handle, version, kind, millis);
    }

    /** What the nonce says; empty where it is missing, of another page or state, or older than two hours. */
    Optional<Checked> check(String handle, String version, String nonce) {
        Matcher matcher = FORM.matcher(nonce);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        char kind = matcher.group(1).charAt(0);
        long millis = Long.parseLong(matcher.group(2), 36);
        byte[] expected = tag(handle, version, kind, millis).getBytes(StandardCharsets.US_ASCII);
        byte[] given = matcher.group(3).getBytes(StandardCharsets.US_ASCII);
        Instant issuedAt = Instant.ofEpochMilli(millis);
        Instant now = clock.instant();
        if (!MessageDigest.isEqual(expected, given) || issuedAt.plus(VALID).isBefore(now)) {
            return Optional.empty();
        }
        return Optional.of(new Checked(issuedAt, kind == 'c'));
    }

    private String tag(String handle, String version, char kind, long millis) {
        String text = handle.toLowerCase(Locale.ROOT) + "|" + version + "|" + kind + "|" + millis;
        return HexFormat.of().formatHex(signer.seal("nonce", text));
    }
}
