package dev.ronde.inbound.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of a mail into text, whatever their label says: never an exception, never an invisible character. */
final class Charsets {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Set<String> DOUBTFUL = Set.of("us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252");

    private Charsets() {}

    /**
     * The text under the declared charset where that is known and plausible; strict UTF-8 where it fits an unlabelled or
     * Latin-1 text; Windows-1252 otherwise. NFC, without zero-width and bidirectional marks.
     */
    static String decode(byte[] bytes, int from, int to, @Nullable String declared) {
        String label = declared == null ? "" : declared.strip().toLowerCase(Locale.ROOT);
        if (label.isEmpty() || DOUBTFUL.contains(label) || known(label) == null) {
            String utf8 = strict(bytes, from, to);
            return clean(utf8 != null ? utf8 : new String(bytes, from, to - from, WINDOWS));
        }
        Charset charset = known(label);
        return clean(new String(bytes, from, to - from, charset == null ? WINDOWS : charset));
    }

    /** Invisible characters become U+FFFD, so that no command matches across them. */
    static String marked(byte[] bytes, int from, int to) {
        String utf8 = strict(bytes, from, to);
        return without(utf8 != null ? utf8 : new String(bytes, from, to - from, WINDOWS), "\uFFFD");
    }

    /** Removes what cannot be seen: BOM, zero width, bidirectional marks, NUL. */
    static String clean(String text) {
        return without(text, "");
    }

    private static String without(String text, String instead) {
        StringBuilder seen = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (hidden(unit)) {
                seen.append(instead);
            } else {
                seen.append(unit);
            }
        }
        return Normalizer.normalize(seen, Normalizer.Form.NFC);
    }

    private static boolean hidden(char unit) {
        return (unit < 0x20 && unit != '\n' && unit != '\r' && unit != '\t')
                || (unit >= 0x200B && unit <= 0x200F)
                || (unit >= 0x202A && unit <= 0x202E)
                || (unit >= 0x2060 && unit <= 0x2069)
                || unit == 0x00AD
                || unit == 0xFEFF
                || (Character.isSurrogate(unit) && Character.getType(unit) == Character.UNASSIGNED);
    }

    private static @Nullable Charset known(String label) {
        try {
            return Charset.forName(label.startsWith("cp-") ? "cp" + label.substring(3) : label);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }

    private static @Nullable String strict(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
