package dev.ronde.mail.inbound;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody wrote in a mail, without what they quoted.
 *
 * @param lines without marks
 * @param quoted lines of a quote in which only a comparison with what was sent tells whether somebody wrote between them
 * @param clarity whether all of it could be read, and in one way
 */
public record BodyText(List<String> lines, List<String> quoted, Clarity clarity) {
    public enum Clarity {
        CLEAR,
        /** Its parts show different words, or words stand between those of a quote. */
        TWO_WAYS,
        /** There is more than is looked at. */
        TOO_LONG,
        /** Some of it only a key opens. */
        SEALED
    }

    static final BodyText NOTHING = new BodyText(List.of(), List.of(), Clarity.CLEAR);

    public BodyText {
        lines = List.copyOf(lines);
        quoted = List.copyOf(quoted);
    }

    /** The same where words in its quote may be the writer's. */
    public BodyText doubted() {
        return new BodyText(lines, quoted, clarity == Clarity.CLEAR ? Clarity.TWO_WAYS : clarity);
    }

    static BodyText of(MimePart message) {
        PartText text = PartText.of(message);
        Clarity clarity = text.sealed()
                ? Clarity.SEALED
                : text.cut() ? Clarity.TOO_LONG : text.twoWays() ? Clarity.TWO_WAYS : Clarity.CLEAR;
        return new BodyText(text.lines(), text.quoted(), clarity);
    }

    static Set<String> quotedPictures(MimePart message) {
        Set<String> pictures = new HashSet<>();
        int left = MailLimits.HTML;
        for (MimePart body : PartText.bodies(message)) {
            if (PartText.tagged(body) && left > 0) {
                String html = body.text(left);
                left -= html.length();
                pictures.addAll(HtmlText.quotedPictures(html));
            }
        }
        return pictures;
    }
}
