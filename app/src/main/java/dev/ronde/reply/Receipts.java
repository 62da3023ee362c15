package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.MailState;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.platform.json.Json;
import dev.ronde.review.Review;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** Confirms by mail what somebody did; never to more than the address on file, ten an hour and thirty a day at most. */
public final class Receipts {
    private static final int AN_HOUR = 10;
    private static final int A_DAY = 30;
    private static final Duration COALESCED = Duration.ofMinutes(2);

    private final Outbox outbox;

    Receipts(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * What a receipt says about an answer by mail.
     *
     * @param messageId of the answer, so that the receipt follows it in the conversation
     * @param from the address it came from
     * @param line the line that was read
     * @param files names of those kept
     * @param refused names of those not kept, each with the word why
     */
    public record ByMail(String messageId, String from, String line, List<String> files, Map<String, String> refused) {
        /** Copies the lists. */
        public ByMail {
            files = List.copyOf(files);
            refused = Map.copyOf(refused);
        }
    }

    /**
     * What the same answer did, or did not do, with another review of the list it answered.
     *
     * @param review its id; empty for what is said about none
     * @param action the word of what was done; empty where nothing was
     * @param what the word of what is said instead
     * @param extra a name, an address or a list the sentence needs; may be empty
     */
    public record Also(String review, String action, String what, String extra) {}

    /** Queues the receipt of what was done by link; the page has confirmed it already, so one too many is left out. */
    void queue(Handle tx, Review after, Person person, String action, Instant now) {
        queue(tx, after, person, now, Map.of("action", action, "at", now.toString()));
    }

    /** Queues the receipt of what was done by an answer. */
    public void queue(
            Handle tx, Review after, Person person, String action, Instant now, ByMail mail, List<Also> others) {
        queue(
                tx,
                after,
                person,
                now,
                Map.of("action", action, "at", now.toString(), "mail", mail, "others", List.copyOf(others)));
    }

    /** Whether this person may get another receipt, or answer to an answer, now. */
    public boolean mayWrite(Handle handle, UUID personId, Instant now) {
        return outbox.countReceipts(handle, personId, now.minus(Duration.ofHours(1))) < AN_HOUR
                && outbox.countReceipts(handle, personId, now.minus(Duration.ofDays(1))) < A_DAY;
    }

    private void queue(Handle tx, Review after, Person person, Instant now, Map<String, Object> model) {
        if (!mayWrite(tx, person.id(), now)) {
            return;
        }
        Map<String, Object> told = new HashMap<>(model);
        told.put("before", coalesced(tx, after, person, now));
        outbox.enqueue(
                tx,
                NewMail.toPerson(
                        "receipt:" + after.id() + ":" + person.id() + ":" + after.version(),
                        ReceiptMail.NAME,
                        MailClass.RECEIPT,
                        after.id(),
                        after.ref(),
                        person.id(),
                        told,
                        now));
    }

    /** Takes back receipts of the last two minutes that have not left; the new one tells what they would have told, oldest first. */
    private List<String> coalesced(Handle tx, Review after, Person person, Instant now) {
        List<String> actions = new ArrayList<>();
        for (OutboxMail earlier : outbox.listOf(tx, after.id(), person.id())) {
            if (earlier.kind().equals(ReceiptMail.NAME)
                    && Json.tree(earlier.model()).path("others").isEmpty()
                    && earlier.createdAt().isAfter(now.minus(COALESCED))
                    && outbox.withdraw(tx, earlier.id(), MailState.SUPERSEDED, "a later receipt tells it")) {
                JsonNode said = Json.tree(earlier.model());
                said.path("before").forEach(action -> actions.add(action.asString()));
                actions.add(said.path("action").asString());
            }
        }
        return actions;
    }
}
