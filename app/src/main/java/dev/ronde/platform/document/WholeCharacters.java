package dev.ronde.platform.document;

import java.io.Reader;

/**
 * Reads a text in pieces that never end within a character: the YAML library reads beyond its buffer where a piece of its
 * size ends in the first half of one (a high surrogate).
 */
public final class WholeCharacters extends Reader {
    private final String text;
    private int next;

    public WholeCharacters(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] buffer, int from, int length) {
        if (next == text.length()) {
            return -1;
        }
        int end = Math.min(next + length, text.length());
        if (end - next > 1 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        text.getChars(next, end, buffer, from);
        int read = end - next;
        next = end;
        return read;
    }

    @Override
    public void close() {
        // a text holds nothing open
    }
}
