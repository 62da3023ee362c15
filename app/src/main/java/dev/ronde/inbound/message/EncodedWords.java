package dev.ronde.inbound.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** Reads the encoded words of header fields (RFC 2047) in one walk; what is not one stays as it stands. */
final class EncodedWords {
    private EncodedWords() {}

    static String decode(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        StringBuilder readable = new StringBuilder(text.length());
        int at = 0;
        int afterWord = -1;
        while (at < text.length()) {
            int start = text.indexOf("=?", at);
            int[] word = start < 0 ? new int[0] : bounds(text, start);
            if (word.length == 0) {
                int end = start < 0 ? text.length() : start + 2;
                readable.append(text, at, end);
                at = end;
                continue;
            }
            // white space between two encoded words is not part of the text
            if (afterWord != at || !text.substring(at, start).isBlank()) {
                readable.append(text, at, start);
            }
            readable.append(word(text, start, word));
            at = word[2] + 2;
            afterWord = at;
        }
        return readable.toString();
    }

    /** Where charset, encoding letter and text of the word at {@code start} end; empty if it is not one. */
    private static int[] bounds(String text, int start) {
        int charset = text.indexOf('?', start + 2);
        if (charset < 0 || charset - start > 42 || charset + 2 >= text.length() || text.charAt(charset + 2) != '?') {
            return new int[0];
        }
        int end = text.indexOf("?=", charset + 3);
        return end < 0 || end - start > 1_000 ? new int[0] : new int[] {charset, charset + 1, end};
    }

    private static String word(String text, int start, int[] word) {
        String charset = text.substring(start + 2, word[0]).split("\\*", 2)[0];
        String content = text.substring(word[1] + 2, word[2]);
        boolean base64 = Character.toLowerCase(text.charAt(word[1])) == 'b';
        byte[] coded = (base64 ? content : content.replace("_", "=20")).getBytes(StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(coded);
        try (InputStream decoded = base64 ? new Base64InputStream(in) : new QuotedPrintableInputStream(in)) {
            byte[] bytes = decoded.readAllBytes();
            return Charsets.decode(bytes, 0, bytes.length, charset.toLowerCase(Locale.ROOT))
                    .replaceAll("[\\r\\n]", " ");
        } catch (IOException e) {
            return content;
        }
    }
}
