package dev.ronde.catalogue;

/**
 * Why a file is refused.
 *
 * @param line line of the file, 1-based; 0 for the file as a whole
 * @param message what is wrong and, where one is near, what was meant; one readable line, whatever the file holds
 */
public record LoadProblem(int line, String message) {
    private static final int MAX_MESSAGE = 1_000;

    public LoadProblem {
        message = ReadableText.cleaned(message, MAX_MESSAGE);
    }

    /** Returns the problem in the form of a compiler message, {@code line: message}. */
    @Override
    public String toString() {
        return line > 0 ? line + ": " + message : message;
    }
}
