package dev.ronde.review.builder;

import java.text.Normalizer;
import java.util.Locale;

/** An id made of a title: lower-case letters without accents, digits and hyphens. */
final class Slug {
    private static final int LONGEST = 48;

    private Slug() {}

    /** The id; the other one where the title has no letter that an id may have. */
    static String of(String title, String otherwise) {
        String plain = Normalizer.normalize(letters(title.toLowerCase(Locale.ROOT)), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? otherwise : cut;
    }

    /** Letters that are no letter with an accent. */
    private static String letters(String text) {
        return text.replace("œ", "oe")
                .replace("æ", "ae")
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("đ", "d");
    }
}
