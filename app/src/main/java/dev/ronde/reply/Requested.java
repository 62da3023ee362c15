package dev.ronde.reply;

import dev.ronde.evidence.Actor;
import dev.ronde.mail.inbound.AuthVerdict;
import dev.ronde.mail.inbox.InboundMail;
import dev.ronde.mail.inbox.Inbox;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.resource.Messages;
import dev.ronde.reply.grammar.MailWord;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Remarks;
import dev.ronde.review.answer.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Requests by mail from somebody else, which the owner carries out: the owner acts, and a remark names who asked. */
final class Requested {
    private static final String FIELD = "request";

    private final Inbox inbox;
    private final Remarks remarks;
    private final Messages messages;

    Requested(Inbox inbox, Remarks remarks, Messages messages) {
        this.inbox = inbox;
        this.remarks = remarks;
        this.messages = messages;
    }

    /** What the page says of the request, where its link came with one; otherwise all empty.
     *
     * @param asked whether it did, or the form that failed was one */
    Map<String, String> of(Handle handle, LinkPages.Visit visit, Review review, boolean asked) {
        Optional<InboundMail> found =
                asked ? inbox.request(handle, review.id(), visit.person().id()) : Optional.empty();
        return Map.of(
                FIELD,
                found.map(mail -> mail.id().toString()).orElse(""),
                "request_from",
                found.map(mail -> from(mail, visit.person().language())).orElse(""),
                "request_line",
                found.map(mail -> CleanText.line(
                                Objects.requireNonNullElse(mail.reading().line(), "")))
                        .orElse(""));
    }

    static boolean in(Map<String, String> form) {
        return form.containsKey(FIELD);
    }

    /** Writes beside what was done at whose request, where the form names one that was made about this review to this person and asks for just
     * that: whoever does something else instead does it of their own accord. */
    void note(Handle tx, LinkPages.Visit visit, Review after, Verb done, Map<String, String> form, Actor by) {
        named(form)
                .flatMap(id -> inbox.request(tx, id, after.id(), visit.person().id()))
                .filter(mail -> asksFor(mail, done))
                .ifPresent(mail -> remarks.comment(
                        tx,
                        after,
                        messages.text(
                                visit.person().language(),
                                "reply.request.note",
                                from(mail, visit.person().language())),
                        List.of(),
                        by,
                        Channel.LINK));
    }

    private static Optional<UUID> named(Map<String, String> form) {
        try {
            return Optional.of(UUID.fromString(form.getOrDefault(FIELD, "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean asksFor(InboundMail mail, Verb done) {
        return Arrays.stream(MailWord.values())
                .anyMatch(word -> word.verb(false) == done
                        && word.word().equals(mail.reading().verb()));
    }

    private String from(InboundMail mail, Locale language) {
        String address = Objects.requireNonNullElse(mail.reading().fromAddress(), "");
        boolean verified = AuthVerdict.PASS.word().equals(mail.reading().verdict());
        return SenderName.of(messages, language, address, verified);
    }
}
