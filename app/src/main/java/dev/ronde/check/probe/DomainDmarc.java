package dev.ronde.check.probe;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What DMARC (RFC 7489, RFC 9091) makes of mail in the name of a domain that is not its own.
 *
 * @param policy what becomes of mail in its own name
 * @param subdomains what becomes of mail in a name below it, the weakest where there are several policies
 * @param percent the part of that mail the policies are for
 * @param suffix whether the record says that it is of a public suffix ({@code psd=y}), below which every name is somebody else's
 */
record DomainDmarc(String policy, String subdomains, long percent, boolean suffix) {
    private static final String NONE = "none";
    private static final String INVALID = "invalid";

    /** Most labels of a parent name that is asked for, so that a long name does not cause many questions. */
    private static final int LABELS = 7;

    private static final List<String> STRENGTH = List.of(INVALID, "monitor", "quarantine", "reject");

    private static final Pattern RECORD = Pattern.compile("v\\s*=\\s*DMARC1\\s*(;.*)?");

    /**
     * Asks for the record of the domain, and where there is none for that of its organisation, which holds for the names below (RFC 7489
     * §6.6.3).
     *
     * <p>The organisation is the topmost name above that has a record: names between it and the domain do not count. Which names are public
     * suffixes is not known here. So one such as {@code co.uk} is asked too, which harms nothing: few have a record, and one that says of
     * itself that it is a suffix counts only where no other is found. The top level is not asked.
     *
     * @throws DnsTalk.UndecidedException where the resolver does not tell of one of them
     */
    static DomainDmarc of(DnsTalk dns, String domain) throws IOException {
        DomainDmarc own = read(records(dns, domain), false);
        if (!own.policy().equals(NONE)) {
            return own;
        }
        String[] labels = domain.split("\\.");
        DomainDmarc found = own;
        for (int count = 2; count < labels.length && count <= LABELS; count++) {
            String above = String.join(".", List.of(labels).subList(labels.length - count, labels.length));
            DomainDmarc record = read(records(dns, above), true);
            if (!record.policy().equals(NONE)) {
                found = record;
                if (!record.suffix()) {
                    return found;
                }
            }
        }
        return found;
    }

    private static List<String> records(DnsTalk dns, String name) throws IOException {
        return dns.texts("_dmarc." + name).stream()
                .filter(text -> RECORD.matcher(text).matches())
                .toList();
    }

    /** The subdomain policy of a parent applies to the domain. */
    private static DomainDmarc read(List<String> records, boolean above) {
        if (records.size() != 1) {
            String word = records.isEmpty() ? NONE : "several";
            return new DomainDmarc(word, word, 0, false);
        }
        String policy = "";
        String subdomains = "";
        String nowhere = "";
        long percent = 100;
        boolean testing = false;
        boolean reported = false;
        boolean suffix = false;
        for (String tag : records.get(0).split(";")) {
            String[] parts = tag.split("=", 2);
            String value = parts.length == 2 ? parts[1].strip().toLowerCase(Locale.ROOT) : "";
            switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                case "p" -> policy = value;
                case "sp" -> subdomains = value;
                case "np" -> nowhere = value;
                case "psd" -> suffix = value.equals("y");
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
        return new DomainDmarc(above ? below : word, weakest, testing ? 0 : percent, suffix);
    }

    /** Existing and non-existing subdomains have separate policies; the weaker one counts. */
    private static String weaker(String one, String other) {
        return STRENGTH.indexOf(one) <= STRENGTH.indexOf(other) ? one : other;
    }

    /** With an unknown policy a record that asks for reports only monitors; any other is invalid (RFC 7489 §6.6.3). */
    private static String word(String policy, boolean reported) {
        return switch (policy) {
            case "reject", "quarantine" -> policy;
            case NONE -> "monitor";
            default -> reported ? "monitor" : INVALID;
        };
    }
}
