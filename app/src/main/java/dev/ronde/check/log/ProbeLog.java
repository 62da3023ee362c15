package dev.ronde.check.log;

import dev.ronde.check.probe.Exchange;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.evidence.redact.StoredTexts;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.RowArrays;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Every exchange of packets with a target, kept for 400 days, so that whoever saw one can be told what it was. */
public final class ProbeLog {
    static final Duration KEPT = Duration.ofDays(400);

    private static final LocalTime TIDIED_AT = LocalTime.of(4, 20);
    private static final int COUNTED = 10_000;
    private static final int LONGEST = 120;

    public static final List<StoredTexts> TEXTS = List.of(new StoredTexts("probe_log", """
                    select p.id, a.ref as asset_ref, p.check_id, 'what' as place, p.what as said
                    from probe_log p
                    left join asset a on a.id = p.asset_id
                    where p.id > :after and p.id <= :last
                    order by p.id fetch first :limit rows only
                    """, false, 500));

    private ProbeLog() {}

    /**
     * What was exchanged for a check on an asset.
     *
     * @param run the run it belongs to; null for a dry run, and for a run that was cut short
     */
    public record Conversation(@Nullable UUID run, UUID asset, String check, List<Exchange> exchanges) {}

    private record Row(UUID id, Conversation of, Exchange exchange, Exchange.Wire wire) {}

    /** Writes what went over the wire; call in the transaction that stores the results. */
    public static void write(Handle tx, InstantSource clock, List<Conversation> all) {
        List<Row> rows = new ArrayList<>();
        for (Conversation conversation : all) {
            for (Exchange exchange : conversation.exchanges()) {
                Exchange.Wire wire = exchange.wire();
                if (wire != null) {
                    rows.add(new Row(Ids.next(clock), conversation, exchange, wire));
                }
            }
        }
        if (!rows.isEmpty()) {
            insert(tx, rows);
        }
    }

    /** Writes exchanges that belong to no result: those of a dry run, and of a run that was cut short. */
    public static void writeLoose(Handle tx, InstantSource clock, UUID asset, String check, List<Exchange> exchanges) {
        write(tx, clock, List.of(new Conversation(null, asset, check, exchanges)));
    }

    private static void insert(Handle tx, List<Row> rows) {
        Update insert = tx.createUpdate("""
                insert into probe_log (id, run_id, asset_id, check_id, started_at, transport, vantage, local_address, local_port,
                  remote_address, remote_port, what, outcome, bytes_out, bytes_in, millis)
                select c.* from unnest(cast(:ids as uuid array), cast(:runs as uuid array), cast(:assets as uuid array),
                  cast(:checks as varchar array), cast(:starts as timestamp(6) with time zone array),
                  cast(:transports as varchar array), cast(:vantages as varchar array), cast(:locals as varchar array),
                  cast(:localPorts as integer array), cast(:remotes as varchar array), cast(:remotePorts as integer array),
                  cast(:whats as varchar array), cast(:outcomes as varchar array), cast(:outs as bigint array),
                  cast(:ins as bigint array), cast(:millis as bigint array)) as c""");
        new RowArrays<>(insert, rows)
                .uuid("ids", Row::id)
                .uuid("runs", row -> row.of().run())
                .uuid("assets", row -> row.of().asset())
                .text("checks", row -> row.of().check())
                .time("starts", row -> Occurrences.stored(row.wire().startedAt()))
                .text("transports", row -> row.wire().transport())
                .text("vantages", row -> row.wire().vantage())
                .text("locals", row -> row.wire().localAddress())
                .integer("localPorts", row -> row.wire().localPort())
                .text("remotes", row -> row.wire().remoteAddress())
                .integer("remotePorts", row -> row.wire().remotePort())
                .text("whats", row -> Cut.to(row.exchange().what(), LONGEST))
                .text("outcomes", row -> row.exchange().outcome())
                .number("outs", row -> (long) row.exchange().bytesOut())
                .number("ins", row -> (long) row.exchange().bytesRead())
                .number("millis", row -> row.exchange().millis());
        insert.execute();
    }

    /** Newest first; the count stops at ten thousand. */
    static PageOf<ProbeLogJson> page(Handle handle, ProbeLogDao.Wanted wanted, @Nullable UUID before, int limit) {
        ProbeLogDao dao = handle.attach(ProbeLogDao.class);
        List<ProbeLogJson> rows = dao.list(wanted, before, limit + 1);
        return PageOf.counted(rows, limit, dao.count(wanted, COUNTED), COUNTED, entry -> Cursor.of(entry.id()));
    }

    /** The daily tick that removes what is older than 400 days, at 04:20 in {@code zone}. */
    public static Tick tidying(Database database, ZoneId zone) {
        return new Daily(
                "probe-log-tidy",
                TIDIED_AT,
                zone,
                database,
                now -> database.inTransaction(tx -> tx.attach(ProbeLogDao.class).delete(now.minus(KEPT))));
    }
}
