package dev.ronde.inbound.answer;

import dev.ronde.account.Person;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.inbound.grammar.Understood;
import dev.ronde.inbound.message.Folding;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.reply.Receipts;
import dev.ronde.reply.Receipts.Line;
import dev.ronde.review.Review;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes back to people on file, and to nobody else: never to an address that only an arrived message names. */
record AnswerPost(Outbox outbox, Receipts receipts) {
    private static final Duration DAY = Duration.ofDays(1);

    /** How often in a day one person is told the same about the same review. */
    private static final int TOLD_A_DAY = 3;

    /** Tells what came of an answer in one mail, which leads with what was done and no receipt tells yet, else with what was not done. */
    void tell(Handle tx, Incoming in, Person by, List<Reply> replies, Instant now) {
        Optional<Reply> done = replies.stream()
                .filter(one -> one.saying() == null && !receipted(tx, one.review(), by, now))
                .findFirst();
        Optional<Reply> lead = done.or(
                () -> replies.stream().filter(one -> one.saying() != null).findFirst());
        if (lead.isEmpty()) {
            return;
        }
        Reply first = lead.get();
        List<Line> others = replies.stream()
                .filter(one -> !one.equals(first))
                .map(Reply::line)
                .toList();
        Saying saying = first.saying();
        Review review = first.review();
        if (saying != null) {
            say(tx, saying, in, by, review, first.extra(), others, now);
        } else if (review != null) {
            receipts.queue(tx, review, by, first.action(), now, in.receipt(), others);
        }
    }

    private boolean receipted(Handle tx, @Nullable Review review, Person by, Instant now) {
        return review == null || receipts.told(tx, review, by, now);
    }

    /** Says something about a review to a person, once a day after the same words: a program that answers every mail must not be answered
     * every time. Their own words are answered in this way three times a day; what is about no review is said once a day.
     *
     * @param extra a name, an address or a list the sentence needs; may be empty */
    void say(Handle tx, Saying saying, Incoming in, Person to, @Nullable Review review, String extra, Instant now) {
        say(tx, saying, in, to, review, extra, List.of(), now);
    }

    private void say(
            Handle tx,
            Saying saying,
            Incoming in,
            Person to,
            @Nullable Review review,
            String extra,
            List<Line> others,
            Instant now) {
        boolean own = in.sender().map(Person::id).filter(to.id()::equals).isPresent();
        Optional<UUID> about = Optional.ofNullable(review).map(Review::id).or(in::list);
        long told =
                about.filter(id -> own).map(id -> told(tx, saying, id, to, now)).orElse(0L);
        if (!to.active() || told >= TOLD_A_DAY || receipts.enough(tx, to.id(), AnswerMail.NAME, now)) {
            return;
        }
        Line first = new Line(review == null ? "" : review.id().toString(), "", saying.word(), extra);
        Map<String, Object> model = new HashMap<>();
        model.put("own", own);
        model.put("list", in.list().map(UUID::toString).orElse(""));
        model.put("mail", in.receipt());
        model.put("lines", Stream.concat(Stream.of(first), others.stream()).toList());
        model.put(Receipts.LAST, told == TOLD_A_DAY - 1);
        String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        String words = about.map(id -> id + ":"
                        + Hash.sha256(in.mail().shownFrom() + "\n" + extra + "\n" + gist(in))
                                .hex())
                .orElse("");
        outbox.enqueue(
                tx,
                NewMail.toPerson(
                        "answer:" + saying.word() + ":" + to.id() + ":" + words + ":" + day,
                        AnswerMail.NAME,
                        MailClass.RECEIPT,
                        about.orElse(in.stored().id()),
                        review == null ? in.mail().subject() : review.ref(),
                        to.id(),
                        model,
                        now));
    }

    private long told(Handle tx, Saying saying, UUID subject, Person to, Instant now) {
        return outbox.listOf(tx, subject, to.id()).stream()
                .filter(mail ->
                        mail.kind().equals(AnswerMail.NAME) && mail.createdAt().isAfter(now.minus(DAY)))
                .filter(mail -> Receipts.lines(mail).get(0).what().equals(saying.word()))
                .count();
    }

    /** The words, however they are set. A program counts what it gets: numbers tell two answers apart only beside a word of ours. */
    private static String gist(Incoming in) {
        Understood said = in.understood();
        String words = said.all()
                .map(Understood::words)
                .flatMap(String::lines)
                .map(Folding::line)
                .collect(Collectors.joining("\n"));
        return said.verb() == null ? words.replaceAll("\\d", "") : words;
    }
}
