package dev.ronde.finding;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells who was told of a finding; what knows the mails implements it. */
public interface NoticeLookup {
    /**
     * One person and one mail.
     *
     * @param state {@code planned}, or the state of the mail
     * @param at when the state was reached; when it was planned for where nothing came of it yet
     * @param mail id of the mail; null while there is none
     */
    record Told(
            String person,
            String state,
            Instant at,
            @Nullable UUID mail) {}

    List<Told> told(Handle handle, UUID findingId);
}
