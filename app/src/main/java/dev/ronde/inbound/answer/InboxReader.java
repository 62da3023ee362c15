package dev.ronde.inbound.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Shows what arrived. The source is shown as it came, but for the handles in it, which would act for their holders. */
record InboxReader(Database database, Inbox inbox, People people, HandleSigner signer) {
    private static final Pattern CANDIDATE = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z2-7]{40}(?![A-Za-z0-9])");
    private static final String DOTS = "••••••••";

    PageOf<InboxView> list(@Nullable String decision, @Nullable String sort, int limit, Optional<Cursor> after) {
        PageOf<InboundMail> page = inbox.list(decision, sort, limit, after);
        return database.read(handle -> page.map(mail -> view(handle, mail, null)));
    }

    /** One message.
     *
     * @throws Problem 404 where there is none */
    InboxView get(UUID id) {
        InboundMail mail = inbox.find(id).orElseThrow(() -> Problem.notFound("message", id));
        List<InboxView.File> files =
                inbox.files(id).stream().map(InboxView.File::of).toList();
        return database.read(handle -> view(handle, mail, files));
    }

    /** The source of a message, its handles hidden.
     *
     * @throws Problem 404 where it is no longer kept */
    String source(UUID id) {
        byte[] raw = inbox.raw(id).orElseThrow(() -> Problem.notFound("source of message", id));
        return hidden(new String(raw, StandardCharsets.ISO_8859_1));
    }

    /** The text with every handle of ours, of whatever purpose, as dots. */
    private String hidden(String text) {
        Matcher matcher = CANDIDATE.matcher(text);
        StringBuilder hidden = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(hidden, ours(matcher.group()) ? DOTS : Matcher.quoteReplacement(matcher.group()));
        }
        return matcher.appendTail(hidden).toString();
    }

    private boolean ours(String text) {
        for (HandlePurpose purpose : HandlePurpose.values()) {
            if (signer.verify(purpose, text).isPresent()) {
                return true;
            }
        }
        return false;
    }

    boolean hasSource(UUID id) {
        return inbox.raw(id).isPresent();
    }

    private InboxView view(Handle handle, InboundMail mail, @Nullable List<InboxView.File> files) {
        Decision decision = mail.ruling().decision();
        return new InboxView(
                mail.id(),
                mail.arrival().receivedAt(),
                mail.arrival().mailbox(),
                mail.arrival().sizeBytes(),
                mail.arrival().messageId(),
                mail.state(),
                mail.error(),
                mail.reading().fromAddress(),
                mail.reading().subject(),
                mail.reading().sort(),
                mail.reading().sortRule(),
                mail.reading().verdict(),
                mail.reading().matchedBy(),
                name(handle, mail.reading().personId()),
                name(handle, mail.reading().senderId()),
                mail.reading().verb(),
                mail.reading().args(),
                mail.reading().line(),
                mail.reading().commentText(),
                decision == null ? null : decision.word(),
                mail.ruling().rule(),
                mail.ruling().reason(),
                mail.ruling().about(),
                mail.ruling().decidedAt(),
                files);
    }

    private @Nullable String name(Handle handle, @Nullable UUID id) {
        return id == null ? null : people.find(handle, id).map(Person::email).orElse(null);
    }
}
