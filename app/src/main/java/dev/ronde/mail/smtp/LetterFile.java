package dev.ronde.mail.smtp;

import java.util.function.Supplier;

/**
 * A file that goes with a letter.
 *
 * @param bytes read when the letter is handed over, so that letters which wait hold no files
 */
public record LetterFile(String name, String mediaType, Supplier<byte[]> bytes) {
    /** The largest file that goes with a letter: most mail servers take 10 MB and more. */
    public static final long MOST_BYTES = 10_000_000;
}
