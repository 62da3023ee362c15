package dev.ronde.review.builder;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** On which days people are told of a review nobody answers; the reminder room knows the ladder. */
@FunctionalInterface
public interface LadderAhead {

    /**
     * One rung.
     *
     * @param step the end of the key {@code review.ladder.<step>} that says who is told
     */
    record Told(String step, LocalDate on) {}

    /** The rungs by their day, for people in this zone who work from Monday to Friday; weekly ones up to the first word to the lead. */
    List<Told> of(LocalDate opensOn, LocalDate dueOn, ZoneId zone);
}
