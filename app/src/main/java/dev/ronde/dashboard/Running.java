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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the machinery runs: the strip at the foot of the dashboard, the set-up checklist and the banners. */
public final class Running implements Banner.Source {
    private static final Duration SCHEDULER_LATE = Duration.ofMinutes(2);
    private static final Duration CHECKS_LATE = Duration.ofMinutes(30);
    private static final Duration SEAL_LATE = Duration.ofMinutes(10);

    private final Database database;
    private final Settings settings;
    private final InstantSource clock;
    private final Ledger ledger;

    public Running(Database database, Settings settings, InstantSource clock, Ledger ledger) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.ledger = ledger;
    }

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

    /**
     * One step of setting up, done or not by the real state of things.
     *
     * @param hint what is still to be done, a key below {@code dashboard.setup}
     */
    public record Step(String name, boolean done, String href, String hint) {
        Step(String name, boolean done, String href) {
            this(name, done, href, name + ".hint");
        }
    }

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
                mail(),
                new Step("assets", state.assets(), "/assets/import"),
                checks(state),
                new Step("owners", state.owners(), "/people"),
                new Step("plan", state.plans(), "/plans/new"));
        return steps.stream().allMatch(Step::done) ? List.of() : steps;
    }

    /** A mail server that has not accepted any of its mails is not set up yet. */
    private Step mail() {
        boolean set = settings.find(Setting.SMTP_HOST).isPresent();
        return set && database.read(handle -> handle.attach(RunningDao.class).noneTaken())
                ? new Step("mail", false, "/mails", "mail.deferred")
                : new Step("mail", set, "/mails");
    }

    /** Refused runs do not count as running: both settings are named until a packet has left, whatever snapshots say. */
    private Step checks(RunningDao.SetUp state) {
        boolean denied = !state.probed()
                && database.read(handle -> handle.attach(RunningDao.class).denied());
        if (!denied) {
            return new Step("checks", state.probed() || state.decided(), "/checks");
        }
        LocalDate today = clock.instant().atZone(settings.zone()).toLocalDate();
        boolean allowed = settings.find(Setting.PROBE_ALLOW).isPresent();
        boolean authorised =
                database.read(handle -> handle.attach(RunningDao.class).authorised(today));
        String missing = allowed ? (authorised ? "cover" : "until") : (authorised ? "allow" : "both");
        return new Step("checks", false, "/checks/runs?outcome=error", "checks.denied." + missing);
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
}
