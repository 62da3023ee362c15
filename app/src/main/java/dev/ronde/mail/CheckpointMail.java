package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.seal.CheckpointDigest;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/**
 * The daily mail that carries the head of the ledger to the auditors, out of the reach of those who run this program
 * (evidence design L10). The checkpoint stands in it exactly as it was signed.
 */
public final class CheckpointMail implements MailKind {
    static final String NAME = "checkpoint";
    private static final LocalTime AT = LocalTime.of(6, 0);

    private final Database database;
    private final Ledger ledger;
    private final Outbox outbox;
    private final EvidenceLog evidence;
    private final MailWriter writer;
    private final List<String> auditors;
    private final Locale locale;
    private final ZoneId zone;

    public CheckpointMail(
            Database database,
            Ledger ledger,
            Outbox outbox,
            EvidenceLog evidence,
            MailWriter writer,
            Recipients recipients) {
        this.database = database;
        this.ledger = ledger;
        this.outbox = outbox;
        this.evidence = evidence;
        this.writer = writer;
        this.auditors = List.copyOf(recipients.auditors());
        this.locale = recipients.locale();
        this.zone = recipients.zone();
    }

    public record Recipients(List<String> auditors, Locale locale, ZoneId zone) {}

    /** The daily tick, at 06:00 in the zone of the recipients. */
    public Tick tick() {
        return new Daily("checkpoint-mail", AT, zone, database, this::queue);
    }

    /** Queues today's mails. */
    public int queue(Instant now) {
        if (auditors.isEmpty()) {
            return 0;
        }
        CheckpointDigest digest = ledger.digest();
        Map<String, Object> model = new HashMap<>();
        model.put("note", digest.note());
        model.put("size", digest.treeSize());
        model.put("root", digest.rootStart());
        model.put("sealed_at", digest.sealedAt().toString());
        model.put("vkey", digest.verifierKey());
        model.put("new_since", digest.newSince());
        model.put("alarm", digest.alarm().orElse(""));
        String date = now.atZone(zone).toLocalDate().toString();
        return database.inTransaction(tx -> {
            int sum = 0;
            for (String auditor : auditors) {
                NewMail mail = NewMail.toAddress(
                        "checkpoint:" + auditor + ":" + date,
                        NAME,
                        MailClass.SERVICE,
                        "checkpoint " + digest.treeSize(),
                        auditor,
                        model,
                        now);
                sum += outbox.enqueue(tx, mail).isPresent() ? 1 : 0;
            }
            if (sum > 0) {
                evidence.append(
                        tx,
                        Evidence.of("anchor.sent", Actor.SYSTEM, Subject.of("ledger", "checkpoint"))
                                .data("kind", "mail")
                                .data("treeSize", digest.treeSize())
                                .data("recipients", (long) sum));
                ledger.anchored(tx, digest.treeSize(), "mail", sum + " auditors");
            }
            return sum;
        });
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        JsonNode stored = Json.tree(mail.model());
        Map<String, Object> model = new HashMap<>();
        String note = stored.get("note").asString();
        model.put("note", note);
        model.put("note_lines", note.lines().toList());
        model.put("size", String.valueOf(stored.get("size").asLong()));
        model.put("root", stored.get("root").asString());
        Instant sealedAt = Instant.parse(stored.get("sealed_at").asString());
        model.put("sealed_at", MailDates.moment(sealedAt, ZoneId.of("UTC"), locale));
        model.put("vkey", stored.get("vkey").asString());
        model.put("new_since", stored.get("new_since").asLong());
        model.put("alarm", stored.get("alarm").asString());
        model.put("today", now.atZone(zone).toLocalDate().toString());
        MailWriter.Parts parts = writer.write(NAME, locale, model);
        return MailContent.toAddress(Objects.requireNonNull(mail.toAddress()), parts);
    }
}
