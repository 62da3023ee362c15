package dev.ronde.mail;

import java.util.regex.Pattern;

/** Hides the handles in the links of a mail: what is kept or shown must not open anything. */
final class HandleMask {
    static final String DOTS = "••••••••";
    private static final Pattern LINK = Pattern.compile("/([rdum])/[A-Za-z2-7]{40}\\b");

    private HandleMask() {}

    static String mask(String text) {
        return LINK.matcher(text).replaceAll("/$1/" + DOTS);
    }
}
