package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailDates;
import dev.ronde.platform.resource.Messages;
import dev.ronde.reminder.ReviewLinks;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.file.ReviewFiles;
import dev.ronde.review.plan.PlanDao;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells the holder of a link how a review came to stand as it does: who did what and when, and what is left to do. */
final class ReviewStory {
    private static final Duration UNDO = Duration.ofHours(24);
    private static final int SHOWN = 12;
    private static final String TIME_ASKED = "time-asked";

    private final Reviews reviews;
    private final ReviewFiles files;
    private final People people;
    private final ReviewLinks links;
    private final Messages messages;

    ReviewStory(Reviews reviews, ReviewFiles files, People people, ReviewLinks links, Messages messages) {
        this.reviews = reviews;
        this.files = files;
        this.people = people;
        this.links = links;
        this.messages = messages;
    }

    /** A sentence in the reader's language. */
    String text(Locale language, String key, Object... words) {
        return messages.text(language, key, words);
    }

    /** What the page shows of it: sentences, the newest events, the files, and the review that counts now. */
    Map<String, Object> of(Handle tx, LinkPages.Visit visit, Review review, Ties ties) {
        List<ReviewEvent> history = history(tx, review);
        Teller teller = told(tx, visit, review, ties, history, true);
        ReviewState state = review.stateAt(visit.now());
        Map<String, Object> model = new HashMap<>();
        model.put("story", teller.sentences);
        model.put("history", newest(teller, review, history));
        model.put("files", files.list(tx, review.id()));
        model.put("takes_files", (state.waiting() || review.completable()) && !ties.witness());
        model.put("may_reopen", mayReport(review, ties, visit.person(), visit.now()));
        // by a link nobody does what only leads may: they sign in for it
        model.put(
                "to_record",
                state == ReviewState.MISSED
                        && review.closing().recovery() == null
                        && visit.person().leads());
        current(tx, visit, review, state, model);
        return model;
    }

    /** How the review stands and how it came to that, in sentences: who and when, and nothing of what anybody wrote. */
    List<String> stands(Handle tx, LinkPages.Visit visit, Review review, Ties ties) {
        return List.copyOf(told(tx, visit, review, ties, history(tx, review), false).sentences);
    }

    private List<ReviewEvent> history(Handle tx, Review review) {
        return reviews.history(tx, review.id()).stream()
                .filter(event -> !event.eventType().equals("scheduled"))
                .toList();
    }

    private Teller told(
            Handle tx, LinkPages.Visit visit, Review review, Ties ties, List<ReviewEvent> history, boolean quoting) {
        Teller teller = new Teller(visit.reader().locale(), visit.person().zone(), history, quoting);
        ReviewState state = review.stateAt(visit.now());
        if (state.waiting()) {
            waiting(tx, teller, review, ties);
        } else {
            closed(tx, teller, visit, review, ties, state);
        }
        if (ties.witness()) {
            teller.last("delegation-accepted", "assigned")
                    .ifPresent(event -> teller.say("since." + event.eventType(), event, owner(tx, review)));
        }
        return teller;
    }

    /** Whether this person may report a problem with what was attested; then it opens again, or another one waits with it. */
    static boolean mayReport(Review review, Ties ties, Person person, Instant now) {
        return review.stateAt(now) == ReviewState.ATTESTED && ties.mayReport(review, person.actorRef(), person.leads());
    }

