package dev.ronde.catalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the ids of a framework's controls are formed: literal characters and numbers in bounds, such as {@code A.5.<1-37>}. With it the
 * controls exist that a framework file does not list, and no others.
 */
record ControlNumbering(String form) {
    private static final Pattern FORM = Pattern.compile("(?:[A-Za-z0-9.()-]|<\\d{1,3}-\\d{1,3}>){1,60}");
    private static final Pattern PART = Pattern.compile("<(\\d{1,3})-(\\d{1,3})>|[^<]");

    /** Returns whether the text is such a form. */
    static boolean valid(String form) {
        return FORM.matcher(form).matches();
    }

    /** Returns whether the id is formed so; numbers have no leading zero. */
    boolean fits(String id) {
        int at = 0;
        Matcher parts = PART.matcher(form);
        while (parts.find()) {
            if (parts.group(1) == null) {
                if (!id.startsWith(parts.group(), at)) {
                    return false;
                }
                at += parts.group().length();
                continue;
            }
            int end = at;
            while (end < id.length() && end - at < 3 && id.charAt(end) >= '0' && id.charAt(end) <= '9') {
                end++;
            }
            if (end == at || (id.charAt(at) == '0' && end - at > 1)) {
                return false;
            }
            int number = Integer.parseInt(id.substring(at, end));
            if (number < Integer.parseInt(parts.group(1)) || number > Integer.parseInt(parts.group(2))) {
                return false;
            }
            at = end;
        }
        return at == id.length();
    }
}
