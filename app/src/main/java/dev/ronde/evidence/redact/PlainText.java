package dev.ronde.evidence.redact;

import com.google.re2j.Pattern;
import java.text.Normalizer;

/** The copy of a text that rules look at: one spelling for everything that people and programs write in many. */
final class PlainText {
    private static final Pattern PERCENT_TWICE = Pattern.compile("(?i)%25(40|2e)");
    private static final Pattern ENTITY_TWICE = Pattern.compile("(?i)&amp;(#|commat|period|nbsp)");
    private static final Pattern AT =
            Pattern.compile("(?i)%40|&#0{0,5}64;?|&#x0{0,5}40;?|&commat;?|\\\\u0040|\\\\x40|\\\\@");
    private static final Pattern DOT =
            Pattern.compile("(?i)%2e|&#0{0,5}46;?|&#x0{0,5}2e;?|&period;?|\\\\u002e|\\\\x2e|\u3002");

    private static final Pattern SPACE =
            Pattern.compile("(?i)%20|&nbsp;?|&#0{0,5}(?:32|160);?|&#x0{0,5}(?:20|a0);?|\\\\u00(?:20|a0)|\\\\[nrt]");

    /** The @ of quoted-printable, where a host follows; elsewhere it is a number behind an equals sign. */
    private static final Pattern QUOTED_AT = Pattern.compile("(?i)([\\p{L}\\p{N}._-]) *=40([a-z0-9-]{1,63}\\.[a-z])");

    private PlainText() {}

    /** Returns the text in NFKC, without invisible characters, with one kind of space, and with @, dot and space decoded. */
    static String of(String text) {
        String plain = isPlain(text) ? text : spaced(Normalizer.normalize(text, Normalizer.Form.NFKC));
        if (plain.indexOf('&') >= 0 || plain.indexOf('%') >= 0 || plain.indexOf('\\') >= 0 || !isPlain(plain)) {
            String percent = PERCENT_TWICE.matcher(plain).replaceAll("%$1");
            String once = ENTITY_TWICE.matcher(percent).replaceAll("&$1");
            String spaced = SPACE.matcher(once).replaceAll(" ");
            plain = DOT.matcher(AT.matcher(spaced).replaceAll("@")).replaceAll(".");
        }
        return plain.contains("=40") ? QUOTED_AT.matcher(plain).replaceAll("$1@$2") : plain;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~' || (c < ' ' && c != '\n')) {
                return false;
            }
        }
        return true;
    }

    private static String spaced(String text) {
        StringBuilder copy = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n') {
                copy.append('\n');
            } else if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                copy.append(' ');
            } else if (Character.getType(point) != Character.FORMAT && point != 0x034F && point != 0x115F) {
                copy.appendCodePoint(point);
            }
        });
        return copy.toString();
    }
}
