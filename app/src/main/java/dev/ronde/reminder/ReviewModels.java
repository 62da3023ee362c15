package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.Installation;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.Undecided;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.StandIn;
import dev.ronde.review.plan.Assurance;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What mails say about a review: one model for the text and the HTML part, every name cleaned, every date in words and ISO. */
public record ReviewModels(Reviews reviews, Assets assets, People people, ReviewLinks links) {
    /** Where a model, and what is kept of a mail, has what was shown: in the model of one review that, with a mail each by the id of its review. */
    public static final String SHOWN = "shown";

    private static final int CHANGES_SHOWN = 3;
    private static final Set<String> ASKS = Set.of("again", "due", "overdue");

    /**
     * What is known about several reviews, read together.
     *
     * @param people who has the reviews and their assets, and who is asked to take them over, by id
     */
    record Background(Map<UUID, Asset> assets, Map<UUID, Situation> situations, Map<UUID, Person> people) {
        Asset asset(Review review) {
            return Objects.requireNonNull(assets.get(review.assetId()));
        }

        Situation situation(Review review) {
            return Objects.requireNonNull(situations.get(review.id()));
        }

        String name(@Nullable UUID personId) {
            return Optional.ofNullable(personId)
                    .map(people::get)
                    .map(person -> CleanText.line(person.name()))
                    .orElse("–");
        }
    }

    /** Pass some hundred at a time. */
    Background read(Handle tx, List<Review> about, Locale language) {
        Map<UUID, Asset> found = new HashMap<>();
        Batches.of(about.stream().map(Review::assetId).distinct().toList())
                .forEach(some -> found.putAll(assets.byIds(tx, some)));
        Stream<@Nullable UUID> holders = about.stream()
                .flatMap(review -> Stream.of(review.ownerId(), review.handling().delegatedTo()));
        Stream<@Nullable UUID> owners = found.values().stream().map(Asset::ownerId);
        Map<UUID, Person> named = new HashMap<>();
        Batches.of(Stream.concat(holders, owners)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList())
                .forEach(some -> named.putAll(people.byIds(tx, some)));
        return new Background(found, reviews.situations(tx, about, language), named);
    }

    public static Map<String, Object> shown(Review review, Map<String, Object> model) {
        return Map.of(review.id().toString(), Objects.requireNonNull(model.get(SHOWN)));
    }

    public Map<String, Object> of(Handle tx, Review review, Person person, Instant now) {
        return of(tx, read(tx, List.of(review), person.language()), review, person, now);
    }

    Map<String, Object> of(Handle tx, Background background, Review review, Person person, Instant now) {
        List<ReviewEvent> history =
                Review.SIGNIFICANT_CHANGE.equals(review.cause()) ? reviews.history(tx, review.id()) : List.of();
        return of(tx, background, review, history, person, now);
    }

    /** The history tells what a {@code significant_change} review was opened for. */
    private Map<String, Object> of(
            Handle tx, Background background, Review review, List<ReviewEvent> history, Person person, Instant now) {
        Asset asset = background.asset(review);
        Situation situation = background.situation(review);
        Assurance assurance =
                reviews.requiredAssurance(tx, review, asset.criticality().word());
        ReviewLinks.Link link = links.of(tx, review, person, now);
        Locale language = person.language();
        ZoneId zone = person.zone();
        LocalDate dueOn = review.dates().dueOn();
        Map<String, Object> model = new HashMap<>();
        model.put("ref", review.ref());
        model.put("asset", asset.ref());
        model.put("asset_name", CleanText.line(asset.name()));
        model.put(
                "title",
                CleanText.line(Objects.requireNonNullElse(review.opening().title(), review.planId())));
        model.put("cause", review.cause());
        model.put(
                "problem_by",
                openedFor(review, history)
                        .map(one -> CleanText.line(Objects.requireNonNullElse(one.actorName(), "–")))
                        .orElse(""));
        model.put("reason", CleanText.line(Objects.requireNonNullElse(review.causeReason(), "")));
        model.put("due", MailDates.day(dueOn, language));
        model.put("due_iso", dueOn.toString());
        model.put("site_zone", review.dates().zone().getId());
        model.put("overdue", review.overdueAt(now));
        model.put("days_late", review.daysLate(now));
        model.put("link", link.url());
        model.put("reply", links.answerable());
        model.put("until", MailDates.day(LocalTimes.lastDayBefore(link.until(), zone), language));
        model.put("person", CleanText.line(person.addressedAs()));
        model.put("thing", thing(asset.ref(), asset.name()));
        model.put("said", List.of());
        // one that never opened was not given to anybody: it was to be the owner's
        model.put("owner", background.name(review.ownerId() == null ? asset.ownerId() : review.ownerId()));
        Optional<StandIn> standIn = reviews.standIn(tx, review);
        model.put(
                "stands_in_for",
                standIn.map(StandIn::away)
                        .map(Person::name)
                        .map(CleanText::line)
                        .orElse(""));
        model.put(
                "stands_in_until",
                standIn.map(StandIn::until)
                        .map(until -> MailDates.day(until, language))
                        .orElse(""));
        model.put("has_configuration", situation.digest() != null);
        model.put("has_baseline", situation.baseline() != null);
        model.put(
                "changes",
                situation.changes().stream()
                        .limit(CHANGES_SHOWN)
                        .map(ReviewModels::change)
                        .toList());
        model.put("changed", situation.changes().size());
        model.put("over", situation.over());
        model.put("drift_from", moment(situation.drifted(review).driftFrom(), zone, language));
        model.put("drift_to", moment(situation.drifted(review).driftTo(), zone, language));
        long failing =
                count(situation, check -> !check.stale() && check.outcome().equals("fail"));
        long passing =
                count(situation, check -> !check.stale() && check.outcome().equals("pass"));
        long erring =
                count(situation, check -> !check.stale() && check.outcome().equals("error"));
        long unknown =
                count(situation, check -> check.stale() || check.outcome().equals("unknown"));
        model.put(SHOWN, situation.asShown().kept());
        model.put("failing", failing);
        model.put("passing", passing);
        model.put("erring", erring);
        model.put("unknown", unknown);
        model.put("checked", failing + passing + erring + unknown);
        model.put("by_answer", reviews.attestedByOneWord(tx, review, situation, assurance));
        model.put("signed_in", assurance == Assurance.SIGNED_IN);
        model.putAll(TimeAnswer.NONE);
        model.put("today", LocalTimes.dayOf(now, zone).toString());
        return model;
    }

