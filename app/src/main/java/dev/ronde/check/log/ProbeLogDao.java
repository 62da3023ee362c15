package dev.ronde.check.log;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on the probe log. */
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
