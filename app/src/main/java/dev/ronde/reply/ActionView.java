package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Checklist;
import dev.ronde.review.answer.ReviewStored;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.estate.NotOn;
import dev.ronde.review.plan.Assurance;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the action page shows of a review, and the version its forms refer to. */
final class ActionView {
    private static final char SEEN = '_';
    private static final String SHA256 = "sha256:";
    private static final Duration UNDO = Duration.ofHours(24);

    private final Reviews reviews;
    private final Assets assets;
    private final People people;
    private final StepUp codes;
    private final Grants grants;
    private final MailAddresses addresses;
    private final ReviewStory story;
    private final CheckWords checks;

    ActionView(
            Reviews reviews,
            Assets assets,
            People people,
            StepUp codes,
            Grants grants,
            MailAddresses addresses,
            ReviewStory story,
            CheckWords checks) {
        this.checks = checks;
        this.codes = codes;
        this.story = story;
        this.reviews = reviews;
        this.assets = assets;
        this.people = people;
        this.grants = grants;
        this.addresses = addresses;
    }

    /** Names the state of review and configuration a form was shown for, and the results it showed. */
    static String version(Review review, Situation situation) {
        return state(review, situation) + SEEN + situation.seen();
    }

    /** The results that a form showed; null where it names none. */
    static @Nullable String seen(String version) {
        int at = version.indexOf(SEEN);
        return at < 0 ? null : version.substring(at + 1);
    }

    /** The version of the review that a form was shown for. */
    static String reviewVersion(String version) {
        return state(version).split("\\.", 2)[0];
    }

    /** The digest of the configuration that a form showed; null where it showed none. */
    static @Nullable String digest(String version) {
        String state = state(version);
        int at = state.indexOf('.');
        return at < 0 ? null : SHA256 + state.substring(at + 1);
    }

    private static String state(String version) {
        int at = version.indexOf(SEEN);
        return at < 0 ? version : version.substring(0, at);
    }

    private static String state(Review review, Situation situation) {
        String digest = situation.digest();
        return review.version() + (digest == null ? "" : "." + digest.substring(SHA256.length()));
    }

    /** The model of the page, without version and nonce. */
    Map<String, Object> of(Handle tx, LinkPages.Visit visit, Review review, Situation situation) {
        Person person = visit.person();
        Locale language = visit.reader().locale();
        Instant now = visit.now();
        Asset asset = assets.byId(tx, review.assetId());
        Ties ties = ties(tx, person, review);
        ReviewState state = review.stateAt(now);
        Map<String, Object> model = new HashMap<>();
        model.put("action", HandlePurpose.LINK.path() + visit.handle());
        model.put("ref", review.ref());
        model.put("asset", asset.ref());
        model.put("asset_name", asset.name());
        model.put("kind", asset.kind());
        model.put("title", Objects.requireNonNullElse(review.opening().title(), ""));
        model.put("instructions", Objects.requireNonNullElse(review.opening().instructions(), ""));
        model.put("cause", review.cause());
        model.put("drift_from", moment(situation.drifted(review).driftFrom(), person, language));
        model.put("drift_to", moment(situation.drifted(review).driftTo(), person, language));
        model.put("reason", Objects.requireNonNullElse(review.causeReason(), ""));
        model.put("due", MailDates.day(review.dates().dueOn(), language));
        model.put("due_iso", review.dates().dueOn());
        model.put("site_zone", review.dates().zone().getId());
        model.put("overdue", review.overdueAt(now));
        model.put("days_late", review.daysLate(now));
        model.put("person", person.addressedAs());
        model.put("address", masked(person.email()));
        model.put("relation", ties.strongest().name().toLowerCase(Locale.ROOT));
        model.put("leads", person.leads());
        model.put("asked", ties.takesOver(person.id(), review));
        model.put("owner", name(tx, review));
        model.put("state", state.word());
        model.put("waiting", state.waiting());
        model.put("acknowledged", state == ReviewState.ACKNOWLEDGED);
        model.put(
                "delegated_to",
                Optional.ofNullable(review.handling().delegatedTo())
                        .flatMap(id -> people.find(tx, id))
                        .map(Person::name)
                        .orElse(""));
        model.put(
                "snoozed_until",
                review.handling().snoozedUntil() == null
                        ? ""
                        : review.handling().snoozedUntil());
        model.put("problem_reported", review.handling().problemAt() != null);
        for (Verb verb : Verb.values()) {
            model.put("may_" + verb.key(), state.waiting() && ties.may(verb));
        }
        boolean late = review.completable() && ties.may(Verb.ATTEST);
        model.put("late", late);
        model.put("may_attest", late || (state.waiting() && ties.may(Verb.ATTEST)));
        model.put("has_configuration", situation.digest() != null);
        model.put("has_baseline", situation.baseline() != null);
        model.putAll(reviews.look().of(tx, review, situation, language));
        compared(visit, model);
        List<NotOn> off = state.waiting() || late ? reviews.requiredNotOn(tx, review) : List.of();
        model.put("off", off);
        latestWaiver(tx, review, off, language, model);
        checks(tx, review, situation, state.waiting() || late, language, model);
        model.put("items", Checklist.items(review.opening().checklist()));
        model.put("until", MailDates.day(LocalTimes.lastDayBefore(visit.grant().expiresAt(), person.zone()), language));
        model.put("min_date", LocalTimes.dayOf(now, review.dates().zone()).plusDays(1));
        model.put("max_date", LocalTimes.dayOf(now, review.dates().zone()).plusDays(30));
        model.put("page", addresses.base() + "/reviews/" + review.ref());
        model.put("signed_in", reviews.requiredAssurance(tx, review) == Assurance.SIGNED_IN);
        model.put("code", codes.needed(tx, Verb.ATTEST, review));
        attestation(tx, visit, review, model);
        model.putAll(story.of(tx, visit, review, ties));
        return model;
    }

