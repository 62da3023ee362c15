package dev.ronde.check.probe;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.xbill.DNS.Type;

/** What the DNS says of mail in the name of a domain: SPF (RFC 7208), DMARC, the record of MTA-STS (RFC 8461) and MX. */
final class DomainMail {
    static final Map<String, Object> NOTHING = Map.of(
            "receives", "none",
            "spf", "none",
            "dmarc", "none",
            "dmarcSubdomains", "none",
            "dmarcPercent", 0L,
            "mtaSts", "none");

    private static final String NONE = "none";
    private static final String SEVERAL = "several";
    private static final String INVALID = "invalid";

    private static final Pattern MTA_STS = Pattern.compile("v=STSv1\\s*;.*");
    private static final Pattern MTA_STS_ID = Pattern.compile("(.*;)?\\s*id\\s*=\\s*[A-Za-z0-9]{1,32}\\s*(;.*)?");

    private DomainMail() {}

    static Map<String, Object> look(DnsTalk dns, String domain) throws IOException {
        DnsAnswer mx = DnsTalk.told(dns.ask(domain, Type.MX));
        if (mx.noSuchName()) {
            throw new DnsTalk.UndecidedException("no-such-domain");
        }
        DomainDmarc dmarc = DomainDmarc.of(dns, domain);
        // SPF at last: it may ask for names of others, which may be slow, and nothing is asked afterwards
        return Map.of(
                "receives", receives(mx.texts(Type.MX)),
                "dmarc", dmarc.policy(),
                "dmarcSubdomains", dmarc.subdomains(),
                "dmarcPercent", dmarc.percent(),
                "mtaSts", mtaSts(dns.texts("_mta-sts." + domain)),
                "spf", new DomainSpf(dns).of(domain));
    }

    private static String receives(List<String> exchanges) {
        return exchanges.isEmpty() ? NONE : exchanges.stream().allMatch("."::equals) ? "null-mx" : "mail";
    }

    private static String mtaSts(List<String> texts) {
        List<String> records =
                texts.stream().filter(text -> MTA_STS.matcher(text).matches()).toList();
        if (records.size() != 1) {
            return records.isEmpty() ? NONE : SEVERAL;
        }
        return MTA_STS_ID.matcher(records.get(0)).matches() ? "announced" : INVALID;
    }
}
