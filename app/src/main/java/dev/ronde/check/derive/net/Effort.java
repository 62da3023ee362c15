package dev.ronde.check.derive.net;

/** What one rule set may cost, in time and in memory: a document of a few megabytes can ask for more than any server has. */
final class Effort {
    private static final long MOST_STEPS = 100_000_000;
    private static final long MOST_WORDS = 10_000_000;

    private long steps;
    private long words;

    /**
     * Takes steps.
     *
     * @throws TooComplexException where they are too many
     */
    void steps(long count) {
        steps += count;
        if (steps > MOST_STEPS) {
            throw new TooComplexException("ports and destinations");
        }
    }

    /**
     * Keeps so many words of eight bytes until the end.
     *
     * @throws TooComplexException where they are too many
     */
    void keep(long count) {
        words += count;
        if (words > MOST_WORDS) {
            throw new TooComplexException("sources, ports and destinations");
        }
    }
}
