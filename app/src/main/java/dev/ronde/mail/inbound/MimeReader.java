package dev.ronde.mail.inbound;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the parts of a message (RFC 2046 5.1). One walk over the bytes for each level, ten levels and a hundred parts at
 * most; a boundary that is never closed ends with what holds it.
 */
final class MimeReader {
    private final byte[] raw;
    private int parts;

    private MimeReader(byte[] raw) {
        this.raw = raw;
    }

    /** The message as a tree.
     *
     * @throws UnreadableMail beyond the limits */
    static MimePart read(byte[] raw) throws UnreadableMail {
        return new MimeReader(raw).part(0, raw.length, 0, false);
    }

    private MimePart part(int from, int to, int depth, boolean digest) throws UnreadableMail {
        if (++parts > MailLimits.PARTS) {
            throw new UnreadableMail("more than " + MailLimits.PARTS + " parts");
        }
        if (depth > MailLimits.DEPTH) {
            throw new UnreadableMail("parts more than " + MailLimits.DEPTH + " deep");
        }
        Headers headers = Headers.read(raw, from, to);
        FieldValue type =
                FieldValue.read(headers.first("content-type").orElse(digest ? "message/rfc822" : "text/plain"));
        MimePart leaf = new MimePart(headers, type, headers.bodyAt(), to, List.of());
        if (leaf.multipart()) {
            String boundary = type.parameter("boundary").orElse("");
            return boundary.isEmpty() || boundary.length() > 200
                    ? leaf
                    : new MimePart(headers, type, leaf.from(), to, split(leaf, boundary, depth));
        }
        boolean plain = headers.first("content-transfer-encoding").orElse("").matches("(?i)\\s*([78]bit|binary)?\\s*");
        if (plain && (leaf.type().equals("message/rfc822") || leaf.type().equals("message/global"))) {
            return new MimePart(headers, type, leaf.from(), to, List.of(part(leaf.from(), to, depth + 1, false)));
        }
        return leaf;
    }

    private List<MimePart> split(MimePart whole, String boundary, int depth) throws UnreadableMail {
        byte[] mark = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        boolean digest = whole.type().equals("multipart/digest");
        List<MimePart> found = new ArrayList<>();
        int open = -1;
        int at = whole.from();
        while (at < whole.to()) {
            int end = Headers.lineEnd(raw, at, whole.to());
            if (startsWith(mark, at, end)) {
                if (open >= 0) {
                    found.add(part(open, beforeBreak(open, at), depth + 1, digest));
                }
                boolean last = startsWith(new byte[] {'-', '-'}, at + mark.length, end);
                open = last ? -1 : Math.min(whole.to(), end + 1);
                if (last) {
                    return found;
                }
            }
            at = end + 1;
        }
        if (open >= 0) {
            found.add(part(open, whole.to(), depth + 1, digest));
        }
        return found;
    }

    private boolean startsWith(byte[] mark, int at, int end) {
        if (end - at < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (raw[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The line break before a boundary belongs to the boundary. */
    private int beforeBreak(int open, int at) {
        int end = at;
        if (end > open && raw[end - 1] == '\n') {
            end--;
        }
        if (end > open && raw[end - 1] == '\r') {
            end--;
        }
        return end;
    }
}
