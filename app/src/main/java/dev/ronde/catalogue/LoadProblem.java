package dev.ronde.catalogue;

import dev.ronde.platform.document.Fault;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/**
 * Why a file is refused.
 *
 * @param line line of the file, 1-based; 0 for the file as a whole
 * @param message what is wrong and, where one is near, what was meant; one readable line, whatever the file holds
 */
public record LoadProblem(int line, String message) {
    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_PROBLEMS = 100;

    public LoadProblem {
        message = ReadableText.cleaned(message, MAX_MESSAGE);
    }

    static LoadProblem of(Fault fault) {
        return new LoadProblem(fault.line(), fault.message());
    }

    static List<LoadProblem> unreadable(Throwable failure) {
        String why =
                failure instanceof UncheckedIOException ? String.valueOf(failure.getMessage()) : failure.toString();
        return List.of(new LoadProblem(0, "the file cannot be read: " + why));
    }

    static List<LoadProblem> sorted(List<Fault> faults) {
        return faults.stream()
                .map(LoadProblem::of)
                .distinct()
                .sorted(Comparator.comparingInt(LoadProblem::line))
                .limit(MAX_PROBLEMS)
                .toList();
    }

    /** Returns the problem in the form of a compiler message, {@code line: message}. */
    @Override
    public String toString() {
        return line > 0 ? line + ": " + message : message;
    }
}
