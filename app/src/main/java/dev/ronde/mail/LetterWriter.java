package dev.ronde.mail;

import dev.ronde.mail.smtp.Letter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Puts a mail's content under the headers every mail of ours has. */
final class LetterWriter {
    private static final String FROM_NAME = "Ronde";

    private final MailAddresses addresses;

    LetterWriter(MailAddresses addresses) {
        this.addresses = addresses;
    }

    Letter write(Handle handle, OutboxMail mail, MailContent content, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        // RFC 3834: nobody's absence assistant answers, and no list software forwards.
        headers.put("Auto-Submitted", mail.mailClass() == MailClass.RECEIPT ? "auto-replied" : "auto-generated");
        headers.put("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply");
        headers.put("List-Id", "Configuration reviews <reviews." + addresses.domain() + ">");
        headers.put("X-Ronde-Instance", addresses.installation().toString());
        String root = content.threadRoot();
        if (root != null) {
            headers.put("In-Reply-To", root);
            headers.put("References", references(handle, mail, root));
        }
        headers.putAll(content.headers());
        return new Letter(
                mail.messageId(),
                now,
                FROM_NAME,
                addresses.from(),
                content.toName(),
                content.toAddress(),
                content.subject(),
                content.text(),
                content.html(),
                headers);
    }

    /** The root, the first and the last mail that left: at most three ids. */
    private static String references(Handle handle, OutboxMail mail, String root) {
        UUID subjectId = mail.subjectId();
        UUID personId = mail.personId();
        if (subjectId == null || personId == null) {
            return root;
        }
        List<String> sent = handle.attach(OutboxDao.class).listOf(subjectId, personId).stream()
                .filter(earlier ->
                        earlier.state() == MailState.ACCEPTED && !earlier.id().equals(mail.id()))
                .map(OutboxMail::messageId)
                .toList();
        if (sent.isEmpty()) {
            return root;
        }
        String first = sent.get(0);
        String last = sent.get(sent.size() - 1);
        return first.equals(last) ? root + " " + first : root + " " + first + " " + last;
    }
}
