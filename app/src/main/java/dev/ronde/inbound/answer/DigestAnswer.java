package dev.ronde.inbound.answer;

import dev.ronde.account.Person;
import dev.ronde.inbound.grammar.MailWord;
import dev.ronde.inbound.grammar.Understood;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.reminder.DigestList;
import dev.ronde.reply.Receipts;
import dev.ronde.review.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** An answer to a digest, or to the receipt of several reviews: it must say which of the listed ones it is about. Only “undo” alone means all
 * that the receipt says were attested. */
record DigestAnswer(DigestList digests, ReviewAnswer single, Receipts receipts) {
    /** Whether this is a mail that lists reviews to answer. */
    boolean lists(Handle handle, UUID mailId) {
        return digests.answerable(handle, mailId);
    }

    Outcome answer(Handle tx, Incoming in, UUID mailId, Person by, String rule, Instant now) {
        Understood said = in.understood();
        List<Review> reviewed = digests.listed(tx, mailId);
        List<String> listed = reviewed.stream().map(Review::ref).toList();
        List<Item> unknown = new ArrayList<>();
        Map<Review, Understood> chosen = new LinkedHashMap<>();
        boolean clear = true;
        for (Understood one : said.all().toList()) {
            List<Review> about = about(tx, mailId, one, reviewed, unknown);
            // every line must be plain, and no two about the same review
            clear &= one.clear() && !(about.isEmpty() && one.items().isEmpty());
            for (Review review : about) {
                clear &= chosen.put(review, one) == null;
            }
        }
        if (!clear) {
            return Outcome.of(Decision.REJECTED, "digest-which")
                    .telling(Reply.said(null, Saying.DIGEST_WHICH, String.join(", ", listed)));
        }
        List<Reply> replies = new ArrayList<>();
        List<Outcome.Line> lines = new ArrayList<>();
        Outcome nothing = Outcome.of(Decision.REJECTED, "digest-unknown");
        Outcome most = nothing;
        for (Map.Entry<Review, Understood> each : chosen.entrySet()) {
            MailWord verb = Objects.requireNonNull(each.getValue().verb());
            Outcome one = single.answer(tx, in.saying(each.getValue()), each.getKey(), by, verb, rule, now);
            most = lines.isEmpty() || one.decision().compareTo(most.decision()) < 0 ? one : most;
            lines.add(Outcome.Line.of(each.getKey().ref(), verb, one));
            replies.addAll(one.replies());
        }
        if (!unknown.isEmpty()) {
            String names = unknown.stream().map(Item::name).collect(Collectors.joining(", "));
            replies.add(Reply.said(null, Saying.DIGEST_UNKNOWN, names));
            unknown.forEach(item -> lines.add(Outcome.Line.of(item.name(), item.verb(), nothing)));
        }
        String about = chosen.keySet().stream().map(Review::ref).collect(Collectors.joining(" "));
        return Outcome.ofList(most, about, lines, replies);
    }

    /** What one command names and the list does not have. */
    private record Item(String name, MailWord verb) {}

    /** The reviews of the list that one command is about; names that are not in it go to {@code unknown}. */
    private List<Review> about(Handle tx, UUID mailId, Understood one, List<Review> reviewed, List<Item> unknown) {
        if (one.verb() == MailWord.UNDO && one.items().isEmpty()) {
            List<String> attested = receipts.attested(tx, mailId);
            return reviewed.stream()
                    .filter(review -> attested.contains(review.id().toString()))
                    .toList();
        }
        List<String> listed = reviewed.stream().map(Review::ref).toList();
        Map<String, Review> about = new LinkedHashMap<>();
        for (String item : one.items()) {
            String ref = item.startsWith("REV-") ? item : numbered(listed, item);
            if (listed.contains(ref)) {
                about.put(ref, reviewed.get(listed.indexOf(ref)));
            } else {
                unknown.add(new Item(item, Objects.requireNonNull(one.verb())));
            }
        }
        return List.copyOf(about.values());
    }

    private static String numbered(List<String> listed, String number) {
        int index = number.length() > 4 ? 0 : Integer.parseInt(number);
        return index >= 1 && index <= listed.size() ? listed.get(index - 1) : "";
    }
}
