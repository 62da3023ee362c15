package dev.ronde.reply;

import dev.ronde.reminder.FindingLook;
import dev.ronde.reminder.Found;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Findings in memory, and those whose owner was told. */
record SeenFindings(List<Found> findings, List<UUID> notified) implements FindingLook {
    @Override
    public List<Found> untold(Handle handle) {
        return findings.stream()
                .filter(found -> found.open() && !notified.contains(found.id()))
                .toList();
    }

    @Override
    public Optional<Found> find(Handle handle, UUID id) {
        return findings.stream().filter(found -> found.id().equals(id)).findFirst();
    }

    @Override
    public void notified(Handle tx, UUID id, Instant at) {
        notified.add(id);
    }
}
