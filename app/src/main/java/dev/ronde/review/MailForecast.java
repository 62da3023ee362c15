package dev.ronde.review;

import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How many mails would leave; the reminder room knows how reviews are gathered into mails. */
@FunctionalInterface
public interface MailForecast {

    /**
     * The number of mails when these reviews open together.
     *
     * @param reviewsByPerson how many reviews open for each person
     */
    int mails(Handle handle, Map<UUID, Integer> reviewsByPerson);
}
