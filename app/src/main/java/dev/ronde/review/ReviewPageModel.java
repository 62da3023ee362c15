package dev.ronde.review;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** What the page of one review shows and offers to its reader. */
final class ReviewPageModel {

    private ReviewPageModel() {}

    /** Puts the model together in one look at the database. */
    record Maker(Database database, InstantSource clock, Reviews reviews, ReviewReader reader) {

        Map<String, Object> make(String ref, Principal principal, Locale locale) {
            return database.read(handle -> {
                ReviewRow row = reader.get(handle, ref, principal.confinedTo());
                Map<String, Object> model = new HashMap<>();
                facts(model, row);
                look(model, handle, row, locale);
                offers(model, row, principal);
                model.put("history", reviews.history(handle, row.review().id()));
                return model;
            });
        }

        private void facts(Map<String, Object> model, ReviewRow row) {
            Review review = row.review();
            Instant now = clock.instant();
            model.put("line", ReviewLine.of(row, now));
            model.put("review", review);
            model.put("row", row);
            model.put("gap", review.gapDays(now).map(String::valueOf).orElse(""));
            model.put("gapOk", review.gapOk(now).map(ok -> ok ? "yes" : "no").orElse(""));
            model.put(
                    "maxGap",
                    review.dates().maxGapDays() == null ? "" : review.dates().maxGapDays());
            model.put("late", review.daysLate(now));
        }

        private void look(Map<String, Object> model, Handle handle, ReviewRow row, Locale locale) {
            Review review = row.review();
            boolean waiting = review.stateAt(clock.instant()).waiting();
            Situation situation = waiting ? reviews.situation(handle, review, locale) : null;
            model.put("changes", situation == null ? ReviewStored.changes(review) : situation.changes());
            model.put("checks", situation == null ? ReviewStored.checks(review) : situation.checks());
            String digest = situation == null ? review.attestation().snapshotDigest() : situation.digest();
            model.put("digest", digest == null ? "" : digest);
            model.put("off", waiting ? off(handle, review) : List.of());
            model.put("checklist", Checklist.items(review.opening().checklist()));
            model.put("answers", ReviewStored.answers(review));
        }

        private List<String> off(Handle handle, Review review) {
            PlanDefinition plan = handle.attach(PlanDao.class)
                    .findVersion(review.planId(), review.planVersion())
                    .orElseThrow()
                    .read();
            return reviews.off(handle, review, plan.requiredProtections());
        }

        private void offers(Map<String, Object> model, ReviewRow row, Principal principal) {
            Review review = row.review();
            ReviewState state = review.stateAt(clock.instant());
            boolean actor = principal.lead() || principal.ownOnly();
            Instant recordedAt = review.attestation().recordedAt();
            model.put("mayAct", actor && state.waiting());
            model.put("lead", principal.lead());
            model.put("mayLead", principal.lead() && state.waiting());
            model.put("mayRecover", principal.lead() && state == ReviewState.MISSED);
            model.put(
                    "mayAccept",
                    state.waiting()
                            && Objects.equals(
                                    principal.personId(), review.handling().delegatedTo())
                            && principal.personId() != null);
            model.put(
                    "mayWithdraw",
                    recordedAt != null
                            && principal.actorRef().equals(review.attestation().performedBy())
                            && !clock.instant().isAfter(recordedAt.plus(Attesting.WITHDRAWAL)));
            model.put("outcomes", List.of("no_change", "changed_and_accepted", "not_applicable"));
        }
    }
}