    /** Whether it opens again by that: its window is not over. */
    static boolean mayReopen(Review review, Ties ties, Person person, Instant now) {
        return mayReport(review, ties, person, now)
                && now.isBefore(review.dates().missedFrom());
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

    /** That a problem waits for a lead, or what one decided on it. */
    private static void problem(Teller teller, Review review, String key) {
        if (review.undecided()) {
            teller.last("problem").ifPresent(event -> teller.say(key, event));
        } else {
            teller.last("problem", "problem-decided")
                    .filter(event -> event.eventType().equals("problem-decided"))
                    .ifPresent(event -> teller.quote("problem_decided", event));
        }
    }

    /** Whether more time is asked for, or what was answered to that. */
    private static void moreTime(Teller teller, Review review) {
        LocalDate until = review.handling().timeAskedUntil();
        Optional<ReviewEvent> last = teller.last(TIME_ASKED, "time-refused", "extended");
        if (until != null) {
            last.ifPresent(event -> teller.say("time_asked", event, MailDates.day(until, teller.language)));
        } else {
            Optional<ReviewEvent> asked = teller.last(TIME_ASKED);
            last.filter(event -> asked.isPresent() && !event.eventType().equals(TIME_ASKED))
                    .ifPresent(event -> teller.time(event, ReviewEvent.Time.of(asked.get(), event)));
        }
    }

    private void closed(Handle tx, Teller teller, LinkPages.Visit visit, Review review, Ties ties, ReviewState state) {
        switch (state) {
            case ATTESTED -> {
                attested(teller, visit, review);
                if (mayReport(review, ties, visit.person(), visit.now())) {
                    teller.sentence(mayReopen(review, ties, visit.person(), visit.now()) ? "reopen" : "anew");
                }
            }
            case MISSED -> {
                boolean done = review.attestation().attestedAt() != null;
                boolean still = review.completable() && ties.may(Verb.ATTEST);
                String otherwise = visit.person().leads() ? "missed_lead" : "missed";
                teller.sentence(
                        done ? "missed_done" : still ? "missed_late" : otherwise,
                        MailDates.day(
                                LocalTimes.lastDayBefore(
                                        review.dates().missedFrom(),
                                        review.dates().zone()),
                                teller.language));
                if (done) {
                    attested(teller, visit, review);
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
                        reason == null ? "" : text(teller.language, "review.cancelled." + reason));
                if (teller.quoting) {
                    tx.attach(PlanDao.class)
                            .findRetireReason(review.id())
                            .ifPresent(why -> teller.sentence("plan_retired", why));
                }
            }
            default -> teller.sentence("not_open");
        }
    }

    /** Who attested it, and until when the reader may take that back. */
    private void attested(Teller teller, LinkPages.Visit visit, Review review) {
        Instant recordedAt = review.attestation().recordedAt();
        teller.last("attested").ifPresent(event -> teller.say("attested", event));
        if (visit.person().actorRef().equals(review.attestation().performedBy()) && recordedAt != null) {
            Instant until = recordedAt.plus(UNDO);
            teller.sentence(visit.now().isBefore(until) ? "undo" : "undo_late", teller.moment(until));
        }
    }

    /** The next review of the same plan that still counts, with the reader's own link where it is theirs to answer. */
    private void current(
            Handle tx, LinkPages.Visit visit, Review review, ReviewState state, Map<String, Object> model) {
        Optional<Review> next = state.waiting() ? Optional.empty() : reviews.following(tx, review);
        model.put("current", next.map(Review::ref).orElse(""));
        model.put(
                "current_due",
                next.map(other -> MailDates.day(
                                other.dates().dueOn(), visit.reader().locale()))
                        .orElse(""));
        model.put(
                "current_link",
                next.filter(other -> other.stateAt(visit.now()).waiting())
                        .filter(other -> visit.person().id().equals(other.ownerId()))
                        .map(other ->
                                links.of(tx, other, visit.person(), visit.now()).url())
                        .orElse(""));
    }

    private List<Map<String, String>> newest(Teller teller, Review review, List<ReviewEvent> history) {
        List<Map<String, String>> lines = new ArrayList<>();
        for (int at = history.size() - 1; at >= 0 && lines.size() < SHOWN; at--) {
            ReviewEvent event = history.get(at);
            lines.add(Map.of(
                    "type", event.eventType(),
                    "who", event.byCalendar(review) ? text(teller.language, "review.by_calendar") : who(event),
                    "when", teller.moment(event.happenedAt())));
        }
        return lines;
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

    /** Puts the sentences together in one language and zone. */
    private final class Teller {
        private final Locale language;
        private final ZoneId zone;
        private final List<ReviewEvent> history;
        private final boolean quoting;
        private final List<String> sentences = new ArrayList<>();

        /** @param quoting whether it repeats what people wrote */
        Teller(Locale language, ZoneId zone, List<ReviewEvent> history, boolean quoting) {
            this.language = language;
            this.zone = zone;
            this.history = history;
            this.quoting = quoting;
        }

        /** The newest event of one of these types. */
        Optional<ReviewEvent> last(String... types) {
            return history.stream()
                    .filter(event -> List.of(types).contains(event.eventType()))
                    .reduce((earlier, later) -> later);
        }

        /** A sentence about an event: who, when, and one word more. */
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
            return date == null ? "–" : MailDates.day(date, language);
        }

        void sentence(String key, Object... words) {
            sentences.add(text(language, "reply.story." + key, words));
        }

        String moment(Instant at) {
            return MailDates.moment(at, zone, language);
        }
    }
}
