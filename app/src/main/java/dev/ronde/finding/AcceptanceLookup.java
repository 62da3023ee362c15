package dev.ronde.finding;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells by which waivers findings are, were or would be accepted; what keeps the waivers implements it. */
public interface AcceptanceLookup {
    /**
     * One waiver.
     *
     * @param ref what people call it
     * @param state {@code requested}, {@code active}, {@code expired}…
     * @param suspendedBy what suspends it at the moment, null where nothing does
     * @param from first day, in UTC
     * @param until last day, inclusive, in UTC
     * @param renewals how many approved waivers of the same asset and check came before
     * @param renewedFrom the newest of those, null for the first
     */
    record Acceptance(
            String ref,
            String state,
            @Nullable String suspendedBy,
            LocalDate from,
            LocalDate until,
            int renewals,
            @Nullable String renewedFrom) {}

    /** Returns the waivers of each finding, newest first; every finding has its entry. */
    Map<UUID, List<Acceptance>> of(Handle handle, Collection<Finding> findings);
}
