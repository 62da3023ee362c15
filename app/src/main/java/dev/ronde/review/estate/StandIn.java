package dev.ronde.review.estate;

import dev.ronde.account.Person;
import java.time.LocalDate;

/**
 * Who does a review in the place of somebody on leave.
 *
 * @param away who is on leave
 * @param by who steps in
 * @param until last day of the leave, in the zone of whoever is away
 */
public record StandIn(Person away, Person by, LocalDate until) {
    /** What the history of a review keeps of it; {@code ReviewEvent.leave} reads it. */
    public String line() {
        return away.name() + " → " + by.name() + ", " + until;
    }
}
