package dev.ronde.cadence;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Set;

/** Days on which nobody is expected to read work mail, weekends apart. */
@FunctionalInterface
public interface Holidays {

    Holidays NONE = date -> false;

    boolean includes(LocalDate date);

    /** The built-in rule set of a zone: France for {@code Europe/Paris}, none elsewhere. */
    static Holidays of(ZoneId zone) {
        return zone.getId().equals("Europe/Paris") ? new France() : NONE;
    }

    /** The eleven public holidays of metropolitan France (Code du travail, article L3133-1); three of them follow Easter. */
    record France() implements Holidays {

        private static final Set<MonthDay> FIXED = Set.of(
                MonthDay.of(1, 1),
                MonthDay.of(5, 1),
                MonthDay.of(5, 8),
                MonthDay.of(7, 14),
                MonthDay.of(8, 15),
                MonthDay.of(11, 1),
                MonthDay.of(11, 11),
                MonthDay.of(12, 25));

        private static final int EASTER_MONDAY = 1;
        private static final int ASCENSION = 39;
        private static final int WHIT_MONDAY = 50;

        @Override
        public boolean includes(LocalDate date) {
            if (FIXED.contains(MonthDay.from(date))) {
                return true;
            }
            LocalDate easter = easter(date.getYear());
            return date.equals(easter.plusDays(EASTER_MONDAY))
                    || date.equals(easter.plusDays(ASCENSION))
                    || date.equals(easter.plusDays(WHIT_MONDAY));
        }

        /** Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
        static LocalDate easter(int year) {
            int golden = year % 19;
            int century = year / 100;
            int rest = year % 100;
            int moonShift = (century - (century + 8) / 25 + 1) / 3;
            int epact = (19 * golden + century - century / 4 - moonShift + 15) % 30;
            int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
            int exception = (golden + 11 * epact + 22 * weekday) / 451;
            int days = epact + weekday - 7 * exception + 114;
            return LocalDate.of(year, days / 31, days % 31 + 1);
        }
    }
}
