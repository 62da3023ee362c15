package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.DigestList;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** Confirms by mail what somebody did; never to more than the address on file, ten an hour and thirty a day at most. What is done by mail
 * beyond that is told in one receipt later. */
public final class Receipts {
    static final String NAME = "receipt";

    private static final int AN_HOUR = 10;
    private static final int A_DAY = 30;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
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
     * @param verified whether our mail server vouches for that address
     * @param line the line that was read, or those
     * @param files names of those kept
     * @param refused those not kept
     */
    public record ByMail(
            String messageId,
            String from,
            boolean verified,
            String line,
            List<String> files,
            List<ReceiptFiles.Refused> refused) {
        public ByMail {
            files = List.copyOf(files);
            refused = List.copyOf(refused);
        }
    }

    /**
     * What one mail says about one review.
     *
     * @param review its id; empty for what is said about none
     * @param action the word of what was done; empty where nothing was
     * @param what the word of what is said instead
     * @param extra a name, an address or a list the sentence needs; may be empty
     * @param before what was done just before that, oldest first, where a mail that would have told it has not left
     */
    public record Also(String review, String action, String what, String extra, List<String> before) {
        public Also {
            before = List.copyOf(before);
        }

        public static Also done(Review review, String action) {
            return new Also(review.id().toString(), action, "", "", List.of());
        }

        private static Also of(JsonNode told) {
            return new Also(
                    told.path("review").asString(""),
                    told.path("action").asString(""),
                    told.path("what").asString(""),
                    told.path("extra").asString(""),
                    words(told.path("before")));
        }

        private Also after(Also earlier) {
            List<String> all = new ArrayList<>(earlier.before);
            if (!earlier.action.isEmpty()) {
                all.add(earlier.action);
            }
            all.addAll(before);
            return new Also(review, action, what, extra, all);
        }
    }

    /** Queues the receipt of what was done by link; the page has confirmed it already, so one too many is left out. */
    void queue(Handle tx, Review after, Person person, String action, Instant now) {
        queue(tx, after, person, action, List.of(), Map.of(), now);
    }

    /** Queues the receipt of what was done by an answer. */
    public void queue(
            Handle tx, Review after, Person person, String action, Instant now, ByMail mail, List<Also> others) {
        queue(tx, after, person, action, others, Map.of("mail", mail), now);
    }

    /** From when this person may get another mail of a kind that answers theirs: receipts, and what is said instead. What others write in
     * their name uses up no receipt. */
    public Instant mayWrite(Handle handle, UUID personId, String kind, Instant now) {
        if (outbox.countReceipts(handle, personId, kind, now.minus(DAY)) >= A_DAY) {
            return now.plus(DAY);
        }
        boolean often = outbox.countReceipts(handle, personId, kind, now.minus(HOUR)) >= AN_HOUR;
        return often ? now.plus(HOUR) : now;
    }

    /** The reviews of which this mail says that they were attested. */
    public List<String> attested(Handle handle, UUID mailId) {
        return outbox.find(handle, mailId).stream()
                .filter(mail -> mail.kind().equals(NAME))
                .flatMap(mail -> told(mail).stream())
                .filter(line -> line.action().equals(Verb.ATTEST.word()))
                .map(Also::review)
                .toList();
    }

    /** Whether a receipt tells already how this person left the review; there is none twice. */
    public boolean told(Handle tx, Review after, Person person) {
        return outbox.findByKey(tx, key(after, person)).isPresent();
    }

    private static String key(Review after, Person person) {
        return "receipt:" + after.id() + ":" + person.id() + ":" + after.version();
    }

    private void queue(
            Handle tx,
            Review after,
            Person person,
            String action,
            List<Also> others,
            Map<String, Object> mail,
            Instant now) {
        Instant notBefore = mayWrite(tx, person.id(), NAME, now);
        if ((notBefore.isAfter(now) && mail.isEmpty()) || told(tx, after, person)) {
            return;
        }
        List<Also> lines = new ArrayList<>();
        lines.add(Also.done(after, action));
        lines.addAll(others);
        Coalesced earlier = coalesce(tx, lines, person, notBefore, now);
        Map<String, Object> told = new HashMap<>(mail);
        told.put(ReceiptFiles.EARLIER, earlier.files());
        told.put("action", action);
        told.put("at", now.toString());
        told.put("before", lines.get(0).before());
        told.put("others", lines.subList(1, lines.size()));
        List<String> listed = lines.stream()
                .map(Also::review)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        told.put(DigestList.LISTED, listed.size() > 1 ? listed : List.of());
        outbox.enqueue(
                tx,
                NewMail.toPerson(
                        key(after, person),
                        NAME,
                        MailClass.RECEIPT,
                        after.id(),
                        after.ref(),
                        person.id(),
                        told,
                        earlier.notBefore()));
    }

    /** Files of the receipts it replaces, and when it may leave. */
    private record Coalesced(ReceiptFiles files, Instant notBefore) {}

    /** Takes back receipts that have not left, so that the new one tells what they would have told: those of the last two minutes about one of
     * the same reviews, and whatever had to wait. */
    private Coalesced coalesce(Handle tx, List<Also> lines, Person person, Instant notBefore, Instant now) {
        List<OutboxMail> waiting = new ArrayList<>(outbox.listWaitingReceipts(tx, person.id(), now.minus(DAY)));
        Collections.reverse(waiting);
        ReceiptFiles files = ReceiptFiles.NONE;
        Instant leaves = notBefore;
        for (OutboxMail earlier : waiting) {
            List<Also> told = earlier.kind().equals(NAME) ? told(earlier) : List.of();
            boolean fresh = earlier.createdAt().isAfter(now.minus(COALESCED));
            boolean same = fresh && told.stream().anyMatch(line -> at(lines, line.review()) >= 0);
            boolean late = !told.isEmpty()
                    && notBefore.isAfter(now)
                    && earlier.notBefore().isAfter(now);
            if (late && earlier.notBefore().isBefore(leaves)) {
                leaves = earlier.notBefore();
            }
            if ((same || late) && outbox.withdraw(tx, earlier.id(), MailState.SUPERSEDED, MailReason.LATER_RECEIPT)) {
                files = ReceiptFiles.of(Json.tree(earlier.model())).and(files);
                for (Also line : told) {
                    int at = at(lines, line.review());
                    if (at < 0) {
                        lines.add(line);
                    } else {
                        lines.set(at, lines.get(at).after(line));
                    }
                }
            }
        }
        return new Coalesced(files, leaves);
    }

    private static int at(List<Also> lines, String review) {
        return review.isEmpty() ? -1 : lines.stream().map(Also::review).toList().indexOf(review);
    }

    private static List<Also> told(OutboxMail receipt) {
        JsonNode model = Json.tree(receipt.model());
        List<Also> lines = new ArrayList<>();
        lines.add(new Also(
                String.valueOf(receipt.subjectId()),
                model.path("action").asString(""),
                "",
                "",
                words(model.path("before"))));
        model.path("others").forEach(other -> lines.add(Also.of(other)));
        return lines;
    }

    private static List<String> words(JsonNode written) {
        return written.valueStream().map(JsonNode::asString).toList();
    }
}
