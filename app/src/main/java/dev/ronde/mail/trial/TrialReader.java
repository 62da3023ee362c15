package dev.ronde.mail.trial;

import dev.ronde.mail.MailRoom;
import dev.ronde.mail.imap.ImapServer;
import dev.ronde.mail.imap.MailboxDao;
import dev.ronde.mail.trial.TrialFinding.Level;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.resource.Messages;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What trials show, in words. */
final class TrialReader {
    private final MailRoom mail;
    private final Messages messages;

    TrialReader(MailRoom mail, Messages messages) {
        this.mail = mail;
        this.messages = messages;
    }

    TrialView view(Trial trial, Locale locale) {
        Instant now = mail.clock().instant();
        List<TrialFinding> findings = TrialReport.of(trial, setup(), now);
        return new TrialView(
                trial.id(),
                state(trial, findings, now),
                trial.sentTo(),
                trial.server(),
                trial.sentAt(),
                trial.returnedAt(),
                trial.mailId(),
                findings.stream()
                        .map(finding -> new TrialView.Line(
                                finding.topic().word(),
                                finding.level().word(),
                                finding.what(),
                                messages.text(locale, finding.key(), finding.first(), finding.second())))
                        .toList());
    }

    private static String state(Trial trial, List<TrialFinding> findings, Instant now) {
        if (trial.pending(now)) {
            return "waiting";
        }
        if (findings.stream().anyMatch(finding -> finding.level() == Level.FAIL)) {
            return Level.FAIL.word();
        }
        return findings.stream().anyMatch(finding -> finding.level() == Level.WARN)
                ? Level.WARN.word()
                : Level.OK.word();
    }

    private TrialReport.Setup setup() {
        Optional<ImapServer> mailbox = mail.mailbox();
        String from = mail.addresses().from();
        return new TrialReport.Setup(
                mail.addresses().replies(),
                from.substring(from.indexOf('@') + 1),
                mail.settings().find(Setting.AUTHSERV_ID).orElse(null),
                mailbox.isPresent(),
                mailbox.flatMap(this::error).orElse(null),
                mail.settings().get(Setting.SMTP_TLS),
                mailbox.map(ImapServer::tls).orElse(null));
    }

    private Optional<String> error(ImapServer mailbox) {
        return mail.database()
                .read(handle -> handle.attach(MailboxDao.class).find(mailbox.mailbox()))
                .flatMap(mark -> Optional.ofNullable(mark.error()));
    }
}
