package dev.ronde.account;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail address as people write it (RFC 5321 mailbox without quoted local parts), domain in ASCII and lower case.
 * Two addresses are the same person when their {@link #lookupKey()} is the same: providers fold case, and so do people.
 */
public record EmailAddress(String text) {
    private static final Pattern LOCAL = Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** Takes the address as it is; use {@link #parse} for what people typed. */
    public EmailAddress {
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > 254) {
            throw new IllegalArgumentException("not a mail address");
        }
        String local = text.substring(0, at);
        String domain = text.substring(at + 1);
        boolean dots = local.startsWith(".") || local.endsWith(".") || local.contains("..");
        if (dots || !LOCAL.matcher(local).matches() || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("not a mail address");
        }
    }

    /** Reads what a person typed: surrounding blanks dropped, accents composed, the domain converted to ASCII; empty when it is no address. */
    public static Optional<EmailAddress> parse(String typed) {
        String text = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        try {
            String domain = IDN.toASCII(text.substring(at + 1)).toLowerCase(Locale.ROOT);
            return Optional.of(new EmailAddress(text.substring(0, at) + "@" + domain));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    public String lookupKey() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The part after the last {@code @}, ASCII and lower case. */
    public String domain() {
        return text.substring(text.lastIndexOf('@') + 1);
    }
}
