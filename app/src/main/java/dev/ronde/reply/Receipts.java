package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.review.Review;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Confirms by mail what somebody did by link; never to more than the address on file, ten an hour and thirty a day at most. */
final class Receipts {
    private static final int AN_HOUR = 10;
    private static final int A_DAY = 30;

    private final Outbox outbox;

    Receipts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Queues the receipt; the page has confirmed it already, so one too many is left out. */
    void queue(Handle tx, Review after, Person person, String action, Instant now) {
        if (outbox.countReceipts(tx, person.id(), now.minus(Duration.ofHours(1))) >= AN_HOUR
                || outbox.countReceipts(tx, person.id(), now.minus(Duration.ofDays(1))) >= A_DAY) {
            return;
        }
        outbox.enqueue(
                tx,
                NewMail.toPerson(
                        "receipt:" + after.id() + ":" + person.id() + ":" + after.version(),
                        ReceiptMail.NAME,
                        MailClass.RECEIPT,
                        after.id(),
                        after.ref(),
                        person.id(),
                        Map.of("action", action, "at", now.toString()),
                        now));
    }
}
