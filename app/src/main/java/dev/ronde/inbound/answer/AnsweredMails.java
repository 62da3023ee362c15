package dev.ronde.inbound.answer;

import dev.ronde.inbound.message.HandleHint;
import dev.ronde.inbound.message.HandleHint.Place;
import dev.ronde.inbound.message.ReadMail;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailState;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.DigestList;
import dev.ronde.reminder.ReviewModels;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Finds the mail a message answers: by the handle in an address, by a Message-ID, by the marks in the quoted original. */
record AnsweredMails(Outbox outbox, Grants grants, MailAddresses addresses, DigestList lists) {
    private static final Pattern THREAD =
            Pattern.compile("<ronde-r\\.([0-9a-f-]{36})\\.[0-9a-f]{8}@[^<>\\s]+>", Pattern.CASE_INSENSITIVE);
    private static final int TRIED = 60;
    private static final Set<MailState> UNDER_WAY = Set.of(MailState.SENDING, MailState.UNCERTAIN);

    /** The mail the hints name, the surest hint first.
     *
     * @param sender the person who wrote, where known: a conversation's root is told apart by person */
    Optional<AnsweredMail> find(Handle handle, List<HandleHint> hints, Optional<UUID> sender, Instant now) {
        List<AnsweredMail> found = new ArrayList<>();
        hints.stream()
                .limit(TRIED)
                .forEach(hint -> one(handle, hint, sender, now).ifPresent(found::add));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        AnsweredMail first = found.get(0);
        Set<UUID> others = found.stream().map(AnsweredMail::subjectId).collect(Collectors.toSet());
        others.remove(first.subjectId());
        boolean several =
                !others.isEmpty() && !listed(handle, first.subjectId()).containsAll(others);
        return Optional.of(new AnsweredMail(
                first.place(), first.subjectId(), first.personId(), first.grantId(), first.live(), several));
    }

    /** The mail that a report comes back from, by the bounce address it was sent to. */
    Optional<AnsweredMail> returned(Handle handle, List<HandleHint> hints, Instant now) {
        return hints.stream()
                .filter(hint -> hint.place() == Place.ENVELOPE || hint.place() == Place.TO)
                .limit(TRIED)
                .flatMap(
                        hint -> grants
                                .ofReply(handle, HandlePurpose.BOUNCE, hint.text())
                                .map(grant -> of(hint.place(), grant, now))
                                .stream())
                .findFirst();
    }

    /** Whether a message is meant for us: it is written to us alone, or answers a mail of ours. One that others get as well and that answers
     * a mail of somebody else may be meant for them. */
    boolean meant(Handle handle, ReadMail mail, Optional<UUID> sender, Instant now) {
        return mail.toUs()
                || mail.hints().stream()
                        .filter(hint -> hint.place() == Place.REFERENCES)
                        .findFirst()
                        .flatMap(parent -> one(handle, parent, sender, now))
                        .isPresent();
    }

    /** The reviews a list is about, whose conversations a mail about it may belong to. */
    private Set<UUID> listed(Handle handle, UUID mailId) {
        return lists.listed(handle, mailId).stream().map(Review::id).collect(Collectors.toSet());
    }

    /**
     * What the mails to this person that the hints name showed of this review, the newest that did. A mail that is named and has no record of
     * it showed nothing that we know. Where none is named, what the first mail about the review showed that reached this person.
     */
    Optional<Shown> shown(Handle handle, List<HandleHint> hints, UUID person, UUID review) {
        List<OutboxMail> named = hints.stream()
                .limit(TRIED)
                .flatMap(hint -> named(handle, hint).stream())
                .filter(mail -> person.equals(mail.personId()))
                .toList();
        if (named.isEmpty()) {
            return firstShown(handle, person, review);
        }
        return named.stream()
                .filter(mail -> shown(mail, review).isPresent())
                .max(Comparator.comparing(mail -> Objects.requireNonNullElse(mail.sentAt(), Instant.MIN)))
                .flatMap(mail -> shown(mail, review));
    }

    /** The one mail that a hint names: by its Message-ID, or by the address of a list, which is that of the mail. */
    private Optional<OutboxMail> named(Handle handle, HandleHint hint) {
        return hint.text().startsWith("<")
                ? outbox.findByMessageId(handle, hint.text())
                : grants.ofReply(handle, HandlePurpose.REPLY, hint.text())
                        .flatMap(grant -> outbox.find(handle, grant.subjectId()));
    }

    /** A mail that surely did not arrive showed nothing; of one in doubt, or on its way, the answer tells that it did. */
    private Optional<Shown> firstShown(Handle handle, UUID person, UUID review) {
        return outbox.listOf(handle, review, person).stream()
                .filter(mail -> UNDER_WAY.contains(mail.state())
                        || (mail.sentAt() != null && mail.state() != MailState.BOUNCED))
                .sorted(Comparator.comparing(mail -> mail.state() != MailState.ACCEPTED))
                .flatMap(mail -> shown(mail, review).stream())
                .findFirst();
    }

    private static Optional<Shown> shown(OutboxMail mail, UUID review) {
        return Shown.read(Json.tree(mail.model()).path(ReviewModels.SHOWN).path(review.toString()));
    }

    List<String> texts(Handle handle, AnsweredMail answered) {
        return Stream.concat(
                        outbox.find(handle, answered.subjectId()).stream(),
                        outbox.listOf(handle, answered.subjectId(), answered.personId()).stream())
                .filter(mail -> mail.bodyText() != null)
                .map(mail -> mail.subject() + "\n" + mail.bodyText())
                .toList();
    }

    private Optional<AnsweredMail> one(Handle handle, HandleHint hint, Optional<UUID> sender, Instant now) {
        if (hint.text().startsWith("<")) {
            return byMessageId(handle, hint, sender);
        }
        return grants.ofReply(handle, HandlePurpose.REPLY, hint.text()).map(grant -> of(hint.place(), grant, now));
    }

    private static AnsweredMail of(Place place, Grant grant, Instant now) {
        return new AnsweredMail(place, grant.subjectId(), grant.personId(), grant.id(), grant.live(now), false);
    }

    private Optional<AnsweredMail> byMessageId(Handle handle, HandleHint hint, Optional<UUID> sender) {
        Optional<AnsweredMail> mail =
                outbox.findByMessageId(handle, hint.text()).flatMap(sent -> of(hint.place(), sent));
        return mail.or(() -> sender.flatMap(person -> byThread(hint, person)));
    }

    private static Optional<AnsweredMail> of(Place place, OutboxMail sent) {
        UUID subject = DigestList.lists(sent) || sent.subjectId() == null ? sent.id() : sent.subjectId();
        UUID person = sent.personId();
        return person == null
                ? Optional.empty()
                : Optional.of(new AnsweredMail(place, subject, person, null, true, false));
    }

    /** The root of a conversation holds the review and a mark of the person it was opened with. */
    private Optional<AnsweredMail> byThread(HandleHint hint, UUID person) {
        Matcher matcher = THREAD.matcher(hint.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        UUID review = UUID.fromString(matcher.group(1));
        return addresses.threadRoot(review, person).equalsIgnoreCase(hint.text())
                ? Optional.of(new AnsweredMail(hint.place(), review, person, null, true, false))
                : Optional.empty();
    }
}
