package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.DigestList;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** Confirms by mail what somebody did, at the address on file and thirty times a day at most. */
public record Receipts(Outbox outbox) {
    static final String NAME = "receipt";

    /** Whether it is the last of its kind that this person gets today. */
    public static final String LAST = "last";

    private static final int A_DAY = 30;
    private static final Duration DAY = Duration.ofDays(1);

    /** A file that was not kept. */
    public record Refused(String name, String why) {}

    /**
     * The answer by mail that a mail of ours follows.
     *
     * @param verified whether our mail server vouches for the address it came from
     */
    public record ByMail(
            String messageId, String from, boolean verified, String line, List<String> files, List<Refused> refused) {
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
     * @param extra a name, an address or a list the sentence needs; may be empty
     */
    public record Line(String review, String action, String what, String extra) {
        static Line of(JsonNode written) {
            return new Line(
                    written.path("review").asString(),
                    written.path("action").asString(),
                    written.path("what").asString(),
                    written.path("extra").asString());
        }
    }

    void queue(Handle tx, Review after, Person person, String action, Instant now) {
        queue(tx, after, person, action, List.of(), Map.of(), now);
    }

    /** Queues the receipt of what was done by an answer.
     *
     * @param others what the same answer came to for further reviews */
    public void queue(
            Handle tx, Review after, Person person, String action, Instant now, ByMail mail, List<Line> others) {
        queue(tx, after, person, action, others, Map.of("mail", mail), now);
    }

    private void queue(
            Handle tx,
            Review after,
            Person person,
            String action,
            List<Line> others,
            Map<String, Object> mail,
            Instant now) {
        long today = today(tx, person.id(), NAME, now);
        if (today >= A_DAY) {
            return;
        }
        List<Line> lines = Stream.concat(Stream.of(new Line(after.id().toString(), action, "", "")), others.stream())
                .toList();
        List<String> listed = lines.stream()
                .map(Line::review)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        Map<String, Object> model = new HashMap<>(mail);
        model.put("at", now.toString());
        model.put("lines", lines);
        model.put(LAST, today == A_DAY - 1);
        model.put(DigestList.LISTED, listed.size() > 1 ? listed : List.of());
        outbox.enqueue(
                tx,
                NewMail.toPerson(
                        key(after, person), NAME, MailClass.RECEIPT, after.id(), after.ref(), person.id(), model, now));
    }

    /** Whether this person got as many mails of a kind that answers theirs as a day allows: a program may answer each of them. */
    public boolean enough(Handle handle, UUID personId, String kind, Instant now) {
        return today(handle, personId, kind, now) >= A_DAY;
    }

    private long today(Handle handle, UUID personId, String kind, Instant now) {
        return outbox.countReceipts(handle, personId, kind, now.minus(DAY));
    }

    /** The reviews of which this mail says that they were attested. */
    public List<String> attested(Handle handle, UUID mailId) {
        return outbox.find(handle, mailId).stream()
                .filter(mail -> mail.kind().equals(NAME))
                .flatMap(mail -> lines(mail).stream())
                .filter(line -> line.action().equals(Verb.ATTEST.word()))
                .map(Line::review)
                .toList();
    }

    /** What a mail that answers says of each review, the one it is about first. */
    public static List<Line> lines(OutboxMail mail) {
        return Json.tree(mail.model()).path("lines").valueStream().map(Line::of).toList();
    }

    /** Whether no receipt is to tell how this person left the review: one does already, or they got as many as a day allows. */
    public boolean told(Handle tx, Review after, Person person, Instant now) {
        return enough(tx, person.id(), NAME, now)
                || outbox.findByKey(tx, key(after, person)).isPresent();
    }

    private static String key(Review after, Person person) {
        return "receipt:" + after.id() + ":" + person.id() + ":" + after.version();
    }
}
