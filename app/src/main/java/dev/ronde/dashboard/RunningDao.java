package dev.ronde.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What tells whether the machinery runs: ticks, the mail queue, the ledger, and what has been set up. */
interface RunningDao {
    @SqlQuery("select max(last_run_at) from tick")
    Optional<Instant> findLastTick();

    /** Ids of runs grow with their start, so the last key is the run that began last. */
    @SqlQuery("select finished_at from check_run order by id desc limit 1")
    Optional<Instant> findLastCheckRun();

    @SqlQuery("select min(next_due_at) from due where kind = 'check'")
    Optional<Instant> findOldestDue();

    int COUNTED = 10_000;

    @SqlQuery("select count(*) from (select 1 as one from outbox where state in ('queued', 'retry', 'held') limit "
            + COUNTED + ") w")
    long countWaitingMails();

    record LedgerHead(long treeSize, @Nullable Instant sealedAt, boolean waiting) {}

    @SqlQuery("""
            select h.tree_size, (select max(sealed_at) from ledger_checkpoint) as sealed_at,
                   exists (select 1 from ledger_pending) as waiting
              from ledger_head h where h.id = 1""")
    Optional<LedgerHead> findLedgerHead();

    @SqlQuery("select count(*) from (select 1 as one from ledger_pending limit " + COUNTED + ") w")
    long countPending();

    /**
     * What has been set up; looked for, not counted.
     *
     * @param probed whether a packet ever left for a target
     * @param decided whether a check ever passed or failed
     */
    record SetUp(boolean assets, boolean owners, boolean plans, boolean probed, boolean decided) {}

    @SqlQuery("""
            select (select a.ref from asset a where a.retired_at is null order by a.ref limit 1) is not null as assets,
                   (select a.owner_id from asset a where a.owner_id is not null and a.retired_at is null
                     order by a.owner_id limit 1) is not null as owners,
                   (select n.id from plan n where n.retired_at is null order by n.id limit 1) is not null as plans,
                   (select l.id from probe_log l order by l.id limit 1) is not null as probed,
                   (select p.id from check_run p where p.outcome = 'pass' order by p.id limit 1) is not null
                     or (select f.id from check_run f where f.outcome = 'fail' order by f.id limit 1) is not null as decided""")
    SetUp readSetUp();

    /** Whether the mail server deferred or refused mails and has never accepted one. */
    @SqlQuery("""
            select (select m.state from outbox m where m.state in ('retry', 'refused')
                     order by m.state, m.not_before limit 1) is not null
               and (select m.state from outbox m where m.state = 'accepted'
                     order by m.state, m.not_before limit 1) is null""")
    boolean noneTaken();

    /** Whether the newest result of any check is that its target may not be probed. */
    @SqlQuery("""
            select exists (
              select 1 from check_state s join asset a on a.id = s.asset_id
               where a.retired_at is null and s.outcome = 'error' and s.reason = 'policy-denied')""")
    boolean denied();

    /** Whether any asset may be probed on this day, as far as the inventory goes. */
    @SqlQuery("""
            select (select a.ref from asset a where a.retired_at is null and a.probe_authorised_until >= :today
                     order by a.ref limit 1) is not null""")
    boolean authorised(@Bind("today") LocalDate today);
}
