package dev.ronde.inbound.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.message.DeliveryReport;
import dev.ronde.inbound.message.ReadMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.HealthState;
import dev.ronde.reminder.ReturnedMails;
import dev.ronde.review.answer.Remarks;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Notes what mail servers report. A report counts only where it came to an address that carries our handle, or returns the
 * Message-ID of a mail that left within ten days: a forged one must not silence an owner.
 */
record Bounces(
        Outbox outbox,
        People people,
        AddressHealth health,
        EvidenceLog evidence,
        ReturnedMails returned,
        Remarks remarks) {
    private static final Duration AFTER = Duration.ofDays(10);

    private record About(UUID personId, Optional<OutboxMail> mail) {}

    /** Notes what came back.
     *
     * @param byHandle to whom the mail was sent whose bounce address the report was sent to */
    Outcome note(Handle tx, ReadMail mail, Optional<UUID> byHandle, Instant now) {
        DeliveryReport report = Objects.requireNonNull(mail.report());
        Optional<About> about = about(tx, mail, byHandle, now);
        if (about.isEmpty()) {
            return Outcome.of(Decision.IGNORED, "report-without-handle");
        }
        Optional<Person> person = people.find(tx, about.get().personId());
        if (person.isEmpty()) {
            return Outcome.of(Decision.IGNORED, "report-of-nobody");
        }
        String said = (report.status() + " " + report.diagnostic()).strip();
        String rule = count(tx, person.get(), report, said, now);
        about.get().mail().ifPresent(sent -> bounced(tx, sent, person.get(), report, said, now));
        boolean forwarded = !report.recipient().isEmpty()
                && !report.recipient().equalsIgnoreCase(person.get().email());
        String reason =
                forwarded ? said + " (forward target " + report.recipient().toLowerCase(Locale.ROOT) + ")" : said;
        return Outcome.of(Decision.NOTED, rule, reason.isEmpty() ? null : reason);
    }

    private String count(Handle tx, Person person, DeliveryReport report, String said, Instant now) {
        return switch (report.bounceClass()) {
            case HARD -> {
                AddressHealth.Counted counted = health.hard(tx, person.email(), person.id(), said, now);
                yield counted.outage()
                        ? "bounce-domain-outage"
                        : counted.state() == HealthState.UNREACHABLE ? "bounce-unreachable" : "bounce-suspect";
            }
            case SOFT -> {
                health.soft(tx, person.email(), person.id(), said, now);
                yield report.standard() ? "bounce-soft" : "bounce-in-words";
            }
            case POLICY -> {
                outbox.pause(tx, "refused for its policy: " + said, now);
                yield "bounce-policy";
            }
            case DELAY -> "bounce-delay";
            case DELIVERED -> {
                health.ok(tx, person.email(), now);
                yield "delivered";
            }
        };
    }

    private void bounced(Handle tx, OutboxMail sent, Person person, DeliveryReport report, String said, Instant now) {
        boolean failed = switch (report.bounceClass()) {
            case HARD, SOFT, POLICY -> report.action().equals("failed");
            case DELAY, DELIVERED -> false;
        };
        if (failed && outbox.bounced(tx, sent.id(), said)) {
            evidence.append(
                    tx,
                    Evidence.of("mail.bounced", Actor.SYSTEM, Subject.of("mail", sent.id(), sent.version() + 1))
                            .data("kind", sent.kind())
                            .data("to", person.actorRef())
                            .data("messageId", sent.messageId())
                            .data("class", report.bounceClass().word())
                            .data("status", report.status().isEmpty() ? null : report.status())
                            .priv("answer", said));
            returned.note(tx, sent, said, now).forEach(review -> remarks.undelivered(tx, review, sent.id()));
        }
    }

    private Optional<About> about(Handle tx, ReadMail mail, Optional<UUID> byHandle, Instant now) {
        Optional<OutboxMail> returned = mail.hints().stream()
                .filter(hint -> hint.text().startsWith("<"))
                .map(hint -> outbox.findByMessageId(tx, hint.text()))
                .flatMap(Optional::stream)
                .findFirst();
        return byHandle.map(person -> new About(person, returned.filter(sent -> person.equals(sent.personId()))))
                .or(() -> returned.filter(sent -> recent(sent, now))
                        .flatMap(sent -> Optional.ofNullable(sent.personId()))
                        .map(person -> new About(person, returned)));
    }

    private static boolean recent(OutboxMail sent, Instant now) {
        Instant left = sent.sentAt();
        return left != null && left.plus(AFTER).isAfter(now);
    }
}