    private static String moment(@Nullable Instant at, Person person, Locale language) {
        return at == null ? "" : MailDates.moment(at, person.zone(), language);
    }

    /** How the review stands, in sentences, and nothing of what is configured or was found. */
    List<String> stands(Handle tx, LinkPages.Visit visit, Review review) {
        return story.stands(tx, visit, review, ties(tx, visit.person(), review));
    }

    /** What the checks say, what they do not know and why, and the open findings that no failing check above tells. */
    private void checks(
            Handle tx, Review review, Situation situation, boolean open, Locale language, Map<String, Object> model) {
        List<CheckWords.Told> told = checks.told(tx, situation.checks(), language);
        List<CheckWords.Told> failing =
                told.stream().filter(CheckWords.Told::failing).toList();
        model.put("failing", failing);
        model.put(
                "protections",
                open && situation.baseline() == null
                        ? checks.byProtection(tx, review.assetId(), told, language)
                        : List.of());
        model.put("unknown", told.stream().filter(CheckWords.Told::unknown).toList());
        model.put("erring", told.stream().filter(CheckWords.Told::erring).count());
        model.put(
                "passing",
                situation.checks().stream()
                        .filter(check -> !check.stale() && check.outcome().equals("pass"))
                        .count());
        Set<String> above = failing.stream().map(check -> check.state().check()).collect(Collectors.toSet());
        model.put(
                "findings",
                open
                        ? checks.open(tx, review.assetId(), language).stream()
                                .filter(finding -> !above.contains(finding.check()))
                                .toList()
                        : List.of());
    }

    private void latestWaiver(Handle tx, Review review, List<NotOn> off, Locale language, Map<String, Object> model) {
        boolean none = off.isEmpty();
        LocalDate latest = none ? LocalDate.EPOCH : reviews.latestWaiver(tx, review, off);
        model.put("waiver_max", none ? "" : latest);
        model.put("waiver_latest", none ? "" : MailDates.day(latest, language));
    }

