package dev.ronde.review.builder;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** On which days people are told of a review nobody answers; the reminder room knows the ladder. */
@FunctionalInterface
public interface LadderAhead {

    record Told(String step, LocalDate on) {}

    /** By day, for a Monday to Friday week in this zone; weekly ones end at the first word to the lead. */
    List<Told> of(LocalDate opensOn, LocalDate dueOn, ZoneId zone);
}
