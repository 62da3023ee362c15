package dev.ronde.account;

import dev.ronde.cadence.WorkWeek;
import dev.ronde.platform.http.Role;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who owns, reviews or administers.
 *
 * @param actorRef how evidence names this person: {@code p:} and 16 hex digits, never the address
 * @param role role of the account; null when the person has none and acts from mail only
 * @param zone where this person's days and working hours are
 * @param workingDays the days of the week they work, as digits of ISO 8601; {@link #week()} reads them
 * @param active false once deactivated; the name stays on history
 */
public record Person(
        UUID id,
        String actorRef,
        String email,
        String name,
        @Nullable Role role,
        ZoneId zone,
        Locale language,
        String workingDays,
        boolean active,
        long version) {

    /** The same person with what may be changed about them. */
    public Person with(
            String newName, @Nullable Role newRole, ZoneId newZone, Locale newLanguage, WorkWeek week, boolean stays) {
        return new Person(id, actorRef, email, newName, newRole, newZone, newLanguage, week.digits(), stays, version);
    }

    public WorkWeek week() {
        return WorkWeek.ofDigits(workingDays);
    }

    public boolean leads() {
        return role != null && role.leads();
    }

    /** What a letter calls them: their name, or nothing where only the address is known. */
    public String addressedAs() {
        return name.equalsIgnoreCase(email) ? "" : name;
    }
}