    /** From which attestation the changes are counted, in words; empty where there is none. */
    private static void compared(LinkPages.Visit visit, Map<String, Object> model) {
        Review last = (Review) model.get("last");
        Instant at = last == null ? null : last.attestation().attestedAt();
        model.put(
                "since",
                at == null
                        ? ""
                        : MailDates.moment(
                                at, visit.person().zone(), visit.reader().locale()));
        model.put(
                "since_by",
                last == null
                        ? ""
                        : Objects.requireNonNullElse(last.attestation().performedByName(), ""));
    }

    private void attestation(Handle tx, LinkPages.Visit visit, Review review, Map<String, Object> model) {
        Instant attestedAt = review.attestation().attestedAt();
        Instant recordedAt = review.attestation().recordedAt();
        boolean mine = visit.person().actorRef().equals(review.attestation().performedBy());
        model.put("mine", mine);
        model.put(
                "attested_at",
                attestedAt == null
                        ? ""
                        : MailDates.moment(
                                attestedAt,
                                visit.person().zone(),
                                visit.reader().locale()));
        model.put("attested_by", Objects.requireNonNullElse(review.attestation().performedByName(), ""));
        model.put("outcome", Objects.requireNonNullElse(review.attestation().outcome(), ""));
        model.put("failed", failed(review, visit.reader().locale()));
        model.put("digest", Objects.requireNonNullElse(review.attestation().snapshotDigest(), ""));
        model.put(
                "undo",
                recordedAt != null && mayUndo(review, visit.person(), visit.now())
                        ? undoPath(tx, review, visit.person(), recordedAt)
                        : "");
        model.put("next_due", nextDue(tx, review, visit.reader().locale()));
    }

    /** The due date of the review that follows, in words; empty where none does. */
    String nextDue(Handle tx, Review review, Locale language) {
        return reviews.following(tx, review)
                .map(other -> MailDates.day(other.dates().dueOn(), language))
                .orElse("");
    }

    /** What the person is to the review now. */
    Ties ties(Handle tx, Person person, Review review) {
        return Ties.of(person, people.teams(tx, person), review, assets.byId(tx, review.assetId()));
    }

    Set<UUID> teams(Handle tx, Person person) {
        return people.teams(tx, person);
    }

    /** A sentence in the reader's language. */
    String text(Locale language, String key, Object... words) {
        return story.text(language, key, words);
    }

    /** The path that takes the person's attestation back; empty where it is not theirs or too late. */
    Optional<String> undo(Handle tx, Review review, Person person, Instant now) {
        return Optional.ofNullable(review.attestation().recordedAt())
                .filter(at -> mayUndo(review, person, now))
                .map(at -> undoPath(tx, review, person, at));
    }

    /** Whether the attestation is the person's and can still be taken back. */
    boolean mayUndo(Review review, Person person, Instant now) {
        Instant recordedAt = review.attestation().recordedAt();
        return recordedAt != null
                && now.isBefore(recordedAt.plus(UNDO))
                && person.actorRef().equals(review.attestation().performedBy());
    }

    /** The undo link of an attestation, for 24 hours. */
    String undoPath(Handle tx, Review review, Person person, Instant recordedAt) {
        return HandlePurpose.UNDO.path()
                + grants.handle(grants.ensure(tx, HandlePurpose.UNDO, review.id(), person.id(), recordedAt.plus(UNDO)));
    }

    private String name(Handle tx, Review review) {
        return Optional.ofNullable(review.ownerId())
                .flatMap(id -> people.find(tx, id))
                .map(Person::name)
                .orElse("–");
    }

    /** The titles of these checks. */
    String titles(Collection<String> ids, Locale language) {
        return ids.stream().map(check -> checks.of(check, language)).collect(Collectors.joining(", "));
    }

    /** The titles of the checks that failed when it was attested; empty where none did. */
    String failed(Review review, Locale language) {
        return titles(ReviewStored.failing(review), language);
    }

    /** {@code a…@corp.example}: enough to know oneself, not enough to be collected. */
    static String masked(@Nullable String email) {
        if (email == null || email.indexOf('@') < 1) {
            return "";
        }
        return email.charAt(0) + "…" + email.substring(email.indexOf('@'));
    }
}
