package dev.ronde.control;

/**
 * Why a file is refused.
 *
 * @param line line of the file, 1-based; 0 for the file as a whole
 * @param message what is wrong and, where one is near, what was meant
 */
public record LoadProblem(int line, String message) {
    /** Returns the problem in the form of a compiler message, {@code line: message}. */
    @Override
    public String toString() {
        return line > 0 ? line + ": " + message : message;
    }
}
