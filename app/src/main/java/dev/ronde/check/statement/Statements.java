package dev.ronde.check.statement;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps what people state of protections that no probe sees. Each statement is a record, and makes its check due. */
public final class Statements {
    private final InstantSource clock;
    private final EvidenceLog evidence;
    private final CheckSchedule schedule;

    public Statements(InstantSource clock, EvidenceLog evidence, CheckSchedule schedule) {
        this.clock = clock;
        this.evidence = evidence;
        this.schedule = schedule;
    }

    /**
     * A check that a person answers, on an asset that has it.
     *
     * @param frequency how long a statement counts
     */
    record Question(Asset asset, CatalogueEntry entry, CheckDefinition check, Duration frequency) {}

    /** See {@link StatementJson} for the values. */
    String standing(Statement newest, Question question) {
        if (newest.changed(question.entry(), question.asset()) != null) {
            return "outdated";
        }
        return clock.instant().isBefore(newest.statedAt().plus(question.frequency())) ? "counts" : "overdue";
    }

    /**
     * Who says it and who writes it down.
     *
     * @param ref whose word it is, as evidence names them
     * @param by who made the request: the same, or the command line
     */
    record Speaker(String ref, Principal by) {}

    /**
     * Keeps a statement.
     *
     * @param note at most {@link Evidence#MAX_PRIVATE} characters
     * @throws Problem 409 where this process has not the catalogue of the server
     */
    Statement add(Handle tx, Question question, boolean attested, @Nullable String note, Speaker speaker) {
        Asset asset = question.asset();
        CatalogueEntry entry = question.entry();
        CheckDefinition check = question.check();
        schedule.inForce().require(tx);
        Principal by = speaker.by();
        Instant now = Occurrences.stored(clock.instant());
        UUID recordId = evidence.append(
                tx,
                Evidence.of("check.attested", Actor.of(by), Subject.of("check", check.id(), check.version()))
                        .asset(asset.ref())
                        .occurredAt(now)
                        .data("check", entry.reference())
                        .data("attested", attested)
                        .data("by", speaker.ref())
                        .data("channel", by.channel().word())
                        .data("frequency", String.valueOf(check.probe().frequency()))
                        .controls(EffectiveParams.of(check, asset.tags()).controls(check))
                        .priv("note", note));
        Statement statement = new Statement(
                Ids.next(clock),
                asset.id(),
                check.id(),
                attested,
                now,
                speaker.ref(),
                by.channel().word(),
                note,
                recordId,
                entry.sha256(),
                Statement.reach(asset));
        tx.attach(StatementDao.class).insert(statement);
        schedule.stated(tx, asset.id(), check.id(), now);
        return statement;
    }
}
