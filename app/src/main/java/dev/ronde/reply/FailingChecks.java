package dev.ronde.reply;

import dev.ronde.review.estate.CheckState;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Says what fails in words of who reads, who may have nothing but a link. */
public interface FailingChecks {
    /**
     * A check that fails.
     *
     * @param title as people call it
     * @param found what was found; empty where it cannot be told
     */
    record Failing(String check, String title, String found) {}

    /** These checks in the same order, in the language. */
    List<Failing> told(Handle handle, List<CheckState> failing, Locale language);
}
