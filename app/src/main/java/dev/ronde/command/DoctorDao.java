package dev.ronde.command;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

interface DoctorDao {
    /** A few refs of domains and assets with an address that no owner has opened to probes on this day. */
    @SqlQuery("""
            select ref from asset
            where retired_at is null and (address is not null or kind = 'domain' and hostname is not null)
              and (probe_authorised_until is null or probe_authorised_until < :today)
            order by ref limit :limit""")
    List<String> listUnauthorised(LocalDate today, int limit);

    @SqlQuery("""
            select count(*) from asset
            where retired_at is null and (address is not null or kind = 'domain' and hostname is not null)
              and (probe_authorised_until is null or probe_authorised_until < :today)""")
    long countUnauthorised(LocalDate today);

    /** Assets that probes could look at: those with an address, and domains, which a resolver is asked about. */
    @SqlQuery("""
            select count(*) from asset
            where retired_at is null and (address is not null or kind = 'domain' and hostname is not null)""")
    long countProbeable();

    @SqlQuery("select count(*) from asset where retired_at is null and kind = 'domain' and hostname is not null")
    long countDomains();

    @SqlQuery("""
            select min(record.recorded_at) from ledger_pending pending
            join evidence_record record on record.rec_id = pending.rec_id""")
    Optional<Instant> findOldestPending();

    @SqlQuery("select payload from evidence_record where rec_type = 'verify.run' order by rec_id desc limit 1")
    Optional<byte[]> findLastVerification();

    @SqlQuery("select state || coalesce(': ' || reason, '') from mail_channel where id = 1")
    Optional<String> findMailChannel();

    @SqlQuery("select count(*) from outbox where state = :state")
    long countMails(String state);

    /** The database server's own clock: compared with ours, never used as the time. */
    @SqlQuery("select clock_timestamp()")
    Instant getDatabaseClock();

    /** Nodes that checked in since then; milliseconds of the wall clock, as Quartz writes them. */
    @SqlQuery(
            "select instance_name from qrtz_scheduler_state where last_checkin_time >= :sinceMillis order by instance_name")
    List<String> listNodes(long sinceMillis);

    /** Snapshot sources that could not be read, and why; sources removed from the file are left out. */
    @SqlQuery("""
            select id || ': ' || problem || ', since ' || cast(problem_since as varchar) from pull_source
             where problem is not null and next_at > :since order by id limit :limit""")
    List<String> listUnreadSources(Instant since, int limit);
}
