package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.reminder.ReviewLinks;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The further reviews an answer to a list was about, as the one mail about that answer shows them. */
public final class OtherLines {
    /** The words of the refusals whose extra is ids of checks, with “, ” between them. */
    private static final Set<String> CHECKS = Set.of("checks", "checks_by_link", "failing");

    private final Reviews reviews;
    private final LinkView view;
    private final ReviewLinks links;
    private final MailAddresses addresses;

    OtherLines(Reviews reviews, LinkView view, ReviewLinks links, MailAddresses addresses) {
        this.reviews = reviews;
        this.view = view;
        this.links = links;
        this.addresses = addresses;
    }

    /** Whether this is the word of a refusal because of checks, whose mail shows how they are now. */
    public static boolean ofChecks(String what) {
        return CHECKS.contains(what);
    }

    /** What a sentence needs beside the review: the titles of the checks that turned, anything else as it is. */
    public String extra(String what, String extra, Person person) {
        return ofChecks(what) ? view.titles(List.of(extra.split(", ")), person.language()) : extra;
    }

    /** A model for each {@link Receipts.Also} of a mail: ref, action, what, what was before, extra, and one of undo and link. */
    public List<Map<String, Object>> of(Handle tx, JsonNode others, Person person, Instant now) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (JsonNode other : others) {
            String id = other.path("review").asString("");
            Optional<Review> review = id.isEmpty() ? Optional.empty() : reviews.find(tx, UUID.fromString(id));
            String action = other.path("action").asString("");
            List<String> steps = new ArrayList<>(
                    other.path("before").valueStream().map(JsonNode::asString).toList());
            steps.add(action);
            List<String> words =
                    review.map(found -> Steps.now(steps, found, person)).orElse(steps);
            Optional<String> undo = review.filter(found -> action.equals(Verb.ATTEST.word()))
                    .flatMap(found -> view.undo(tx, found, person, now));
            String what = other.path("what").asString("");
            lines.add(Map.of(
                    "ref", review.map(Review::ref).orElse(""),
                    "action", words.get(words.size() - 1),
                    "what", what,
                    "before", words.subList(0, words.size() - 1),
                    "extra", CleanText.line(extra(what, other.path("extra").asString(""), person), 400),
                    "undo", undo.map(path -> addresses.base() + path).orElse(""),
                    "link",
                            review.filter(found -> undo.isEmpty())
                                    .map(found ->
                                            links.of(tx, found, person, now).url())
                                    .orElse("")));
        }
        return lines;
    }
}
