package dev.ronde.inbound.message;

import java.util.List;

/**
 * What somebody wrote in a mail, without what they quoted.
 *
 * @param quoted lines of a quote in which only a comparison with what was sent tells whether somebody wrote between them
 * @param clarity whether all of it could be read, and in one way
 */
public record BodyText(List<String> lines, List<String> quoted, Clarity clarity) {
    /** The later one counts for all of a mail. */
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
}
