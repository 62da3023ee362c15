package dev.ronde.check.probe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DNS servers: whether they resolve for anybody, and whether they hand a zone to anybody. Counts and codes only. */
final class DnsProbe {
    private static final int NO_ERROR = 0;
    private static final int NO_SUCH_NAME = 3;
    private static final int REFUSED = 5;
    private static final int NOT_AUTHORITATIVE = 9;
    private static final int FIRST_BYTES = 512;

    private DnsProbe() {}

    static Map<String, Object> resolver(ProbeSession session) {
        String name = session.target().options().getOrDefault("name", "example.com");
        byte[] question = DnsMessage.question(name, DnsMessage.A, true);
        return Map.of(
                "query",
                Facts.word(session.datagram(
                        "A with recursion",
                        question,
                        (bytes, length) -> recursion(DnsMessage.head(bytes, 0, length)))));
    }

    /** One AXFR over TCP; looks only at the first bytes of the answer. */
    static Map<String, Object> transfer(ProbeSession session) {
        String zone = session.target().options().getOrDefault("zone", "");
        return Map.of("transfer", Facts.word(session.plain("AXFR", line -> axfr(line, zone))));
    }

    private static String recursion(DnsMessage.@Nullable Head head) {
        if (head == null) {
            return "other";
        }
        if (head.code() == REFUSED) {
            return "refused";
        }
        if (head.recursion()) {
            return "recursive";
        }
        // undecided: a failure says nothing of who may ask (a forwarder fails while its upstream is away), a cut answer
        // does not show what it holds, and records of somebody else's zone come from somewhere, whatever its flag says
        boolean whole = head.code() == NO_ERROR || head.code() == NO_SUCH_NAME;
        return whole && !head.truncated() && head.answers() == 0 ? "no-recursion" : "undecided";
    }

    private static String axfr(Line line, String zone) throws IOException {
        DnsMessage.Head head = ask(line, zone.isEmpty() ? "zone.invalid" : zone, DnsMessage.AXFR);
        if (head == null) {
            return "other";
        }
        if (zone.isEmpty()) {
            return "no-zone";
        }
        if (head.code() == NO_ERROR && head.answers() > 0) {
            return "transferred";
        }
        return switch (head.code()) {
            case REFUSED -> "refused";
            case NOT_AUTHORITATIVE -> speaksFor(line, zone) ? "refused" : "not-its-zone";
            default -> "other";
        };
    }

    /** Some servers deny authority to clients that may not have the zone; all deny it for zones they lack. */
    private static boolean speaksFor(Line line, String zone) throws IOException {
        // the rest of the answer, which would stand before the next one
        if (!line.atLeast(2 + Math.min(line.bigEndian().getShort(0) & 0xffff, FIRST_BYTES))) {
            return false;
        }
        line.wipe();
        try {
            DnsMessage.Head head = ask(line, zone, DnsMessage.SOA);
            return head != null && head.code() == NO_ERROR && head.authoritative() && head.answers() > 0;
        } catch (EOFException e) {
            return false;
        }
    }

    private static DnsMessage.@Nullable Head ask(Line line, String name, int type) throws IOException {
        byte[] question = DnsMessage.question(name, type, false);
        line.send(ByteBuffer.allocate(2 + question.length)
                .putShort((short) question.length)
                .put(question)
                .array());
        if (!line.atLeast(14)) {
            return null;
        }
        int said = Math.min(line.bigEndian().getShort(0) & 0xffff, FIRST_BYTES);
        return DnsMessage.head(line.buffer(), 2, Math.min(said, line.length() - 2));
    }
}
