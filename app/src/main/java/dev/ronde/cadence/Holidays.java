package dev.ronde.cadence;

import java.time.LocalDate;
import java.time.ZoneId;

/** Days on which nobody is expected to read work mail, weekends apart. */
@FunctionalInterface
public interface Holidays {

    /** No holidays at all. */
    Holidays NONE = date -> false;

    /** True when the day is a holiday. */
    boolean includes(LocalDate date);

    /** The built-in rule set of a zone: France for {@code Europe/Paris}, none elsewhere. */
    static Holidays of(ZoneId zone) {
        return zone.getId().equals("Europe/Paris") ? new FrenchHolidays() : NONE;
    }
}
