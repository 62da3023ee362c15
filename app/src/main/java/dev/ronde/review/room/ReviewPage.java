package dev.ronde.review.room;

import dev.ronde.asset.snapshot.Change;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewRow;
import dev.ronde.review.ReviewState;
import dev.ronde.review.Undecided;
import dev.ronde.review.answer.AttestOutcome;
import dev.ronde.review.answer.Checklist;
import dev.ronde.review.answer.Duties;
import dev.ronde.review.answer.Relation;
import dev.ronde.review.answer.ReviewLook;
import dev.ronde.review.answer.ReviewStored;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.estate.NotOn;
import dev.ronde.review.file.ReviewFileApi;
import dev.ronde.review.file.ReviewFiles;
import dev.ronde.review.plan.ChecklistItem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one review shows and offers to whoever has come to it, signed in or by a link from a mail: {@code web/review/body.peb} is
 * the page, and each door sets its own layout around it.
 */
public record ReviewPage(
        InstantSource clock,
        Reviews reviews,
        ReviewReader reader,
        ReviewStory story,
        ReviewFiles files,
        CheckWords checks) {
    private static final int EVENTS_BY_LINK = 12;

    /**
     * The model, but for what the door adds: where forms go, what they carry, and what came of the last one.
     *
     * @param confinedTo whose reviews alone are shown; null for all
     * @throws Problem 404 without such a review, or where it is not shown to them
     */
    public Map<String, Object> of(Handle handle, String ref, @Nullable UUID confinedTo, PageVisitor visitor) {
        ReviewRow row = reader.get(handle, ref, confinedTo);
        Review review = row.review();
        Instant now = clock.instant();
        ReviewState state = review.stateAt(now);
        Map<String, Object> model = new HashMap<>();
        model.put("signed", !visitor.byLink());
        model.put("line", ReviewLine.of(row, now));
        model.put("row", row);
        model.put("review", review);
        model.put("waiting", state.waiting());
        model.put("late", review.daysLate(now));
        model.put(
                "inGrace",
                review.performedWithin(ReviewRecords.plan(handle, review).grace(), now));
        model.put("standIn", reviews.standIn(handle, review).orElse(null));
        Ties ties = reviews.duties().ties(handle, visitor.who(), review);
        List<ReviewEvent> history = reviews.history(handle, review.id());
        model.put("story", story.of(handle, visitor, review, ties, history, true));
        look(model, handle, review, visitor.locale(), state);
        duties(model, row, visitor, ties, new ReviewActs(reviews, handle, visitor, review, ties, now));
        events(model, history, review, visitor);
        model.put("files", files.list(handle, review.id()));
        model.put(
                "nobodyApproves",
                review.approval().pending()
                        && reviews.secondPeople(handle, review).isEmpty());
        model.put("following", reviews.following(handle, review).orElse(null));
        return model;
    }

    /**
     * What came of the last form, as the address that its answer led to says it.
     *
     * @param ok the word of what was done
     * @param file one of {@link ReviewFileApi#RESULTS}
     */
    public static void putResult(
            Map<String, Object> model, ReaderWords words, @Nullable String ok, @Nullable String file) {
        model.put("done", ok != null && words.messages().has("review.done." + ok) ? ok : "");
        model.put("file", file != null && ReviewFileApi.RESULTS.contains(file) ? file : "");
    }

    /** The fields of a form of this page: where one thing changed, the outcome that accepts changes is the answer to it. */
    public static Map<String, String> filled(
            Reviews reviews, Handle tx, Review review, Verb verb, Map<String, String> form) {
        if (verb != Verb.ATTEST || !AttestOutcome.CHANGED_AND_ACCEPTED.word().equals(form.get("outcome"))) {
            return form;
        }
        List<Change> changes = reviews.situation(tx, review).toAnswer();
        Map<String, String> filled = new HashMap<>(form);
        if (changes.size() == 1) {
            filled.putIfAbsent("answer." + changes.get(0).path(), "accept");
        }
        return filled;
    }

    /** The words of every question and change that a form of this page can answer, by its id. */
    public static Map<String, String> asked(Map<String, Object> model) {
        Map<String, String> asked = new HashMap<>();
        for (String name : List.of("checklist", "changes")) {
            for (Object one : (List<?>) Objects.requireNonNull(model.get(name))) {
                if (one instanceof ChecklistItem item) {
                    asked.put(item.id(), item.text());
                } else if (one instanceof Change change) {
                    asked.put(change.path(), change.title());
                }
            }
        }
        return asked;
    }

    private void look(Map<String, Object> model, Handle handle, Review review, Locale locale, ReviewState state) {
        boolean open = state.waiting() || review.completable();
        Situation situation = open ? reviews.situation(handle, review, locale) : stored(handle, review, locale);
        List<NotOn> off = open ? reviews.requiredNotOn(handle, review) : List.of();
        model.putAll(open ? reviews.look().of(handle, review, situation, locale) : ReviewLook.signed(situation));
        model.put("drift", situation.drifted(review));
        model.put("seen", situation.seen());
        model.put("baseline", Objects.requireNonNullElse(situation.baseline(), ""));
        model.put("digest", situation.digest() == null ? "" : situation.digest());
        model.put("off", off);
        model.put("waiverLatest", off.isEmpty() ? "" : reviews.latestWaiver(handle, review, off));
        model.put("checklist", Checklist.items(review.opening().checklist()));
        model.put("answers", withoutGaps(review, situation, ReviewStored.answers(review)));
        model.put("proofs", withoutGaps(review, situation, ReviewStored.proofs(review)));
        results(model, handle, review, situation, locale, open);
    }

    /** What the checks say: what fails, what is not known and why, and the findings that no failing check tells of already. */
    private void results(
            Map<String, Object> model, Handle handle, Review review, Situation situation, Locale locale, boolean open) {
        List<CheckWords.Told> told = checks.told(handle, situation.checks(), locale);
        List<CheckWords.Told> failing =
                told.stream().filter(CheckWords.Told::failing).toList();
        Set<String> above = failing.stream().map(check -> check.state().check()).collect(Collectors.toSet());
        model.put("failing", failing);
        model.put("unknown", told.stream().filter(CheckWords.Told::unknown).toList());
        model.put(
                "passing",
                told.stream()
                        .filter(check -> !check.failing() && !check.unknown())
                        .toList());
        model.put("erring", told.stream().filter(CheckWords.Told::erring).count());
        // the first time there is nothing to compare with: all that there could be is shown
        model.put(
                "protections",
                open && situation.baseline() == null
                        ? checks.byProtection(handle, review.assetId(), told, locale).stream()
                                .filter(row ->
                                        !row.checks().isEmpty() || !row.state().equals("no_check_yet"))
                                .toList()
                        : List.of());
        model.put(
                "findings",
                open
                        ? checks.open(handle, review.assetId(), locale).stream()
                                .filter(finding -> !above.contains(finding.check()))
                                .toList()
                        : List.of());
    }

    private static Map<String, @Nullable String> withoutGaps(
            Review review, Situation situation, Map<String, String> given) {
        Map<String, @Nullable String> all = new HashMap<>();
        Checklist.items(review.opening().checklist()).forEach(item -> all.put(item.id(), null));
        situation.changes().forEach(change -> all.put(change.path(), null));
        all.putAll(given);
        return all;
    }

    private Situation stored(Handle handle, Review review, Locale locale) {
        return new Situation(
                review.attestation().snapshotDigest(),
                review.opening().baselineDigest(),
                reviews.look().kept(handle, review, locale),
                ReviewStored.checks(review),
                ReviewStored.over(review));
    }

    private static void duties(
            Map<String, Object> model, ReviewRow row, PageVisitor visitor, Ties ties, ReviewActs acts) {
        Review review = row.review();
        for (Verb verb : List.of(Verb.ATTEST, Verb.ACKNOWLEDGE, Verb.ACCEPT_DELEGATION)) {
            model.put("may_" + verb.key(), acts.may(verb));
        }
        model.put("acts", acts.offered());
        boolean answerable = visitor.acts() && (review.stateAt(acts.now()).waiting() || review.completable());
        model.put("may_add", answerable && Duties.mayAdd(ties, visitor.who()));
        boolean less = answerable && !Duties.may(ties, visitor.who(), review, Verb.ATTEST);
        boolean taking = ties.takesOver(visitor.who().person(), review);
        model.put("taking", taking);
        model.put(
                "duty",
                taking && answerable
                        ? "accept_first"
                        : less ? "not_yours" : answerable && backup(ties, visitor) ? "backup" : "");
        model.put("owner", Objects.requireNonNullElse(row.ownerName(), "–"));
        model.put(
                "tomorrow", LocalTimes.dayOf(acts.now(), review.dates().zone()).plusDays(1));
    }

    private static boolean backup(Ties ties, PageVisitor visitor) {
        return !visitor.who().decides() && ties.strongest() == Relation.BACKUP;
    }

    private static void events(
            Map<String, Object> model, List<ReviewEvent> history, Review review, PageVisitor visitor) {
        List<ReviewEvent> newest = new ArrayList<>(history.stream()
                .filter(event -> !visitor.byLink() || !event.eventType().equals("scheduled"))
                .toList());
        Collections.reverse(newest);
        model.put(
                "history",
                visitor.byLink() ? newest.stream().limit(EVENTS_BY_LINK).toList() : newest);
        model.put("problems", Undecided.of(review, history));
        model.put("refusal", refusal(review, history));
    }

    /** Why a second person refused the newest attestation; empty where none was, or it has been made anew. */
    private static String refusal(Review review, List<ReviewEvent> history) {
        return review.attestation().attestedAt() != null
                ? ""
                : history.stream()
                        .filter(event -> event.eventType().equals("rejected"))
                        .reduce((earlier, later) -> later)
                        .map(event -> Objects.requireNonNullElse(event.detail(), ""))
                        .orElse("");
    }
}
