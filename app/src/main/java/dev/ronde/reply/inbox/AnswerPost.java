package dev.ronde.reply.inbox;

import dev.ronde.account.Person;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.inbound.Against;
import dev.ronde.mail.inbound.MailReader;
import dev.ronde.reply.Receipts;
import dev.ronde.review.Review;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes back to people on file, and to nobody else: never to an address that only an arrived message names. */
final class AnswerPost {
    /** What tells a person of the words of another. */
    private static final Set<Saying> TELLING =
            EnumSet.of(Saying.TOLD, Saying.APPROVAL, Saying.FORMER_OWNER, Saying.LATE_PROBLEM);

    private final Outbox outbox;
    private final Receipts receipts;

    AnswerPost(Outbox outbox, Receipts receipts) {
        this.outbox = outbox;
        this.receipts = receipts;
    }

    /** Says something about a review to a person, the same at most once a day: a program that answers every mail must not be answered every
     * time. What somebody else wrote is the same only in the same words.
     *
     * @param extra a name, an address or a list the sentence needs; may be empty */
    void say(Handle tx, Saying saying, Incoming in, Person to, @Nullable Review review, String extra, Instant now) {
        say(tx, saying, in, to, review, extra, List.of(), now);
    }

    /** The same, with what is to be said about further reviews of a list. */
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
        Against against = in.understood().against();
        if (against != null) {
            model.put(AnswerMail.AGAINST, Map.of("why", against.why().word(), "line", against.line()));
        }
        model.put("others", others);
        String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        String about = ":" + (review == null ? "" : review.id())
                + (saying.onceADay() ? "" : ":" + digest(told(saying, in, extra)));
        String key = "answer:" + saying.word() + ":" + to.id() + about + ":" + day;
        UUID subject = review == null ? in.list().orElse(in.stored().id()) : review.id();
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

    private static String told(Saying saying, Incoming in, String extra) {
        boolean words = TELLING.contains(saying);
        return words ? extra + "\n" + ReviewAnswer.words(in.understood()) : extra;
    }

    private static String digest(String extra) {
        return extra.isEmpty() ? "" : MailReader.sha256(extra.getBytes(StandardCharsets.UTF_8));
    }
}
