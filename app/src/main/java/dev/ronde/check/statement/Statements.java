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
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Keeps what people state of protections that no probe sees. Each statement is a record, and makes its check due. */
public record Statements(InstantSource clock, EvidenceLog evidence, CheckSchedule schedule) {
    /** A check that a person answers, on an asset that has it. */
    record Question(Asset asset, CatalogueEntry entry, CheckDefinition check, Duration frequency) {}

    /** See {@link StatementRequests.StatementJson} for the values. */
    String standing(Statement newest, Question question) {
        if (newest.changed(question.entry(), question.asset()) != null) {
            return "outdated";
        }
        return clock.instant().isBefore(newest.statedAt().plus(question.frequency())) ? "counts" : "overdue";
    }

    /** Who says it and who writes it down. */
    record Speaker(String ref, Principal by) {}

    /**
     * Keeps a statement.
     *
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

    /** Statements of people on checks. */
    public interface StatementDao {
        String SELECT = """
                select s.id, s.asset_id, s.check_id, s.attested, s.stated_at, s.stated_by, s.channel, p.private_text as note, s.record_id,
                       s.check_sha256, s.reach_sha256
                from check_statement s left join evidence_private p on p.rec_id = s.record_id and p.field = 'note'
                """;

        @SqlUpdate("""
                insert into check_statement (id, asset_id, check_id, attested, stated_at, stated_by, channel, record_id, check_sha256, reach_sha256)
                values (:id, :assetId, :checkId, :attested, :statedAt, :statedBy, :channel, :recordId, :checkSha256, :reachSha256)
                """)
        void insert(@BindMethods Statement statement);

        @SqlQuery(SELECT + """
                where s.asset_id in (<assets>) and s.check_id in (<checks>)
                  and not exists (select 1 from check_statement n
                                   where n.asset_id = s.asset_id and n.check_id = s.check_id and n.id > s.id)
                order by s.asset_id, s.check_id
                """)
        List<Statement> listNewest(
                @BindList("assets") Collection<UUID> assets, @BindList("checks") Collection<String> checks);

        /** Newest first; a null {@code before} does not restrict. */
        @SqlQuery(SELECT + """
                where s.asset_id = :assetId and s.check_id = :checkId
                  and (cast(:before as uuid) is null or s.id < cast(:before as uuid))
                order by s.id desc limit :limit
                """)
        List<Statement> list(
                @Bind("assetId") UUID assetId,
                @Bind("checkId") String checkId,
                @Bind("before") @Nullable UUID before,
                @Bind("limit") int limit);

        @SqlQuery(SELECT + """
                where s.asset_id = :assetId and s.stated_at <= :until
                order by s.stated_at desc, s.id desc limit :limit
                """)
        List<Statement> listUntil(
                @Bind("assetId") UUID assetId, @Bind("until") Instant until, @Bind("limit") int limit);

        @SqlQuery("select count(*) from check_statement where asset_id = :assetId and check_id = :checkId")
        long count(@Bind("assetId") UUID assetId, @Bind("checkId") String checkId);
    }
}