    /** The report of a problem with an earlier attestation that this review was opened for; its words begin with the ref of that review. */
    private static Optional<ReviewEvent> openedFor(Review review, List<ReviewEvent> history) {
        return Review.SIGNIFICANT_CHANGE.equals(review.cause())
                ? history.stream()
                        .filter(event -> event.eventType().equals("problem")
                                && Objects.equals(event.detail(), review.causeReason()))
                        .findFirst()
                : Optional.empty();
    }

    private static String moment(@Nullable Instant at, ZoneId zone, Locale language) {
        return at == null ? "" : MailDates.moment(at, zone, language);
    }

    /** What one notice says of a review that waits for somebody. */
    Map<String, Object> of(
            Handle tx,
            Background background,
            World world,
            ReviewFacts facts,
            Person person,
            NoticeRow row,
            Instant now) {
        Review review = facts.review();
        List<ReviewEvent> history = reviews.history(tx, review.id());
        Map<String, Object> model = of(tx, background, review, history, person, now);
        Topic topic = row.topic();
        boolean anew = last(history, topic.key()).equals(openedFor(review, history));
        String problem = reopened(history) ? ".reopened" : anew ? ".anew" : "";
        model.put("step", topic.word());
        model.put(
                "lead",
                topic == Topic.PROBLEM ? topic.key() + problem : lead(topic, review, world.people(), person, now));
        model.put("organisation", organisation(tx));
        model.put("asks", asks(world, facts, topic, history, person));
        ZoneId site = review.dates().zone();
        model.put("by", model.get("due") + (site.equals(person.zone()) ? "" : " (" + site.getId() + ")"));
        model.put("doer", doer(background, review, topic, history));
        LocalDate askedUntil = review.handling().timeAskedUntil();
        model.put("asked_until", askedUntil == null ? "" : day(askedUntil, person));
        model.put("said", said(topic, review, history));
        // that somebody asks, and that it is overdue, its line says anyway
        model.put("tells", topic.tells() && !ASKS.contains(model.get("lead")));
        model.put("decides", topic.decides());
        model.put("toHolder", topic.answerable());
        model.put("assigns", topic.whom() == Topic.Whom.LEADS && !topic.decides());
        model.put("disown", topic.asksOwner());
        model.put("page", links.page(review));
        boolean lastCall = topic == Topic.LAST || topic == Topic.DUE;
        model.put("next", lastCall ? Escalations.next(world, facts, person, now) : Map.of());
        Optional<Instant> again = givenAgain(facts, row);
        boolean owns = person.id().equals(background.asset(review).ownerId());
        boolean backup = person.id().equals(background.asset(review).backupId());
        model.put("because", again.isPresent() ? "again" : topic.toHolder() && !owns ? "held" : because(topic, backup));
        model.put(
                "given",
                again.map(at -> MailDates.moment(at, person.zone(), person.language()))
                        .orElse(""));
        model.putAll(TimeAnswer.to(person, review, history, world.rows(review.id())));
        return model;
    }

    private static String because(Topic topic, boolean backup) {
        return switch (topic.whom()) {
            case SIGNERS -> "approval";
            case LEADS -> topic.decides() ? "decision" : "lead";
            case BACKUP -> "backup";
            case BACKUP_OR_LEADS -> backup ? "backup" : "lead";
            case HOLDER -> "owner";
            case ASKED, MANAGER, ANYBODY -> topic.word();
        };
    }

