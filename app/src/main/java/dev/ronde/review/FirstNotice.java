package dev.ronde.review;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** When somebody who should do a review was first told of it; the reminder room knows. */
@FunctionalInterface
public interface FirstNotice {
    /** When the first mail about the review was accepted, but for those that tell leads that it was missed, UTC; null when none was. */
    @Nullable
    Instant of(Handle handle, Review review);
}
