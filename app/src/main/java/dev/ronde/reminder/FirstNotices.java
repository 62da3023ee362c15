package dev.ronde.reminder;

import dev.ronde.review.FirstNotice;
import dev.ronde.review.Review;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** When the first mail that asks somebody to do a review was accepted: “promptly notified”, for the export. */
public final class FirstNotices implements FirstNotice {
    @Override
    public @Nullable Instant of(Handle handle, Review review) {
        return handle.attach(NoticeDao.class).findFirstAccepted(review.id()).orElse(null);
    }
}
