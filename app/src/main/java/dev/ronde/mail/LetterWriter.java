package dev.ronde.mail;

import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.mail.smtp.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Puts a mail's content under the headers every mail of ours has. */
record LetterWriter(MailAddresses addresses, Grants grants) {
    private static final String FROM_NAME = "Ronde";
    private static final Duration ANSWERABLE = Duration.ofDays(120);
    private static final String ABOVE = "--- Répondez au-dessus de cette ligne / Reply above this line ---";

    private static final String REF =
            "<p style=\"font:12px/1.5 Arial, Helvetica, sans-serif;text-align:center\">ref: %s</p>\n</body>";

    /** The letter as it leaves; makes or prolongs the grant that answers to it come by. */
    Letter write(Handle handle, OutboxMail mail, MailContent content, Conversations earlier, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        // RFC 3834: nobody's absence assistant answers, and no list software forwards.
        headers.put("Auto-Submitted", mail.mailClass() == MailClass.RECEIPT ? "auto-replied" : "auto-generated");
        headers.put("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply");
        headers.put("List-Id", "Configuration reviews <reviews." + addresses.domain() + ">");
        headers.put("X-Ronde-Instance", addresses.installation().toString());
        String root = content.threadRoot();
        if (root != null) {
            headers.put("In-Reply-To", root);
            headers.put("References", earlier.references(mail, root));
        }
        headers.putAll(content.headers());
        Optional<Grant> answer = answer(handle, mail, content, now);
        answer.ifPresent(grant -> headers.put("X-Ronde-Ref", grants.handle(grant)));
        // only a mail about reviews asks for an answer in words
        Optional<Grant> invited = answer.filter(grant -> content.listing() || root != null);
        return new Letter(
                mail.messageId(),
                now,
                FROM_NAME,
                addresses.from(),
                content.toName(),
                content.toAddress(),
                content.subject(),
                invited.map(grant -> marked(content.text(), grant)).orElse(content.text()),
                invited.map(grant -> markedHtml(content.html(), grant)).orElse(content.html()),
                headers,
                answer.map(grant -> addresses.carrying(grants.handle(grant))).orElse(null),
                answer.map(grant -> addresses.carrying(grants.bounceHandle(grant)))
                        .orElse(addresses.from()),
                content.file());
    }

    /** The grant of the review, or of the mail for a list or without a review; empty if answers are off. */
    private Optional<Grant> answer(Handle tx, OutboxMail mail, MailContent content, Instant now) {
        UUID personId = mail.personId();
        UUID subject = content.listing() || content.threadRoot() == null ? mail.id() : mail.subjectId();
        return personId == null || subject == null || !addresses.answerable()
                ? Optional.empty()
                : Optional.of(grants.ensure(tx, HandlePurpose.REPLY, subject, personId, now.plus(ANSWERABLE)));
    }

    /** Hints for answers: where to write, and which mail it was. Nothing relies on them. */
    private String marked(String text, Grant grant) {
        return ABOVE + "\n\n" + text + "ref: " + grants.handle(grant) + "\n";
    }

    private @Nullable String markedHtml(@Nullable String html, Grant grant) {
        return html == null
                ? null
                : html.replaceFirst("</body>", REF.formatted(grants.handle(grant)))
                        .replaceFirst(
                                "(<body[^>]*>)",
                                "$1\n<div class=\"ronde-reply-marker\" style=\"font:12px/1.5 Arial, Helvetica, sans-serif;text-align:center\">"
                                        + ABOVE + "</div>");
    }
}
