package dev.ronde.check.probe;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Head of an HTTP/1.1 response with where its body stands in the line's buffer; valid only inside the exchange.
 *
 * @param status status code, 0 where the answer is not HTTP
 * @param headers header fields by lower-case name, the first of each
 * @param bodyStart first byte of the body
 * @param bodyEnd behind its last byte, chunk framing removed
 */
record HttpReply(Line line, int status, Map<String, String> headers, int bodyStart, int bodyEnd) {
    /** A header field in lower case; empty where there is none. */
    String header(String name) {
        return headers.getOrDefault(name, "").toLowerCase(Locale.ROOT);
    }

    CharSequence body() {
        return line.text(bodyStart, bodyEnd);
    }

    boolean holds(String text) {
        return line.contains(text.getBytes(StandardCharsets.UTF_8), bodyStart, bodyEnd);
    }
}
