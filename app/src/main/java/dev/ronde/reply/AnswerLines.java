package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.reminder.ReviewLinks;
import dev.ronde.reply.Receipts.Line;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** What mails that answer somebody say of an answer and of the reviews it was about. */
public record AnswerLines(Reviews reviews, LinkView view, ReviewLinks links, MailAddresses addresses) {
    /** The words of the refusals whose extra is ids of checks, with “, ” between them. */
    private static final Set<String> OF_CHECKS = Set.of("checks", "failing");

    /** The word of what was done, as it is now: a receipt may leave after an attestation was taken back or refused. */
    static String done(String action, Review review, Person person) {
        if (!action.equals(Verb.ATTEST.word())) {
            return action;
        }
        Instant at = review.attestation().attestedAt();
        if (at == null || !person.actorRef().equals(review.attestation().performedBy())) {
            return action + ".over";
        }
        boolean late = review.stateAt(at) == ReviewState.MISSED;
        return review.approval().pending() ? action + ".pending" : late ? action + ".late" : action;
    }

    /** The address that takes the attestation back; empty where nothing was attested or it is too late. */
    String undo(Handle tx, String action, Review review, Person person, Instant now) {
        Optional<String> path =
                action.equals(Verb.ATTEST.word()) ? view.undo(tx, review, person, now) : Optional.empty();
        return path.map(addresses.base()::concat).orElse("");
    }

    /** What a sentence needs beside the review: the titles of the checks that turned, anything else as it is. */
    public String extra(Line line, Person person) {
        return CleanText.line(
                OF_CHECKS.contains(line.what())
                        ? view.titles(List.of(line.extra().split(", ")), person.language())
                        : line.extra(),
                400);
    }

    /** A model for each further review: ref, action, what, extra, and one of undo and link. */
    public List<Map<String, Object>> further(Handle tx, List<Line> lines, Person person, Instant now) {
        return lines.stream().skip(1).map(line -> model(tx, line, person, now)).toList();
    }

    private Map<String, Object> model(Handle tx, Line line, Person person, Instant now) {
        Map<String, Object> model = new HashMap<>(Map.of(
                "ref",
                "",
                "action",
                line.action(),
                "what",
                line.what(),
                "extra",
                extra(line, person),
                "undo",
                "",
                "link",
                ""));
        if (!line.review().isEmpty()) {
            reviews.find(tx, UUID.fromString(line.review())).ifPresent(review -> {
                String undo = undo(tx, line.action(), review, person, now);
                model.put("ref", review.ref());
                model.put("action", done(line.action(), review, person));
                model.put("undo", undo);
                model.put(
                        "link",
                        undo.isEmpty() ? links.of(tx, review, person, now).url() : "");
            });
        }
        return model;
    }

    /** What was understood of the answer, and what became of its files.
     *
     * @param kept whether files that can be kept are with the review */
    public static Map<String, Object> answer(JsonNode mail, boolean kept) {
        List<Map<String, String>> refused = new ArrayList<>();
        List<String> files = mail.path("files")
                .valueStream()
                .map(name -> CleanText.line(name.asString()))
                .toList();
        mail.path("refused")
                .forEach(file -> refused.add(Map.of(
                        "name", CleanText.line(file.path("name").asString("")),
                        "why", file.path("why").asString(""))));
        if (!kept) {
            files.forEach(name -> refused.add(Map.of("name", name, "why", "not_done")));
        }
        return Map.of(
                "line",
                CleanText.line(mail.path("line").asString("")),
                "files",
                kept ? files : List.of(),
                "refused",
                refused);
    }
}
