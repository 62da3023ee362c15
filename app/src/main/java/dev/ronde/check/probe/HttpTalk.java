package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small HTTP/1.1 client (RFC 9112) on a line: one request per connection, GET or HEAD (and one worded read that is a POST), no redirects, no cookies, no
 * credentials, no decompression, and no byte beyond the budget. java.net.http offers neither the byte cap nor the pinned
 * address.
 */
record HttpTalk(String method, String path, String authority, String agent, String extra, int bodyLimit) {
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]*");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

    private static final int SIP = 64;

    /** Checks the path, since it may come from a check file and contain a field of an asset. */
    HttpTalk {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("a probe asks for paths of printable ASCII without blanks only");
        }
    }

    private static HttpTalk of(String method, String path, ProbeSession session, String extra, int bodyLimit) {
        return new HttpTalk(method, path, authority(session), session.agent(), extra, bodyLimit);
    }

    static HttpTalk get(String path, ProbeSession session) {
        return of("GET", path, session, "\r\n", Integer.MAX_VALUE);
    }

    static HttpTalk head(String path, ProbeSession session) {
        return of("HEAD", path, session, "\r\n", 0);
    }

    /** Reads no more than these bytes, whether the server knows ranges or not. */
    static HttpTalk firstBytes(String path, int bytes, ProbeSession session) {
        return of("GET", path, session, "Range: bytes=0-" + (bytes - 1) + "\r\n\r\n", bytes);
    }

    /** The only POST: counts the keys of one name that nobody uses ({@code etcdserverpb.KV/Range}). */
    static HttpTalk etcdCount(ProbeSession session) {
        String body = "{\"key\":\"cm9uZGUtcHJvYmUtZG9lcy1ub3QtZXhpc3Q=\",\"count_only\":true}";
        String extra = "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return of("POST", "/v3/kv/range", session, extra, Integer.MAX_VALUE);
    }

    HttpTalk headOnly() {
        return new HttpTalk(method, path, authority, agent, extra, 0);
    }

    /**
     * Speaks in the clear, and once more through TLS where the port wants it; some servers say so with a 400 in the clear.
     *
     * @param status the status of what was understood
     */
    static <T> Reply<T> either(ProbeSession session, HttpTalk talk, ProbeSession.Talk<T> ask, ToIntFunction<T> status) {
        Reply<T> plain = session.plain(talk.what(), ask);
        T content = plain.content();
        boolean badRequest = content != null && status.applyAsInt(content) == 400;
        if (!(plain.outcome().suggestsTls() || badRequest) || !session.hasRequest()) {
            return plain;
        }
        Reply<T> tls = session.tls(talk.what(), ask);
        return ProbeSession.behindTls(plain, tls);
    }

    String what() {
        return method + " " + path;
    }

    /** Reads as far as the budget allows; a truncated body is cut, not an error. */
    HttpReply exchange(Line line) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nUser-Agent: " + agent
                + "\r\nAccept: application/json\r\nAccept-Encoding: identity\r\nConnection: close\r\n" + extra;
        line.send(request.getBytes(StandardCharsets.US_ASCII));
        if (bodyLimit < Integer.MAX_VALUE) {
            line.sip(SIP);
        }
        int head = readHead(line);
        if (head < 0) {
            return new HttpReply(line, 0, Map.of(), 0, 0);
        }
        String[] lines = new String(line.buffer(), 0, head, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        Matcher matcher = STATUS.matcher(lines[0]);
        if (!matcher.matches()) {
            return new HttpReply(line, 0, Map.of(), 0, 0);
        }
        int status = Integer.parseInt(matcher.group(1));
        line.status(status);
        Map<String, String> headers = headers(lines);
        return new HttpReply(line, status, headers, head, bodyLimit == 0 ? head : readBody(line, head, headers));
    }

    /** The length of the head with its empty line, or -1 if none came. */
    private static int readHead(Line line) throws IOException {
        int start = line.lineFrom(0);
        while (start >= 0 && line.startsWith("HTTP/1.")) {
            int next = line.lineFrom(start);
            if (next > 0 && next == start + (line.buffer()[start] == '\r' ? 2 : 1)) {
                return next;
            }
            start = next;
        }
        return -1;
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
                headers.putIfAbsent(name, lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private int readBody(Line line, int start, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(line, start);
        }
        int wanted = Math.min(bodyLimit, contentLength(headers));
        boolean open = true;
        while (open && line.length() - start < wanted) {
            open = line.more();
        }
        return Math.min(line.length(), wanted == Integer.MAX_VALUE ? wanted : start + wanted);
    }

    /**
     * Reads the chunked transfer coding (RFC 9112 §7.1) to the last chunk and joins it where it stands; returns where the joined data ends.
     * Stops at anything that is not a whole chunk header.
     */
    private static int chunks(Line line, int start) throws IOException {
        byte[] bytes = line.buffer();
        int end = start;
        int data = line.lineFrom(start);
        int size = data < 0 ? -1 : size(line, start, data);
        while (size > 0) {
            boolean whole = line.atLeast(data + size + 2);
            int count = Math.min(size, line.length() - data);
            System.arraycopy(bytes, data, bytes, end, count);
            end += count;
            int next = data + size + 2;
            data = whole ? line.lineFrom(next) : -1;
            size = data < 0 ? -1 : size(line, next, data);
        }
        return end;
    }

    /** -1 if it is not a chunk header; a size that no budget allows is cut to 16 MiB. */
    private static int size(Line line, int from, int newline) {
        int size = 0;
        int digits = 0;
        for (int i = from; i < newline; i++, digits++) {
            int digit = Character.digit(line.buffer()[i], 16);
            if (digit < 0) {
                break;
            }
            size = Math.min(size * 16 + digit, 0xffffff);
        }
        return digits == 0 ? -1 : size;
    }

    private static int contentLength(Map<String, String> headers) {
        String length = headers.getOrDefault("content-length", "");
        return length.matches("[0-9]{1,9}") ? Integer.parseInt(length) : Integer.MAX_VALUE;
    }

    private static String authority(ProbeSession session) {
        String host = session.serverName();
        if (host == null) {
            String address = session.endpoint().getAddress().getHostAddress();
            host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        }
        return host + ":" + session.endpoint().getPort();
    }
}
