package dev.ronde.review.planning;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The mails that follow from reviews that opened.
 *
 * @param mails how many leave
 * @param people to whom, each counted once
 * @param held how many of them the brake will hold until a lead decides
 * @param first when the first one may leave; null where none does
 */
public record MailsAhead(
        int mails, int people, int held, @Nullable First first) {

    public static final MailsAhead NONE = new MailsAhead(0, 0, 0, null);

    /**
     * The first mail.
     *
     * @param at the earliest instant; the queue and the mail server come after it
     * @param zone of the person it goes to
     */
    public record First(Instant at, ZoneId zone) {}
}
