package dev.ronde.asset;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads one bare e-mail address (addr-spec of RFC 5322 without comments and quoted strings, lengths of RFC 5321 §4.5.3). */
final class EmailText {
    private static final Pattern LOCAL =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private EmailText() {}

    /** The address in lower case, its domain as A-labels. */
    static String address(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || text.contains("<") || text.chars().anyMatch(Character::isWhitespace)) {
            throw new CellRefused("not_an_email", text);
        }
        String local = text.substring(0, at).toLowerCase(Locale.ROOT);
        String domain;
        try {
            domain = IDN.toASCII(text.substring(at + 1), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException refused) {
            throw new CellRefused("not_an_email", text);
        }
        if (local.length() > 64
                || local.length() + domain.length() > 253
                || !LOCAL.matcher(local).matches()
                || !DOMAIN.matcher(domain).matches()) {
            throw new CellRefused("not_an_email", text);
        }
        return local + "@" + domain;
    }
}
