package dev.ronde.account;

import dev.ronde.cadence.WorkWeek;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The boxes of a form in which a person's working days are ticked. */
final class WeekForm {

    static final List<String> DAYS = Stream.of(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .toList();

    private WeekForm() {}

    /** The ticked week, or the present one if the form has no such boxes; empty if none is ticked. */
    static Optional<WorkWeek> read(Map<String, String> form, WorkWeek present) {
        return form.containsKey("week")
                ? WorkWeek.ofWords(DAYS.stream().filter(form::containsKey).toList())
                : Optional.of(present);
    }
}
