package dev.ronde.dashboard;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What tells whether the machinery runs: ticks, the mail queue, the ledger, and what has been set up. */
interface RunningDao {
    @SqlQuery("select max(last_run_at) from tick")
    Optional<Instant> findLastTick();

    /** Ids of runs grow with time, so the newest is the last of the key. */
    @SqlQuery("select finished_at from check_run order by id desc limit 1")
    Optional<Instant> findLastCheckRun();

    /** When the check that has waited longest became due. */
    @SqlQuery("select min(next_due_at) from due where kind = 'check'")
    Optional<Instant> findOldestDue();

    @SqlQuery("select count(*) from outbox where state in ('queued', 'retry', 'held')")
    long countWaitingMails();

    record LedgerHead(long treeSize, @Nullable Instant sealedAt, long pending) {}

    @SqlQuery("""
            select h.tree_size, (select max(sealed_at) from ledger_checkpoint) as sealed_at,
                   (select count(*) from ledger_pending) as pending
              from ledger_head h where h.id = 1""")
    Optional<LedgerHead> findLedgerHead();

    record SetUp(long assets, long owners, long plans, long checkRuns) {}

    @SqlQuery("""
            select (select count(*) from asset where retired_at is null) as assets,
                   (select count(distinct owner_id) from asset where retired_at is null) as owners,
                   (select count(*) from plan) as plans,
                   (select count(*) from (select 1 from check_run limit 1) some_run) as check_runs""")
    SetUp countSetUp();
}
