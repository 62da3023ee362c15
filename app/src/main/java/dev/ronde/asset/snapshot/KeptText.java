package dev.ronde.asset.snapshot;

import dev.ronde.evidence.redact.Redactor;
import dev.ronde.platform.address.HostName;
import dev.ronde.platform.text.AddressText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is kept of one text of a document: the one spelling of an address, and a keyed hash beside or instead of what is secret. */
record KeptText(SecretKeySpec key) {
    private static final Redactor REDACTOR = Redactor.standard();
    private static final String HASH = "HmacSHA256";
    /** A longer text would make the patterns of an address backtrack for long. */
    private static final int LONGEST_ADDRESS = 45;
    /** With or without brackets, with the zone inside or after them, as {@code ss} prints it. */
    private static final Pattern ADDRESS = Pattern.compile(
            "\\[(?<within>[^\\[\\]%]+)(%[^\\[\\]]*)?](%[^\\[\\]]*)?|(?<bare>[^\\[\\]%]+)(%[^\\[\\]]*)?");

    static KeptText of(byte[] key) {
        return new KeptText(new SecretKeySpec(key, HASH));
    }

    /** Without brackets and zone, {@code localhost} as {@code 127.0.0.1}. Empty if it is not an address; nothing is looked up. */
    static Optional<String> address(String text) {
        Matcher written = ADDRESS.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        String bare = written.group("bare") == null ? written.group("within") : written.group("bare");
        if (bare.equals("*")) {
            return Optional.of(bare);
        }
        if (bare.equalsIgnoreCase("localhost")) {
            return Optional.of("127.0.0.1");
        }
        return bare.length() > LONGEST_ADDRESS
                ? Optional.empty()
                : HostName.literal(bare).map(AddressText::of);
    }

    static boolean unstorable(int point) {
        return (point < 0x20 && point != '\t' && point != '\n' && point != '\r')
                || (point >= 0xD800 && point <= 0xDFFF);
    }

    /** Adds a piece of the keyed hash, so that a changed value is seen and two values stay two. */
    String redacted(String path, String text) {
        String kept = REDACTOR.text(text).kept();
        return kept.equals(text) ? text : kept + " #" + hash(path, text).substring(0, 8);
    }

    /** The keyed hash that stands for a secret, so that a change of it is seen and nothing else. */
    String hash(String path, String secret) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((path + '\u0000' + secret).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
