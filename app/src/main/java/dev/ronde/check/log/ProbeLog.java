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
import dev.ronde.platform.text.AddressText;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
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

    interface ProbeLogDao {
        String MATCHING = """
                 from probe_log l join asset a on a.id = l.asset_id
                 where (cast(:asset as varchar) is null or a.ref = :asset)
                   and (cast(:check as varchar) is null or l.check_id = :check)
                   and (cast(:address as varchar) is null or l.remote_address = :address or l.local_address = :address)
                   and (cast(:port as integer) is null or l.remote_port = cast(:port as integer) or l.local_port = cast(:port as integer))
                   and (cast(:outcome as varchar) is null or l.outcome = :outcome)
                   and (cast(:from as timestamp(6) with time zone) is null or l.started_at >= cast(:from as timestamp(6) with time zone))
                   and (cast(:to as timestamp(6) with time zone) is null or l.started_at < cast(:to as timestamp(6) with time zone))
                """;

        /**
         * Which exchanges; null does not restrict.
         *
         * @param asset ref of the asset
         * @param address either end, as it was connected
         * @param port either end
         * @param from first instant
         * @param to instant before which
         */
        record Wanted(
                @Nullable String asset,
                @Nullable String check,
                @Nullable String address,
                @Nullable Integer port,
                @Nullable String outcome,
                @Nullable Instant from,
                @Nullable Instant to) {}

        @SqlQuery("""
                select l.id, l.run_id, a.ref as asset, l.check_id as "check", l.started_at, l.transport, l.vantage, l.local_address,
                       l.local_port, l.remote_address, l.remote_port, l.what, l.outcome, l.bytes_out, l.bytes_in, l.millis
                """ + MATCHING + """
                   and (cast(:before as uuid) is null or l.id < cast(:before as uuid))
                 order by l.id desc limit :limit
                """)
        List<ProbeLogJson> list(
                @BindMethods Wanted wanted, @Bind("before") @Nullable UUID before, @Bind("limit") int limit);

        @SqlQuery("select count(*) from (select 1 as one " + MATCHING + " limit :most) counted")
        long count(@BindMethods Wanted wanted, @Bind("most") int most);

        @SqlUpdate("delete from probe_log where started_at < :before")
        int delete(@Bind("before") Instant before);
    }

    /**
     * One exchange of packets as API and page show it.
     *
     * @param id a UUIDv7, so that the list is in the order of storing
     * @param runId the run it belongs to, null for a dry run and for one that was cut short
     * @param asset ref of the asset
     * @param startedAt UTC
     */
    public record ProbeLogJson(
            UUID id,
            @Nullable UUID runId,
            String asset,
            String check,
            Instant startedAt,
            String transport,
            String vantage,
            @Nullable String localAddress,
            @Nullable Integer localPort,
            String remoteAddress,
            int remotePort,
            String what,
            String outcome,
            long bytesOut,
            long bytesIn,
            long millis) {
        public ProbeLogJson {
            localAddress = localAddress == null ? null : AddressText.shown(localAddress);
            remoteAddress = AddressText.shown(remoteAddress);
        }
    }
}
