package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DNS servers: whether they resolve for anybody, and whether they hand a zone to anybody. Counts and codes only. */
final class DnsProbe {
    static final String RESOLVER = "dns.resolver";
    static final String TRANSFER = "dns.transfer";

    private static final int REFUSED = 5;
    private static final int NOT_AUTHORITATIVE = 9;
    private static final int FIRST_BYTES = 512;

    private DnsProbe() {}

    /** One recursive question over UDP for a name of somebody else's zone. */
    static NetworkProbe.Conversation resolver() {
        return session -> {
            String name = session.target().options().getOrDefault("name", "example.com");
            byte[] question = DnsMessage.question(name, DnsMessage.A, true);
            return Map.of(
                    "query",
                    WordProbe.facts(session.datagram(
                            "A with recursion",
                            question,
                            (bytes, length) -> recursion(DnsMessage.head(bytes, 0, length)))));
        };
    }

    /** One AXFR over TCP, of whose answer the first bytes are looked at. */
    static NetworkProbe.Conversation transfer() {
        return session -> {
            String zone = session.target().options().getOrDefault("zone", "");
            return Map.of("transfer", WordProbe.facts(session.plain("AXFR", line -> axfr(line, zone))));
        };
    }

    private static String recursion(DnsMessage.@Nullable Head head) {
        if (head == null) {
            return "other";
        }
        if (head.code() == REFUSED) {
            return "refused";
        }
        return head.recursion() ? "recursive" : "no-recursion";
    }

    private static String axfr(Line line, String zone) throws IOException {
        byte[] question = DnsMessage.question(zone.isEmpty() ? "zone.invalid" : zone, DnsMessage.AXFR, false);
        line.send(ByteBuffer.allocate(2 + question.length)
                .putShort((short) question.length)
                .put(question)
                .array());
        if (!line.atLeast(14)) {
            return "other";
        }
        int said = Math.min(line.bigEndian().getShort(0) & 0xffff, FIRST_BYTES);
        DnsMessage.Head head = DnsMessage.head(line.buffer(), 2, Math.min(said, line.length() - 2));
        if (head == null) {
            return "other";
        }
        if (zone.isEmpty()) {
            return "no-zone";
        }
        if (head.code() == 0 && head.answers() > 0) {
            return "transferred";
        }
        return head.code() == REFUSED || head.code() == NOT_AUTHORITATIVE ? "refused" : "other";
    }
}
