package dev.ronde.review.room;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailDates;
import dev.ronde.platform.resource.Messages;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Attesting;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.plan.PlanDao;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How a review stands and how it came to that, in sentences: who did what and when, and what is left to do. */
public record ReviewStory(InstantSource clock, People people, Messages messages) {
    private static final String TIME_ASKED = "time-asked";

    /** The sentences for this reader; what people wrote is repeated only where {@code quoting}. */
    public List<String> of(
            Handle tx, PageVisitor visitor, Review review, Ties ties, List<ReviewEvent> history, boolean quoting) {
        Instant now = clock.instant();
        Teller teller = new Teller(visitor, history, quoting);
        ReviewState state = review.stateAt(now);
        if (state.waiting()) {
            waiting(tx, teller, review, ties);
        } else {
            closed(tx, teller, review, ties, state, now);
        }
        if (ties.witness()) {
            teller.last("delegation-accepted", "assigned")
                    .ifPresent(event -> teller.say("since." + event.eventType(), event, owner(tx, review)));
        }
        return List.copyOf(teller.sentences);
    }

    private void waiting(Handle tx, Teller teller, Review review, Ties ties) {
        teller.last("withdrawn", "attested")
                .filter(event -> event.eventType().equals("withdrawn"))
                .ifPresent(event -> teller.say("withdrawn", event));
        problem(teller, review, "problem");
        moreTime(teller, review);
        if (review.handling().notMineAt() != null) {
            teller.last("not-mine").ifPresent(event -> teller.say("not_mine", event));
        }
        String asked = Optional.ofNullable(review.handling().delegatedTo())
                .flatMap(id -> people.find(tx, id))
                .map(Person::name)
                .orElse("");
        if (!asked.isEmpty() && !ties.asked()) {
            teller.last("delegated").ifPresent(event -> teller.say("delegated", event, asked));
        }
        if (review.handling().acknowledgedAt() != null) {
            teller.last("acknowledged").ifPresent(event -> teller.say("acknowledged", event));
        }
    }

    private static void problem(Teller teller, Review review, String key) {
        if (review.undecided()) {
            teller.last("problem").ifPresent(event -> teller.say(key, event));
        } else {
            teller.last("problem", "problem-decided")
                    .filter(event -> event.eventType().equals("problem-decided"))
                    .ifPresent(event -> teller.quote("problem_decided", event));
        }
    }

    private static void moreTime(Teller teller, Review review) {
        LocalDate until = review.handling().timeAskedUntil();
        Optional<ReviewEvent> last = teller.last(TIME_ASKED, "time-refused", "extended");
        if (until != null) {
            last.ifPresent(event -> teller.say("time_asked", event, MailDates.day(until, teller.visitor.locale())));
        } else {
            Optional<ReviewEvent> asked = teller.last(TIME_ASKED);
            last.filter(event -> asked.isPresent() && !event.eventType().equals(TIME_ASKED))
                    .ifPresent(event -> teller.time(event, ReviewEvent.Time.of(asked.get(), event)));
        }
    }

    private void closed(Handle tx, Teller teller, Review review, Ties ties, ReviewState state, Instant now) {
        switch (state) {
            case ATTESTED -> {
                attested(teller, review, now);
                if (teller.visitor.acts()
                        && ties.mayReport(
                                review,
                                teller.visitor.who().actor().ref(),
                                teller.visitor.who().lead())) {
                    teller.sentence(now.isBefore(review.dates().missedFrom()) ? "reopen" : "anew");
                }
            }
            case MISSED -> {
                boolean done = review.attestation().attestedAt() != null;
                boolean still = review.completable() && ties.may(Verb.ATTEST);
                String otherwise = teller.visitor.who().lead() ? "missed_lead" : "missed";
                teller.sentence(
                        done ? "missed_done" : still ? "missed_late" : otherwise,
                        MailDates.day(
                                LocalTimes.lastDayBefore(
                                        review.dates().missedFrom(),
                                        review.dates().zone()),
                                teller.visitor.locale()));
                if (done) {
                    attested(teller, review, now);
                }
                problem(teller, review, "problem_missed");
                teller.last("recovered").ifPresent(event -> teller.say("recovered", event));
            }
            case CANCELLED -> {
                Instant at = review.closing().cancelledAt();
                String reason = review.closing().cancelReason();
                teller.sentence(
                        "cancelled",
                        at == null ? "–" : teller.moment(at),
                        reason == null ? "" : messages.text(teller.visitor.locale(), "review.cancelled." + reason));
                if (teller.quoting) {
                    tx.attach(PlanDao.class)
                            .findRetireReason(review.id())
                            .ifPresent(why -> teller.sentence("plan_retired", why));
                }
            }
            default -> teller.sentence("not_open");
        }
    }

    private static void attested(Teller teller, Review review, Instant now) {
        Instant recordedAt = review.attestation().recordedAt();
        teller.last("attested").ifPresent(event -> teller.say("attested", event));
        if (teller.visitor.who().actor().ref().equals(review.attestation().performedBy()) && recordedAt != null) {
            Instant until = recordedAt.plus(Attesting.WITHDRAWAL);
            teller.sentence(now.isBefore(until) ? "undo" : "undo_late", teller.moment(until));
        }
    }

    private String owner(Handle tx, Review review) {
        return Optional.ofNullable(review.ownerId())
                .flatMap(id -> people.find(tx, id))
                .map(Person::name)
                .orElse("–");
    }

    private static String who(ReviewEvent event) {
        return Objects.requireNonNullElse(event.actorName(), event.channel().equals("system") ? "Ronde" : "–");
    }

    private final class Teller {
        private final PageVisitor visitor;
        private final List<ReviewEvent> history;
        private final boolean quoting;
        private final List<String> sentences = new ArrayList<>();

        /** @param quoting whether it repeats what people wrote */
        Teller(PageVisitor visitor, List<ReviewEvent> history, boolean quoting) {
            this.visitor = visitor;
            this.history = history;
            this.quoting = quoting;
        }

        Optional<ReviewEvent> last(String... types) {
            return history.stream()
                    .filter(event -> List.of(types).contains(event.eventType()))
                    .reduce((earlier, later) -> later);
        }

        void say(String key, ReviewEvent event, String... more) {
            sentence(key, who(event), moment(event.happenedAt()), more.length == 0 ? "" : more[0]);
        }

        /** A sentence about an event, with what its author wrote where that is repeated. */
        void quote(String key, ReviewEvent event) {
            String said = event.detail();
            if (quoting && said != null) {
                say(key + ".words", event, said);
            } else {
                say(key, event);
            }
        }

        /** What was answered to a question for more time, with the days, and with why where that is repeated. */
        void time(ReviewEvent answer, ReviewEvent.Time time) {
            String key = answer.eventType().replace('-', '_')
                    + (quoting && !time.why().isEmpty() ? ".words" : "");
            sentence(key, who(answer), moment(answer.happenedAt()), time.why(), day(time.asked()), day(time.given()));
        }

        private String day(@Nullable LocalDate date) {
            return date == null ? "–" : MailDates.day(date, visitor.locale());
        }

        void sentence(String key, Object... words) {
            sentences.add(messages.text(visitor.locale(), "review.story." + key, words));
        }

        String moment(Instant at) {
            return MailDates.moment(at, visitor.zone(), visitor.locale());
        }
    }
}
