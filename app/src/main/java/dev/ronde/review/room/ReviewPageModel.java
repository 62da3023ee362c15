package dev.ronde.review.room;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewRow;
import dev.ronde.review.ReviewState;
import dev.ronde.review.Undecided;
import dev.ronde.review.answer.Attesting;
import dev.ronde.review.answer.Checklist;
import dev.ronde.review.answer.ReviewLook;
import dev.ronde.review.answer.ReviewStored;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.estate.NotOn;
import dev.ronde.review.file.ReviewFiles;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.unchanged.FastLane;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the page of one review shows and offers to its reader, put together in one look at the database. */
record ReviewPageModel(
        Database database,
        InstantSource clock,
        Reviews reviews,
        ReviewReader reader,
        ReviewFiles files,
        CheckWords checks) {

    Map<String, Object> make(String ref, Principal principal, Locale locale) {
        return database.read(handle -> {
            ReviewRow row = reader.get(handle, ref, principal.confinedTo());
            Map<String, Object> model = new HashMap<>();
            facts(model, handle, row);
            look(model, handle, row, locale);
            model.put("standIn", reviews.standIn(handle, row.review()).orElse(null));
            offers(model, row, principal);
            duties(model, handle, row.review(), principal);
            model.put(
                    "mayApprove",
                    principal.lead()
                            && row.review().approval().pending()
                            && !reviews.hadPart(handle, row.review(), principal.actorRef()));
            model.put(
                    "nobodyApproves",
                    row.review().approval().pending()
                            && reviews.secondPeople(handle, row.review()).isEmpty());
            model.put("files", files.list(handle, row.review().id()));
            List<ReviewEvent> history = reviews.history(handle, row.review().id());
            model.put("history", history);
            model.put("problems", Undecided.of(row.review(), history));
            model.put("refusal", refusal(row.review(), history));
            return model;
        });
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

    private void facts(Map<String, Object> model, Handle handle, ReviewRow row) {
        Review review = row.review();
        Instant now = clock.instant();
        model.put("line", ReviewLine.of(row, now));
        model.put(
                "retireReason",
                handle.attach(PlanDao.class).findRetireReason(review.id()).orElse(null));
        model.put("review", review);
        model.put("row", row);
        model.put("gap", review.gapDays(now).map(String::valueOf).orElse(""));
        model.put("gapOk", review.gapOk(now).map(ok -> ok ? "yes" : "no").orElse(""));
        model.put(
                "maxGap",
                review.dates().maxGapDays() == null ? "" : review.dates().maxGapDays());
        LocalDate askedUntil = review.handling().timeAskedUntil();
        model.put("askedUntil", askedUntil == null ? "" : askedUntil.toString());
        model.put("late", review.daysLate(now));
        model.put(
                "inGrace",
                review.performedWithin(ReviewRecords.plan(handle, review).grace(), now));
    }

    private void look(Map<String, Object> model, Handle handle, ReviewRow row, Locale locale) {
        Review review = row.review();
        boolean waiting =
                review.completable() || review.stateAt(clock.instant()).waiting();
        Situation situation = waiting ? reviews.situation(handle, review, locale) : stored(handle, review, locale);
        List<NotOn> off = waiting ? reviews.requiredNotOn(handle, review) : List.of();
        model.putAll(waiting ? reviews.look().of(handle, review, situation, locale) : signed(situation));
        model.put("drift", situation.drifted(review));
        List<CheckWords.Told> told = checks.told(handle, situation.checks(), locale);
        model.put("checks", told);
        // the first time there is nothing to compare with: all that there could be is shown
        model.put(
                "protections",
                waiting && situation.baseline() == null
                        ? checks.byProtection(handle, review.assetId(), told, locale)
                        : List.of());
        model.put("findings", waiting ? checks.open(handle, review.assetId(), locale) : List.of());
        model.put("seen", situation.seen());
        model.put("baseline", Objects.requireNonNullElse(situation.baseline(), ""));
        model.put("digest", situation.digest() == null ? "" : situation.digest());
        model.put("off", off);
        model.put("waiverLatest", off.isEmpty() ? "" : reviews.latestWaiver(handle, review, off));
        model.put("fast", FastLane.open(review, situation, off, clock.instant()));
        model.put("checklist", Checklist.items(review.opening().checklist()));
        model.put("answers", answers(review, situation));
        model.put("proofs", proofs(review));
    }

    /** What was answered to each question and change; null where nobody had to, or has yet. */
    private static Map<String, @Nullable String> answers(Review review, Situation situation) {
        Map<String, @Nullable String> answers = new HashMap<>();
        Checklist.items(review.opening().checklist()).forEach(item -> answers.put(item.id(), null));
        situation.changes().forEach(change -> answers.put(change.path(), null));
        answers.putAll(ReviewStored.answers(review));
        return answers;
    }

    /** What each answered question names as its evidence; null where nothing does. */
    private static Map<String, @Nullable String> proofs(Review review) {
        Map<String, @Nullable String> proofs = new HashMap<>();
        Checklist.items(review.opening().checklist()).forEach(item -> proofs.put(item.id(), null));
        proofs.putAll(ReviewStored.proofs(review));
        return proofs;
    }

    /** What was shown when it was signed. */
    private Situation stored(Handle handle, Review review, Locale locale) {
        return new Situation(
                review.attestation().snapshotDigest(),
                review.opening().baselineDigest(),
                reviews.look().kept(handle, review, locale),
                ReviewStored.checks(review),
                ReviewStored.over(review));
    }

    private static Map<String, Object> signed(Situation situation) {
        Map<String, Object> model = new HashMap<>();
        model.put("changes", ReviewLook.worstFirst(situation.changes()));
        model.put("effects", ReviewLook.effects(situation.changes()));
        model.put("over", situation.over());
        model.put("settings", List.of());
        model.put("settingsTotal", 0);
        model.put("received", null);
        model.put("moved", List.of());
        model.put("last", null);
        model.put("appeared", Set.of());
        return model;
    }

    /** What this reader may do, and why not more. */
    private void duties(Map<String, Object> model, Handle handle, Review review, Principal principal) {
        ReviewState state = review.stateAt(clock.instant());
        boolean actor = principal.lead() || principal.ownOnly();
        boolean answerable = actor && (state.waiting() || review.completable());
        Visitor who = Visitor.of(principal);
        for (Verb verb : Verb.values()) {
            model.put(
                    "may_" + verb.key(),
                    actor
                            && verb.from().fits(review, clock.instant())
                            && reviews.duties().may(handle, who, review, verb));
        }
        model.put("may_add", answerable && reviews.duties().mayAdd(handle, who, review));
        boolean less = answerable && !reviews.duties().may(handle, who, review, Verb.ATTEST);
        boolean asked = less && reviews.duties().ties(handle, who, review).asked();
        model.put("duty", less ? (asked ? "accept_first" : "not_yours") : "");
    }

    private void offers(Map<String, Object> model, ReviewRow row, Principal principal) {
        Review review = row.review();
        ReviewState state = review.stateAt(clock.instant());
        boolean actor = principal.lead() || principal.ownOnly();
        Instant recordedAt = review.attestation().recordedAt();
        model.put("mayAct", actor && state.waiting());
        model.put("mayComplete", actor && review.completable());
        model.put("lead", principal.lead());
        model.put("mayLead", principal.lead() && state.waiting());
        model.put("mayDecideProblem", principal.lead() && review.undecided());
        model.put("mayRecover", principal.lead() && state == ReviewState.MISSED);
        model.put(
                "mayAccept",
                state.waiting()
                        && review.handling().delegatedTo() != null
                        && principal.standsFor().contains(review.handling().delegatedTo()));
        model.put(
                "mayWithdraw",
                recordedAt != null
                        && principal.actorRef().equals(review.attestation().performedBy())
                        && !clock.instant().isAfter(recordedAt.plus(Attesting.WITHDRAWAL)));
        model.put("outcomes", List.of("no_change", "changed_and_accepted", "not_applicable"));
    }
}
