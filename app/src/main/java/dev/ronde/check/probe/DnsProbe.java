package dev.ronde.check.probe;

import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNS servers: whether they resolve for anybody, and whether they hand a zone to anybody. Counts and codes only. */
final class DnsProbe {
    private static final int FIRST_BYTES = 512;

    private DnsProbe() {}

    static Map<String, Object> resolver(ProbeSession session) {
        String name = session.target().options().getOrDefault("name", "example.com");
        byte[] question = DnsMessage.question(name, Type.A, true);
        return Map.of(
                "query",
                Facts.word(session.datagram(
                        "A with recursion",
                        question,
                        (bytes, length) -> recursion(DnsMessage.head(bytes, 0, length, DnsMessage.ID)))));
    }

    /** One AXFR over TCP; looks only at the first bytes of the answer. */
    static Map<String, Object> transfer(ProbeSession session) {
        String zone = session.target().options().getOrDefault("zone", "");
        return Map.of("transfer", Facts.word(session.plain("AXFR", line -> axfr(line, zone))));
    }

    private static String recursion(@Nullable Header head) {
        if (head == null) {
            return "other";
        }
        if (head.getRcode() == Rcode.REFUSED) {
            return "refused";
        }
        if (head.getFlag(Flags.RA)) {
            return "recursive";
        }
        // undecided: a failure says nothing of who may ask (a forwarder fails while its upstream is away), a cut answer
        // does not show what it holds, and records of somebody else's zone come from somewhere, whatever its flag says
        boolean whole = head.getRcode() == Rcode.NOERROR || head.getRcode() == Rcode.NXDOMAIN;
        return whole && !head.getFlag(Flags.TC) && head.getCount(Section.ANSWER) == 0 ? "no-recursion" : "undecided";
    }

    private static String axfr(Line line, String zone) throws IOException {
        Header head = ask(line, zone.isEmpty() ? "zone.invalid" : zone, Type.AXFR);
        if (head == null) {
            return "other";
        }
        if (zone.isEmpty()) {
            return "no-zone";
        }
        if (head.getRcode() == Rcode.NOERROR && head.getCount(Section.ANSWER) > 0) {
            return "transferred";
        }
        return switch (head.getRcode()) {
            case Rcode.REFUSED -> "refused";
            case Rcode.NOTAUTH -> speaksFor(line, zone) ? "refused" : "not-its-zone";
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
            Header head = ask(line, zone, Type.SOA);
            return head != null
                    && head.getRcode() == Rcode.NOERROR
                    && head.getFlag(Flags.AA)
                    && head.getCount(Section.ANSWER) > 0;
        } catch (EOFException e) {
            return false;
        }
    }

    private static @Nullable Header ask(Line line, String name, int type) throws IOException {
        line.send(DnsMessage.framed(DnsMessage.question(name, type, false)));
        if (!line.atLeast(14)) {
            return null;
        }
        int said = Math.min(line.bigEndian().getShort(0) & 0xffff, FIRST_BYTES);
        return DnsMessage.head(line.buffer(), 2, Math.min(said, line.length() - 2), DnsMessage.ID);
    }
}
