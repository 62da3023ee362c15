package dev.ronde.check.probe;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the DNS says of mail in the name of a domain: SPF (RFC 7208), DMARC (RFC 7489, RFC 9091), the record of MTA-STS (RFC 8461) and MX. */
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

    /** What becomes of mail of others, the weakest first. */
    private static final List<String> STRENGTH = List.of(INVALID, "monitor", "quarantine", "reject");

    private static final Pattern DMARC = Pattern.compile("v\\s*=\\s*DMARC1\\s*(;.*)?");
    private static final Pattern MTA_STS = Pattern.compile("v=STSv1\\s*;.*");
    private static final Pattern MTA_STS_ID = Pattern.compile("(.*;)?\\s*id\\s*=\\s*[A-Za-z0-9]{1,32}\\s*(;.*)?");

    private DomainMail() {}

    static Map<String, Object> look(DnsTalk dns, String domain) throws IOException {
        DnsAnswer mx = DomainProbe.told(dns.ask(domain, DnsMessage.MX));
        if (mx.noSuchName()) {
            throw new DomainProbe.UndecidedException("no-such-domain");
        }
        List<String> exchanges = mx.texts(DnsMessage.MX);
        Dmarc dmarc = dmarc(texts(dns, "_dmarc." + domain));
        String sts = mtaSts(texts(dns, "_mta-sts." + domain));
        // at last: it may ask for names of others, which may be slow, and nothing is asked afterwards
        String spf = new DomainSpf(dns).of(domain);
        return Map.of(
                "receives",
                exchanges.isEmpty() ? NONE : exchanges.stream().allMatch(String::isEmpty) ? "null-mx" : "mail",
                "spf",
                spf,
                "dmarc",
                dmarc.policy(),
                "dmarcSubdomains",
                dmarc.subdomains(),
                "dmarcPercent",
                dmarc.percent(),
                "mtaSts",
                sts);
    }

    private static List<String> texts(DnsTalk dns, String name) throws IOException {
        return DomainProbe.told(dns.ask(name, DnsMessage.TXT)).texts(DnsMessage.TXT);
    }

    private record Dmarc(String policy, String subdomains, long percent) {}

    private static Dmarc dmarc(List<String> texts) {
        List<String> records =
                texts.stream().filter(text -> DMARC.matcher(text).matches()).toList();
        if (records.size() != 1) {
            String word = records.isEmpty() ? NONE : SEVERAL;
            return new Dmarc(word, word, 0);
        }
        String policy = "";
        String subdomains = "";
        String nowhere = "";
        long percent = 100;
        boolean testing = false;
        boolean reported = false;
        for (String tag : records.get(0).split(";")) {
            String[] parts = tag.split("=", 2);
            String value = parts.length == 2 ? parts[1].strip().toLowerCase(Locale.ROOT) : "";
            switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                case "p" -> policy = value;
                case "sp" -> subdomains = value;
                case "np" -> nowhere = value;
                case "rua" -> reported = !value.isEmpty();
                case "t" -> testing = value.equals("y");
                case "pct" -> percent = value.matches("[0-9]{1,3}") ? Math.min(100, Long.parseLong(value)) : percent;
                default -> {
                    // reports and alignment change nothing of what happens to the mail of others
                }
            }
        }
        String word = word(policy, reported);
        String below = subdomains.isEmpty() ? word : word(subdomains, reported);
        String weakest = nowhere.isEmpty() ? below : weaker(below, word(nowhere, reported));
        return new Dmarc(word, weakest, testing ? 0 : percent);
    }

    /** Names below the domain that exist and those that do not have policies of their own; what one lets through is let through. */
    private static String weaker(String one, String other) {
        return STRENGTH.indexOf(one) <= STRENGTH.indexOf(other) ? one : other;
    }

    /** Without a policy that is known a record that wants reports only watches, and any other is none (RFC 7489 §6.6.3). */
    private static String word(String policy, boolean reported) {
        return switch (policy) {
            case "reject", "quarantine" -> policy;
            case NONE -> "monitor";
            default -> reported ? "monitor" : INVALID;
        };
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
