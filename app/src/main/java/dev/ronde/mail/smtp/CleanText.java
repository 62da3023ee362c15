package dev.ronde.mail.smtp;

import java.text.Normalizer;

/** Text from outside made fit for one line of a header or a mail: no controls, no bidirectional overrides. */
public final class CleanText {
    private static final int LONGEST = 150;

    private CleanText() {}

    /** One line of at most 150 characters: controls and bidirectional marks dropped, white space collapsed, NFC. */
    public static String line(String text) {
        return line(text, LONGEST);
    }

    /** As {@link #line(String)} with another limit; a cut is between words where there are any, and marked by an ellipsis. */
    public static String line(String text, int longest) {
        StringBuilder clean = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || (Character.isSpaceChar(point) && point != 0x202F && point != 0xA0)) {
                clean.append(' ');
            } else if (!isHidden(point)) {
                clean.appendCodePoint(point);
            }
        });
        String line = clean.toString().replaceAll(" {2,}", " ").strip();
        int points = line.codePointCount(0, line.length());
        return points <= longest ? line : cut(line, line.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private static String cut(String line, int end) {
        int space = line.lastIndexOf(' ', end);
        return line.substring(0, space > end * 2 / 3 ? space : end);
    }

    private static boolean isHidden(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }
}
