package dev.ronde.reminder;

import dev.ronde.review.MailForecast;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How many mails leave when reviews open together: up to two a person each alone, more in one digest. */
public final class MailCount implements MailForecast {
    @Override
    public int mails(Handle handle, Map<UUID, Integer> reviewsByPerson) {
        return reviewsByPerson.values().stream()
                .mapToInt(reviews -> reviews >= Gathering.DIGEST_FROM ? 1 : reviews)
                .sum();
    }
}
