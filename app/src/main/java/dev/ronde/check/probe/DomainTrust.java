package dev.ronde.check.probe;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the answers of a domain are signed and its parent says so (RFC 4035), and who may issue certificates for it (RFC 8659). */
final class DomainTrust {
    static final Map<String, Object> NOTHING = Map.of("dnssec", "none", "validated", false, "caa", "none");

    private static final int SERVER_FAILURE = 2;

    /** Names whose CAA records are asked for, from the domain upwards. */
    private static final int LEVELS = 4;

    private DomainTrust() {}

    static Map<String, Object> look(DnsTalk dns, String domain, List<String> names) throws IOException {
        DnsAnswer start = dns.ask(domain, DnsMessage.SOA);
        boolean bogus = false;
        if (start.head().code() == SERVER_FAILURE) {
            // a resolver keeps back what is signed wrongly, and gives it where it need not look
            start = dns.ask(domain, DnsMessage.SOA, true);
            bogus = start.told();
        }
        if (DomainProbe.told(start).noSuchName()) {
            throw new DomainProbe.UndecidedException("no-such-domain");
        }
        String dnssec = bogus ? "bogus" : dnssec(dns, start, domain);
        return Map.of("dnssec", dnssec, "validated", start.authentic(), "caa", caa(dns, domain, bogus));
    }

    private static String dnssec(DnsTalk dns, DnsAnswer start, String domain) throws IOException {
        Optional<String> apex = start.entries()
                .filter(entry -> entry.type() == DnsMessage.SOA)
                .map(DnsAnswer.Entry::owner)
                .filter(owner -> domain.equals(owner) || domain.endsWith("." + owner))
                .findFirst();
        if (apex.isEmpty()) {
            throw new DomainProbe.UndecidedException("failed");
        }
        boolean signed = start.holds(DnsMessage.RRSIG);
        boolean vouched = !DomainProbe.told(dns.ask(apex.get(), DnsMessage.DS))
                .texts(DnsMessage.DS)
                .isEmpty();
        // a forwarder that knows nothing of DNSSEC leaves the signatures out
        return signed ? (vouched ? "secure" : "island") : vouched ? "undecided" : "unsigned";
    }

    /** The closest name upwards that has any decides; that of a single label is its registry's. */
    private static String caa(DnsTalk dns, String domain, boolean unchecked) throws IOException {
        String name = domain;
        for (int level = 0; level < LEVELS && name.contains("."); level++) {
            List<String> tags =
                    DomainProbe.told(dns.ask(name, DnsMessage.CAA, unchecked)).texts(DnsMessage.CAA);
            if (!tags.isEmpty()) {
                return tags.contains("issue") ? "restricted" : "unrestricted";
            }
            name = name.substring(name.indexOf('.') + 1);
        }
        return "none";
    }
}
