package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.platform.json.Json;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/**
 * A mail that tells one person something: one review in its conversation, findings, or a list of whatever there is. What is no longer wanted
 * is left out.
 *
 * @param name of the kind, one of {@link #OF_A_REVIEW} and {@link #LISTS}
 */
record NoticeMail(String name, WorldReader worlds, People people, FindingLook findings, NoticeWriter writer)
        implements MailKind {
    static final String DIGEST = "digest";
    static final String FINDING = "finding";
    static final String ASSIGNMENT = "assignment";
    static final Set<String> OF_A_REVIEW =
            Set.of(ASSIGNMENT, "reminder", "escalation", "delegation", "decision", "refusal");

    static final Set<String> LISTS =
            Set.of(DIGEST, FINDING, "missed", "recovery", "lapse", "waiver", "request", "blind");

    /** Where the model of a list that left has the ids of the notices in it: what is no longer wanted is not told by it. */
    private static final String TOLD = "told";

    private static final Set<MailState> HANDED_OVER =
            EnumSet.of(MailState.ACCEPTED, MailState.UNCERTAIN, MailState.REFUSED);

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        List<NoticeRow> rows = tx.attach(NoticeDao.class).listByMail(mail.id());
        if (!person.active()) {
            return Rendering.cancelled(MailReason.PERSON_INACTIVE);
        }
        if (rows.isEmpty()) {
            return Rendering.superseded(MailReason.TOLD_ELSEWHERE);
        }
        World world = worlds.about(tx, rows, person, now);
        Set<NoticeRow.Key> wanted =
                Wanted.of(world, now).stream().map(Notice::key).collect(Collectors.toSet());
        List<NoticeRow> still =
                rows.stream().filter(row -> wanted.contains(row.wantedAs())).toList();
        boolean one = OF_A_REVIEW.contains(name) && rows.size() == 1;
        if (still.isEmpty()) {
            return one ? gone(world, rows.get(0), person, now) : Rendering.cancelled(goneReason(rows.get(0)));
        }
        boolean optional = still.stream().allMatch(row -> row.topic() == Topic.SOON || row.topic() == Topic.LAST);
        if (!one && optional && tx.attach(MuteDao.class).isMuted(person.id())) {
            return Rendering.cancelled(MailReason.OPTED_OUT);
        }
        NoticeWriter.Letter letter = new NoticeWriter.Letter(name, mail.id(), person, world, now);
        if (one) {
            return writer.review(tx, letter, still.get(0));
        }
        MailContent content = writer.list(tx, letter, still);
        Map<String, Object> kept = new HashMap<>(content.kept());
        kept.put(TOLD, still.stream().map(NoticeRow::id).toList());
        return content.keeping(kept);
    }

    private MailReason goneReason(NoticeRow row) {
        return name.equals(DIGEST) ? MailReason.LIST_DONE : NoticeLines.goneReason(row.topic());
    }

    private static Rendering gone(World world, NoticeRow row, Person person, Instant now) {
        Review review = world.reviews().get(0).review();
        Topic topic = row.topic();
        ReviewState state = review.stateAt(now);
        if (topic == Topic.APPROVAL) {
            return Rendering.cancelled(MailReason.NO_SECOND_PERSON, review.ref());
        }
        if (!state.waiting() && !(topic == Topic.PROBLEM && review.undecided() && state == ReviewState.MISSED)) {
            return Rendering.cancelled(over(state), review.ref());
        }
        if (topic.decides() && world.people().leads().contains(person)) {
            return Rendering.superseded(MailReason.DECIDED, review.ref());
        }
        if (!topic.toHolder() || !person.id().equals(review.ownerId())) {
            return Rendering.cancelled(MailReason.WITH_ANOTHER, review.ref());
        }
        boolean paused =
                review.handling().acknowledgedAt() != null || review.handling().snoozedUntil() != null;
        return Rendering.cancelled(paused ? MailReason.PAUSED : MailReason.MOVED, review.ref());
    }

    private static MailReason over(ReviewState state) {
        return switch (state) {
            case ATTESTED -> MailReason.REVIEW_ATTESTED;
            case MISSED -> MailReason.REVIEW_MISSED;
            case CANCELLED -> MailReason.REVIEW_CANCELLED;
            case SCHEDULED, OPEN, ACKNOWLEDGED -> MailReason.REVIEW_SCHEDULED;
        };
    }

    @Override
    public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
        NoticeDao notices = tx.attach(NoticeDao.class);
        notices.settle(mail.id(), state.word(), mail.reason(), at);
        List<NoticeRow> rows = notices.listByMail(mail.id());
        Set<String> told = Json.tree(notices.findModel(mail.id()))
                .path(TOLD)
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
        for (NoticeRow row : rows) {
            boolean leftOut = HANDED_OVER.contains(state)
                    && !told.isEmpty()
                    && !told.contains(row.id().toString());
            // what the brake held and a lead discarded is not told anew
            boolean waived =
                    row.topic() == Topic.FOUND && state == MailState.CANCELLED && mail.state() != MailState.HELD;
            if (leftOut || waived) {
                String reason = NoticeLines.goneReason(row.topic()).with();
                notices.settleOne(row.id(), MailState.CANCELLED.word(), reason, at);
            } else if (state == MailState.ACCEPTED && row.topic() == Topic.FOUND) {
                findings.notified(tx, row.subjectId(), at);
            }
        }
    }

    @Override
    public boolean collapse(Handle tx, OutboxMail mail, Instant now) {
        return !name.equals(DIGEST) && tx.attach(NoticeDao.class).planAgain(mail.id()) > 0;
    }
}
