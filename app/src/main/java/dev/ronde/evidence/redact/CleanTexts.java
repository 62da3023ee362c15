package dev.ronde.evidence.redact;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded memory of texts in which nothing was found. Facts repeat themselves from one run to the next, and looking at a text with every
 * rule costs a hundred times more than comparing it. A text that is not remembered is looked at again, so that forgetting is always safe;
 * one that is remembered was equal, letter by letter, to one that was looked at. Safe for many threads, without a lock.
 */
final class CleanTexts {
    /** Longest text that is remembered, in characters; with {@link #PLACES} it bounds the memory to a few megabytes. */
    static final int LONGEST = 256;

    private static final int PLACES = 1 << 13;

    private final AtomicReferenceArray<String> places = new AtomicReferenceArray<>(PLACES);

    boolean holds(String text) {
        return text.length() <= LONGEST && text.equals(places.getPlain(place(text)));
    }

    /** Remembers the text and forgets one in the same place. */
    void add(String text) {
        if (text.length() <= LONGEST) {
            places.setRelease(place(text), text);
        }
    }

    private static int place(String text) {
        int hash = text.hashCode();
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }
}
