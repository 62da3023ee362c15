package dev.ronde.reminder;

import dev.ronde.coverage.LastingError;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A check that does not see any more, with the owner and the backup owner of its asset. */
record BlindCheck(
        LastingError error,
        @Nullable UUID ownerId,
        @Nullable UUID backupId) {}