    static String thing(String ref, String name) {
        String named = CleanText.line(name);
        return named.isEmpty() || named.equals(ref) ? ref : ref + " (" + named + ")";
    }

    static String day(LocalDate date, Person reader) {
        return MailDates.day(date, reader.language());
    }

    static String organisation(Handle tx) {
        return CleanText.line(
                Installation.find(tx).map(Installation::organisation).orElse("Ronde"));
    }

    /** Who asked again, or handed out or opened the review, else the lead; empty if that is the reader. */
    private static String asks(World world, ReviewFacts facts, Topic topic, List<ReviewEvent> history, Person reader) {
        Optional<ReviewEvent> again = topic == Topic.REMINDED ? last(history, topic.key()) : Optional.empty();
        return again.or(() -> Optional.ofNullable(facts.given()))
                .filter(event ->
                        !event.channel().equals("system") && !reader.actorRef().equals(event.actorRef()))
                .map(ReviewEvent::actorName)
                .or(() -> world.people().leadsBut(reader.id()).stream()
                        .findFirst()
                        .map(Person::name))
                .map(CleanText::line)
                .orElse("");
    }

    /** Names the opening sentence; a mail written on another day says what is true then. */
    private static String lead(Topic topic, Review review, Directory people, Person person, Instant now) {
        if (topic.asksOwner() && topic != Topic.ASSIGNED && review.overdueAt(now)) {
            return "overdue";
        }
        boolean ahead =
                LocalTimes.dayOf(now, person.zone()).isBefore(review.dates().dueOn());
        return switch (topic) {
            case SOON, LAST, DUE, OVERDUE, REMINDED -> ahead ? "again" : "due";
            case BACKUP, MANAGER, LEAD ->
                review.ownerId() == null
                        ? "late.nobody"
                        : people.active(review.ownerId()).isPresent() ? "late" : "late.left";
            case UNREACHED_LEAD -> topic.word();
            default -> topic.key();
        };
    }

    /** The person in the sentence: anybody with the link may report a problem, the backup owner may attest. */
    private static String doer(Background background, Review review, Topic topic, List<ReviewEvent> history) {
        if (topic == Topic.UNASKED) {
            return background.name(review.handling().delegatedTo());
        }
        String event = topic == Topic.REFUSED ? "rejected" : topic == Topic.APPROVAL ? "attested" : topic.key();
        return (topic.decides() || topic == Topic.REFUSED ? last(history, event) : Optional.<ReviewEvent>empty())
                .map(ReviewEvent::actorName)
                .map(CleanText::line)
                .orElseGet(() -> background.name(review.ownerId()));
    }

    private static List<String> said(Topic topic, Review review, List<ReviewEvent> history) {
        return switch (topic) {
            case REFUSED ->
                last(history, "rejected").map(ReviewEvent::detail).map(List::of).orElse(List.of());
            case PROBLEM -> undecided(review, history);
            default -> List.of();
        };
    }

    /** Oldest first; names the reporters if there are several. */
    private static List<String> undecided(Review review, List<ReviewEvent> history) {
        List<Undecided> all = Undecided.of(review, history);
        return all.stream()
                .map(one -> all.size() == 1 || one.by() == null
                        ? one.words()
                        : CleanText.line(one.by()) + " · " + one.words())
                .toList();
    }

    /** When the review went back to an earlier holder; mails from before that do not replace this one. */
    private static Optional<Instant> givenAgain(ReviewFacts facts, NoticeRow row) {
        return row.topic() != Topic.ASSIGNED || row.occasion().same(Occasion.of(Topic.ASSIGNED))
                ? Optional.empty()
                : Optional.ofNullable(facts.given()).map(ReviewEvent::happenedAt);
    }

    /** True if the problem was with the attestation and reopened the review; a later one finds it open. */
    private static boolean reopened(List<ReviewEvent> history) {
        List<String> events = history.stream().map(ReviewEvent::eventType).toList();
        List<String> before = events.subList(0, Math.max(0, events.lastIndexOf("problem")));
        int attested = before.lastIndexOf("attested");
        return attested >= 0
                && Stream.of("withdrawn", "rejected", "problem").allMatch(end -> attested > before.lastIndexOf(end));
    }

    private static Optional<ReviewEvent> last(List<ReviewEvent> history, String type) {
        return history.stream().filter(event -> event.eventType().equals(type)).reduce((earlier, later) -> later);
    }

    private static Map<String, String> change(dev.ronde.asset.snapshot.Change change) {
        return Map.of(
                "title",
                CleanText.line(change.title()),
                "before",
                change.before() == null ? "" : CleanText.line(change.before()),
                "after",
                change.after() == null ? "" : CleanText.line(change.after()),
                "effect",
                change.effect());
    }

    private static long count(Situation situation, Predicate<CheckState> which) {
        return situation.checks().stream().filter(which).count();
    }
}
