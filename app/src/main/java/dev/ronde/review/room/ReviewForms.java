package dev.ronde.review.room;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Action;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.AttestRequest.Answer;
import dev.ronde.review.answer.AttestRequest.WaiverRequest;
import dev.ronde.review.answer.Duties;
import dev.ronde.review.answer.Reviews;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Turns a form of the review page into the action it asks for. */
final class ReviewForms {

    private static final String ANSWER = "answer.";
    private static final String EVIDENCE = "evidence.";
    private static final Set<String> FOR_LEADS =
            Set.of("extend", "refuse-time", "assign", "decide-problem", "missed", "approve", "reject");

    private static final Map<String, Action> ASKED = Map.of(
            "attest", Action.ATTEST,
            "acknowledge", Action.ACKNOWLEDGE,
            "problem", Action.PROBLEM,
            "delegate", Action.DELEGATE,
            "snooze", Action.SNOOZE,
            "not-mine", Action.NOT_MINE);

    private final Reviews reviews;

    ReviewForms(Reviews reviews) {
        this.reviews = reviews;
    }

    /**
     * Does it.
     *
     * @throws Problem as {@link Reviews} does; 404 for an action that does not exist, 403 for one that is the lead's and as {@link Duties} says
     */
    Review act(Handle tx, Review review, String action, Map<String, String> form, Principal principal) {
        if (FOR_LEADS.contains(action) && !principal.lead()) {
            throw Problem.forbidden("Only leads may do this.");
        }
        Action asked = ASKED.get(action);
        if (asked != null) {
            reviews.duties().require(tx, principal, review, asked);
        }
        Actor by = Actor.of(principal);
        Channel channel = principal.channel();
        return switch (action) {
            case "acknowledge" -> reviews.acknowledge(tx, review, by, channel);
            case "attest" -> reviews.attest(tx, review, attestation(form), by, channel);
            case "problem" -> reviews.problem(tx, review, form.get("text"), by, channel);
            case "delegate" -> reviews.delegate(tx, review, form.get("to"), by, channel);
            case "accept-delegation" ->
                reviews.acceptDelegation(tx, review, as(tx, principal, review, Action.ACCEPT), by, channel);
            case "snooze" ->
                reviews.snooze(tx, review, AttestBody.date("/until", form.get("until")), principal.lead(), by, channel);
            case "not-mine" ->
                reviews.notMine(tx, review, as(tx, principal, review, Action.NOT_MINE), form.get("note"), by, channel);
            case "withdraw" -> reviews.withdraw(tx, review, by, channel);
            case "approve" -> reviews.approve(tx, review, form.get("note"), by, channel);
            case "reject" -> reviews.reject(tx, review, form.get("reason"), by, channel);
            case "extend" ->
                reviews.extend(
                        tx, review, AttestBody.date("/until", form.get("until")), form.get("reason"), by, channel);
            case "refuse-time" ->
                // the day that the page showed, as with a problem
                reviews.refuseTime(tx, review, review.handling().timeAskedUntil(), form.get("reason"), by, channel);
            case "decide-problem" ->
                // the problem that the page showed: of another version of the review nothing is taken
                reviews.decideProblem(tx, review, review.handling().problemAt(), form.get("decision"), by, channel);
            case "assign" -> reviews.assign(tx, review, form.get("to"), by, channel);
            case "missed" ->
                reviews.recordMissed(
                        tx, review, form.get("cause"), form.get("action"), form.get("recovery"), by, channel);
            default -> throw Problem.notFound("action", action);
        };
    }

    private UUID as(Handle tx, Principal principal, Review review, Action action) {
        return reviews.duties().answeringAs(tx, principal, review, action);
    }

    private static AttestRequest attestation(Map<String, String> form) {
        requireCarried(form, "seen");
        Map<String, Answer> answers = new LinkedHashMap<>();
        form.forEach((name, value) -> {
            if (name.startsWith(ANSWER)) {
                String id = name.substring(ANSWER.length());
                answers.put(id, new Answer(value.strip(), form.get(EVIDENCE + id)));
            }
        });
        return new AttestRequest(
                        form.get("outcome"), form.get("note"), form.get("snapshot_digest"), answers, waiver(form), null)
                .seeing(form.get("seen"));
    }

    /** Refuses a form without a field that every form of the page carries hidden: nothing then says what its reader has seen. */
    static void requireCarried(Map<String, String> form, String field) {
        if (!form.containsKey(field)) {
            throw Problem.invalid(
                    "/" + field,
                    "not_carried",
                    "Send the hidden field " + field + " of the form: it says what the page showed.");
        }
    }

    private static @Nullable WaiverRequest waiver(Map<String, String> form) {
        String reason = form.get("waiver_reason");
        String until = form.get("waiver_until");
        return reason == null && until == null
                ? null
                : new WaiverRequest(reason, AttestBody.date("/waiver/until", until));
    }
}
