package dev.ronde.review;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** When somebody was first told of a review; the reminder room knows. */
@FunctionalInterface
public interface FirstNotice {
    /** When the first mail about the review was accepted, UTC; null when none was. */
    @Nullable
    Instant of(Handle handle, Review review);
}
