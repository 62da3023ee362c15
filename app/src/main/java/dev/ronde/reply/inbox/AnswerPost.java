package dev.ronde.reply.inbox;

import dev.ronde.account.Person;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.inbound.Folding;
import dev.ronde.platform.json.Json;
import dev.ronde.reply.Receipts;
import dev.ronde.reply.grammar.Understood;
import dev.ronde.review.Review;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes back to people on file, and to nobody else: never to an address that only an arrived message names. */
final class AnswerPost {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String GIST = "gist";

    private static final Set<Saying> TELLING =
            EnumSet.of(Saying.TOLD, Saying.TO_GONE, Saying.APPROVAL, Saying.FORMER_OWNER, Saying.LATE_PROBLEM);

    /** How often in a day one person is asked about the same review for other words. */
    private static final int ASKED_A_DAY = 3;

    private static final Pattern COUNTED = Pattern.compile("\\d");

    private final Outbox outbox;
    private final Receipts receipts;

    AnswerPost(Outbox outbox, Receipts receipts) {
        this.outbox = outbox;
        this.receipts = receipts;
    }

    /** Says something about a review to a person, the same at most once a day: a program that answers every mail must not be answered every
     * time. What somebody else wrote is the same only in the same words. Who is asked for other words is asked again about other words, three
     * times in a day.
     *
     * @param extra a name, an address or a list the sentence needs; may be empty */
    void say(Handle tx, Saying saying, Incoming in, Person to, @Nullable Review review, String extra, Instant now) {
        say(tx, saying, in, to, review, extra, List.of(), now);
    }

    /** Adds lines about further reviews of a list. */
    void say(
            Handle tx,
            Saying saying,
            Incoming in,
            Person to,
            @Nullable Review review,
            String extra,
            List<Receipts.Also> others,
            Instant now) {
        if (!to.active() || receipts.mayWrite(tx, to.id(), AnswerMail.NAME, now).isAfter(now)) {
            return;
        }
        Map<String, Object> model = new HashMap<>();
        model.put("what", saying.word());
        model.put("extra", extra);
        model.put("review", review == null ? "" : review.id().toString());
        boolean own = in.sender().map(Person::id).filter(to.id()::equals).isPresent();
        model.put("own", own);
        model.put("list", in.list().map(UUID::toString).orElse(""));
        model.put("mail", in.receipt());
        model.put("others", others);
        UUID subject = review == null ? in.list().orElse(in.stored().id()) : review.id();
        String gist = saying.asks() ? gist(in, review == null || saying.asksForADay()) : "";
        if (saying.asks()) {
            List<JsonNode> asked = asked(tx, saying, subject, to, now);
            if (asked.size() >= ASKED_A_DAY
                    || asked.stream()
                            .anyMatch(mail -> mail.path(GIST).asString("").equals(gist))) {
                return;
            }
            model.put(GIST, gist);
            model.put(AnswerMail.LAST, asked.size() == ASKED_A_DAY - 1);
        }
        String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        String about = ":" + (review == null ? in.list().map(UUID::toString).orElse("") : review.id()) + ":" + gist
                + (saying.onceADay() ? "" : ":" + digest(told(saying, in, extra)));
        String key = "answer:" + saying.word() + ":" + to.id() + about + ":" + day;
        outbox.enqueue(
                tx,
                NewMail.toPerson(
                        key,
                        AnswerMail.NAME,
                        MailClass.RECEIPT,
                        subject,
                        review == null ? in.mail().subject() : review.ref(),
                        to.id(),
                        model,
                        now));
    }

    /** What this person was asked about this subject in the last day. */
    private List<JsonNode> asked(Handle tx, Saying saying, UUID subject, Person to, Instant now) {
        return outbox.listOf(tx, subject, to.id()).stream()
                .filter(mail ->
                        mail.kind().equals(AnswerMail.NAME) && mail.createdAt().isAfter(now.minus(DAY)))
                .map(mail -> Json.tree(mail.model()))
                .filter(mail -> mail.path("what").asString("").equals(saying.word()))
                .toList();
    }

    /** The words, however they are set. A program counts what it gets; numbers tell two answers apart only where a number was asked for. */
    private static String gist(Incoming in, boolean numbered) {
        String words = in.understood().all().map(Understood::words).collect(Collectors.joining("\n"));
        String folded = words.lines().map(Folding::line).collect(Collectors.joining("\n"));
        return digest(numbered ? folded : COUNTED.matcher(folded).replaceAll(""));
    }

    private static String told(Saying saying, Incoming in, String extra) {
        boolean words = TELLING.contains(saying);
        return words ? extra + "\n" + in.understood().words() : extra;
    }

    private static String digest(String extra) {
        return extra.isEmpty() ? "" : Hash.sha256(extra).hex();
    }
}
