package dev.ronde.check.probe;

import java.util.Map;

/**
 * Head of an HTTP/1.1 response with where its body stands in the line's buffer; valid only inside the exchange.
 *
 * @param status status code, 0 where the answer is not HTTP
 * @param headers header fields by lower-case name, the first of each
 * @param bodyStart first byte of the body
 * @param bodyEnd behind its last byte, chunk framing removed
 */
record HttpReply(int status, Map<String, String> headers, int bodyStart, int bodyEnd) {
    static final HttpReply NOT_HTTP = new HttpReply(0, Map.of(), 0, 0);
}
