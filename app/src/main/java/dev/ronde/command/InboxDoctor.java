package dev.ronde.command;

import dev.ronde.inbound.imap.MailboxDao;
import dev.ronde.inbound.imap.MailboxMark;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether answers can come in: what the last poll of the mailbox said, and what the settings leave open. */
final class InboxDoctor {
    private static final Duration SILENT = Duration.ofMinutes(10);

    private InboxDoctor() {}

    static List<Diagnosis> look(Settings settings, Database database, Instant now) {
        List<Diagnosis> found = new ArrayList<>();
        String replies = settings.get(Setting.MAIL_REPLY);
        if (settings.find(Setting.IMAP_HOST).isPresent()) {
            found.add(mailbox(settings, database, now));
            if (replies.equals("none")) {
                found.add(Diagnosis.warn(
                        "inbox",
                        "A mailbox is fetched, but RONDE_MAIL_REPLY is none: nobody is invited to answer.",
                        "Set it to plus, or to catchall where your mail server drops what follows a plus."));
            }
        }
        if (!replies.equals("none") && settings.find(Setting.AUTHSERV_ID).isEmpty()) {
            found.add(Diagnosis.warn(
                    "inbox",
                    "RONDE_AUTHSERV_ID is not set: a forged sender is not noticed.",
                    "Set it to the first word of the Authentication-Results your mail server writes, or to unnamed where it"
                            + " begins with spf=, dkim= or dmarc=."));
        }
        return found;
    }

    private static Diagnosis mailbox(Settings settings, Database database, Instant now) {
        String name = settings.find(Setting.IMAP_USER).orElse("") + "@"
                + settings.get(Setting.IMAP_HOST).strip() + "/" + settings.get(Setting.IMAP_FOLDER);
        Optional<MailboxMark> mark =
                database.read(handle -> handle.attach(MailboxDao.class).find(name));
        Instant polledAt = mark.map(MailboxMark::polledAt).orElse(null);
        if (mark.isPresent() && mark.get().error() != null) {
            return Diagnosis.fail(
                    "inbox",
                    "The mailbox " + name + " cannot be read: " + mark.get().error(),
                    "Check RONDE_IMAP_HOST, _PORT, _TLS, _USER, _FOLDER and what signs in.");
        }
        if (polledAt == null || polledAt.plus(SILENT).isBefore(now)) {
            return Diagnosis.warn(
                    "inbox",
                    "The mailbox " + name + " was not read " + (polledAt == null ? "yet." : "since " + polledAt + "."),
                    "It is read every 30 seconds while ronde serve runs.");
        }
        return Diagnosis.ok("inbox", "The mailbox " + name + " was read at " + polledAt + ".");
    }
}
