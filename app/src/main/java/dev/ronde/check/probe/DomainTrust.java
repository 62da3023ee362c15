package dev.ronde.check.probe;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Type;

/** Whether the answers of a domain are signed and its parent says so (RFC 4035), and who may issue certificates for it (RFC 8659). */
final class DomainTrust {
    static final Map<String, Object> NOTHING = Map.of("dnssec", "none", "validated", false, "caa", "none");

    private DomainTrust() {}

    static Map<String, Object> look(DnsTalk dns, String domain) throws IOException {
        DnsAnswer start = dns.ask(domain, Type.SOA);
        boolean bogus = false;
        if (start.failed()) {
            bogus = signedWrongly(dns, domain);
            start = dns.ask(domain, Type.SOA, bogus);
        }
        if (DnsTalk.told(start).noSuchName()) {
            throw new DnsTalk.UndecidedException("no-such-domain");
        }
        String dnssec = bogus ? "bogus" : dnssec(dns, start);
        return Map.of("dnssec", dnssec, "validated", start.authentic(), "caa", caa(dns, domain, bogus));
    }

    /**
     * A resolver keeps back what is signed wrongly, and gives it where it need not look. That it failed once may have passed: it has to fail
     * again, of another type too since it remembers failures for a while, and there have to be signatures that can be wrong.
     */
    private static boolean signedWrongly(DnsTalk dns, String domain) throws IOException {
        DnsAnswer kept = DnsTalk.told(dns.ask(domain, Type.SOA, true));
        if (!dns.ask(domain, Type.NS).failed() || !dns.ask(domain, Type.SOA).failed()) {
            return false;
        }
        return kept.holds(Type.RRSIG)
                || !DnsTalk.told(dns.ask(apex(kept), Type.DS, true))
                        .texts(Type.DS)
                        .isEmpty();
    }

    private static String apex(DnsAnswer answer) throws DnsTalk.UndecidedException {
        return answer.entries()
                .filter(record -> record.getType() == Type.SOA && answer.name().subdomain(record.getName()))
                .map(record -> DnsAnswer.text(record.getName()))
                .findFirst()
                .orElseThrow(() -> new DnsTalk.UndecidedException("failed"));
    }

    private static String dnssec(DnsTalk dns, DnsAnswer start) throws IOException {
        boolean signed = start.holds(Type.RRSIG);
        boolean vouched =
                !DnsTalk.told(dns.ask(apex(start), Type.DS)).texts(Type.DS).isEmpty();
        // a forwarder that knows nothing of DNSSEC leaves the signatures out
        return signed ? (vouched ? "secure" : "island") : vouched ? "undecided" : "unsigned";
    }

    /** The closest parent with CAA records decides (RFC 8659 §3). */
    private static String caa(DnsTalk dns, String domain, boolean unchecked) throws IOException {
        String name = domain;
        while (!name.isEmpty()) {
            List<String> tags = DnsTalk.told(dns.ask(name, Type.CAA, unchecked)).texts(Type.CAA);
            if (!tags.isEmpty()) {
                return tags.contains("issue") ? "restricted" : "unrestricted";
            }
            name = name.substring(name.indexOf('.') < 0 ? name.length() : name.indexOf('.') + 1);
        }
        return "none";
    }
}
