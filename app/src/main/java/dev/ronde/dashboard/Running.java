package dev.ronde.dashboard;

import dev.ronde.evidence.seal.Ledger;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Dialect;
import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Whether the machinery runs: the strip at the foot of the dashboard, the set-up checklist and the banners. */
public record Running(Database database, Settings settings, InstantSource clock, Ledger ledger)
        implements Banner.Source {
    private static final Duration SCHEDULER_LATE = Duration.ofMinutes(2);
    private static final Duration CHECKS_LATE = Duration.ofMinutes(30);
    private static final Duration SEAL_LATE = Duration.ofMinutes(10);

    /**
     * The strip.
     *
     * @param lastCheckAt end of the newest check run; null before the first
     * @param checksLate whether checks have been due for half an hour and none of them ran
     * @param schedulerLate whether no tick ran for two minutes
     * @param mails how many wait to be sent, 10,000 at most
     * @param pending how many records wait to be sealed where that is late, 10,000 at most; else 0
     * @param ledgerLate whether records wait for ten minutes to be sealed, or sealing has stopped
     */
    public record Strip(
            @Nullable Instant lastCheckAt,
            boolean checksLate,
            @Nullable Instant lastTickAt,
            boolean schedulerLate,
            long mails,
            long sealed,
            @Nullable Instant sealedAt,
            long pending,
            boolean ledgerLate,
            boolean singleFile) {}

    /** One step of setting up, done or not by the real state of things. */
    public record Step(String name, boolean done, String href) {}

    public Strip strip() {
        Instant now = clock.instant();
        boolean stopped = ledger.alarm().isPresent();
        return database.read(handle -> {
            RunningDao dao = handle.attach(RunningDao.class);
            Instant tick = dao.findLastTick().orElse(null);
            RunningDao.LedgerHead head = dao.findLedgerHead().orElse(new RunningDao.LedgerHead(0, null, false));
            boolean late = stopped
                    || (head.waiting()
                            && head.sealedAt() != null
                            && head.sealedAt().plus(SEAL_LATE).isBefore(now));
            return new Strip(
                    dao.findLastCheckRun().orElse(null),
                    dao.findOldestDue()
                            .filter(due -> due.plus(CHECKS_LATE).isBefore(now))
                            .isPresent(),
                    tick,
                    tick == null || tick.plus(SCHEDULER_LATE).isBefore(now),
                    dao.countWaitingMails(),
                    head.treeSize(),
                    head.sealedAt(),
                    late ? dao.countPending() : 0,
                    late,
                    database.dialect() == Dialect.H2);
        });
    }

    /** Empty once all steps are done. */
    public List<Step> checklist() {
        RunningDao.SetUp state =
                database.read(handle -> handle.attach(RunningDao.class).readSetUp());
        List<Step> steps = List.of(
                new Step("mail", settings.find(Setting.SMTP_HOST).isPresent(), "/mails"),
                new Step("assets", state.assets(), "/assets/import"),
                new Step("checks", (state.probed() || state.decided()) && !denied(), "/checks"),
                new Step("owners", state.owners(), "/people"),
                new Step("plan", state.plans(), "/plans/new"));
        return steps.stream().allMatch(Step::done) ? List.of() : steps;
    }

    private boolean denied() {
        return database.read(handle -> handle.attach(RunningDao.class).denied());
    }

    @Override
    public List<Banner> toAnybody() {
        return settings.testClock().stream()
                .map(start -> new Banner("warn", "common.banner.test_clock", List.of()))
                .toList();
    }

    @Override
    public List<Banner> banners(Principal principal) {
        List<Banner> banners = new ArrayList<>();
        if (principal.role() != Role.OWNER) {
            ledger.alarm().ifPresent(why -> banners.add(new Banner("error", "dashboard.banner.ledger", List.of(why))));
        }
        return banners;
    }

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

        /** What has been set up; looked for, not counted. */
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

        /** Whether the newest result of any check is that its target may not be probed. */
        @SqlQuery("""
                select exists (
                  select 1 from check_state s join asset a on a.id = s.asset_id
                   where a.retired_at is null and s.outcome = 'error' and s.reason = 'policy-denied')""")
        boolean denied();
    }
}
