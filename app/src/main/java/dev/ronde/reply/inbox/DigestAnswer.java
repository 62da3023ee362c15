package dev.ronde.reply.inbox;

import dev.ronde.account.Person;
import dev.ronde.mail.inbox.Decision;
import dev.ronde.reminder.DigestList;
import dev.ronde.reply.Receipts;
import dev.ronde.reply.grammar.Understood;
import dev.ronde.reply.grammar.Verb;
import dev.ronde.review.Review;
import dev.ronde.review.Reviews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** An answer to a digest, or to the receipt of several reviews: it must say which of the listed ones it is about. Only “undo” alone means all
 * that the receipt says were attested. */
final class DigestAnswer {
    private final Reviews reviews;
    private final DigestList digests;
    private final ReviewAnswer single;
    private final Receipts receipts;
    private final AnswerPost post;

    DigestAnswer(Reviews reviews, DigestList digests, ReviewAnswer single, Receipts receipts, AnswerPost post) {
        this.reviews = reviews;
        this.digests = digests;
        this.single = single;
        this.receipts = receipts;
        this.post = post;
    }

    /** Whether this is a mail that lists reviews. */
    boolean lists(Handle handle, UUID mailId) {
        return !digests.listed(handle, mailId).isEmpty();
    }

    Outcome answer(Handle tx, Incoming in, UUID mailId, Person by, String rule, Instant now) {
        Understood said = in.understood();
        Verb verb = said.verb();
        if (verb == Verb.ALL) {
            return back(tx, in, by, Saying.DIGEST_ALL, "digest-all", "", now);
        }
        List<Review> reviewed = digests.listed(tx, mailId);
        List<String> listed = reviewed.stream().map(Review::ref).toList();
        Map<String, Review> chosen = new LinkedHashMap<>();
        if (verb == Verb.UNDO && said.items().isEmpty()) {
            List<String> attested = receipts.attested(tx, mailId);
            reviewed.stream()
                    .filter(review -> attested.contains(review.id().toString()))
                    .forEach(review -> chosen.put(review.ref(), review));
        }
        if (verb == null || (said.items().isEmpty() && chosen.isEmpty())) {
            return back(tx, in, by, Saying.DIGEST_WHICH, "digest-which", String.join(", ", listed), now);
        }
        List<String> unknown = new ArrayList<>();
        for (String item : said.items()) {
            String ref = item.startsWith("REV-") ? item : numbered(listed, item);
            if (listed.contains(ref)) {
                reviews.find(tx, ref).ifPresent(review -> chosen.put(ref, review));
            } else {
                unknown.add(item);
            }
        }
        Back.Together back = new Back.Together();
        List<String> done = new ArrayList<>();
        Outcome last = Outcome.of(Decision.REJECTED, "digest-unknown");
        for (Review review : chosen.values()) {
            last = single.answer(tx, in, review, by, verb, rule, back, now);
            done.add(review.ref() + " " + last.decision().word());
        }
        if (!unknown.isEmpty()) {
            back.said(tx, in, null, by, Saying.DIGEST_UNKNOWN, String.join(", ", unknown), now);
        }
        back.send(tx, in, by, receipts, post, now);
        return new Outcome(
                last.decision(),
                last.rule(),
                done.isEmpty() ? null : String.join(", ", done),
                String.join(" ", chosen.keySet()));
    }

    private Outcome back(Handle tx, Incoming in, Person by, Saying saying, String rule, String extra, Instant now) {
        post.say(tx, saying, in, by, null, extra, now);
        return Outcome.of(Decision.REJECTED, rule);
    }

    private static String numbered(List<String> listed, String number) {
        int index = number.length() > 4 ? 0 : Integer.parseInt(number);
        return index >= 1 && index <= listed.size() ? listed.get(index - 1) : "";
    }
}
