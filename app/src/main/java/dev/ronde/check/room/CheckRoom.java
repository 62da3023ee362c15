package dev.ronde.check.room;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.page.AssetColumn;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.AssetVariables;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.CheckSources;
import dev.ronde.check.OutcomeListener;
import dev.ronde.check.RunQuota;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.agent.ProbeAgentApi;
import dev.ronde.check.agent.ProbeTasks;
import dev.ronde.check.log.ProbeLog;
import dev.ronde.check.log.ProbeLogPages;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.page.CheckApi;
import dev.ronde.check.page.CheckPages;
import dev.ronde.check.page.DryRunPages;
import dev.ronde.check.page.OcsfApi;
import dev.ronde.check.page.RuleTables;
import dev.ronde.check.page.RunPages;
import dev.ronde.check.page.RunViews;
import dev.ronde.check.pause.ProbePauses;
import dev.ronde.check.pause.ProbePauses.PauseWatch;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.pause.ProbingPages;
import dev.ronde.check.protection.CheckFigures;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.check.protection.ProtectionsPanel;
import dev.ronde.check.run.CheckRunner;
import dev.ronde.check.run.CheckSweep;
import dev.ronde.check.run.Derivers;
import dev.ronde.check.run.DryRuns;
import dev.ronde.check.run.OwnVantage;
import dev.ronde.check.run.ProbeSet;
import dev.ronde.check.run.Probing;
import dev.ronde.check.run.RunJob;
import dev.ronde.check.run.RunRequests;
import dev.ronde.check.run.RunWriter;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.check.schedule.Publications;
import dev.ronde.check.statement.StatementPages;
import dev.ronde.check.statement.StatementRequests;
import dev.ronde.check.statement.Statements;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.schedule.DueTable;
import dev.ronde.platform.schedule.Lane;
import dev.ronde.platform.schedule.Tick;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** What this room offers to others: results, the protections they prove, and what is said of them; {@link #close} ends its threads. */
public final class CheckRoom implements AutoCloseable {
    private final Database database;
    private final InstantSource clock;
    private final CheckSources sources;
    private final WaiverLookup waivers;
    private final Engine engine;
    private final CheckMessages messages;
    private final RunQuota quota;
    private final Catalogue catalogue;
    private final CoverageReader coverage;
    private final CheckFigures figures;
    private final CheckLookup lookup;
    private final RuleTables rules;

    /** Wires the room, and listens to assets and snapshots. Call {@link #atStart} once everything listens. */
    public CheckRoom(
            Database database,
            Settings settings,
            InstantSource clock,
            EvidenceLog evidence,
            Allowances allowances,
            Messages messages,
            CheckSources sources,
            ProbeSet probes,
            WaiverLookup waivers) {
        this.database = database;
        this.clock = clock;
        this.sources = sources;
        this.waivers = waivers;
        this.engine = new Engine(database, clock, evidence, sources, OwnVantage.of(settings), probes, waivers);
        this.messages = new CheckMessages(sources.catalogue(), messages);
        this.quota = new RunQuota(allowances);
        catalogue = sources.catalogue();
        coverage = new CoverageReader(catalogue, sources.assets(), waivers);
        figures = new CheckFigures(database, clock, coverage);
        lookup = new CheckLookup(catalogue, sources.assets());
        rules = new RuleTables(catalogue, sources.snapshots());
    }

    /**
     * Lets the redactor prove itself and brings the due rows in line with the check files as they are now.
     *
     * @param owner whether this process owns the schedule, as the server does
     */
    public void atStart(boolean owner) {
        engine.runner.prove();
        if (owner) {
            engine.schedule.reconcile(engine.publications);
        } else {
            engine.schedule.startCommand(engine.publications);
        }
        if (engine.runner.outside()) {
            database.useTransaction(tx -> engine.schedule.outsideAppeared(tx, Occurrences.stored(clock.instant())));
        }
    }

    /** Call before the sweep starts. */
    public void addListener(OutcomeListener listener) {
        engine.writer.addListener(listener);
    }

    public CoverageReader coverage() {
        return coverage;
    }

    public CheckFigures figures() {
        return figures;
    }

    public CheckMessages messages() {
        return messages;
    }

    public RunRequests requests(Jobs jobs) {
        jobs.add(new RunJob(database, clock, sources.assets(), engine.schedule, engine.sweep));
        return new RunRequests(database, lookup, engine.schedule, jobs, quota);
    }

    public List<Routes> routes(RunRequests requests, PageRenderer pages) {
        RunViews runs = new RunViews(database, clock, sources.assets(), lookup, waivers);
        ProbingPages probing = new ProbingPages(database, clock, sources.assets(), lookup, engine.pauses, pages);
        StatementRequests statements = new StatementRequests(
                database, sources.assets(), lookup, engine.statements, quota, engine.sweep::judge);
        pages.addBanners(reader -> otherCatalogue());
        pages.addBanners(probing);
        return List.of(
                new CheckApi(database, clock, catalogue, lookup, figures, coverage, engine.schedule),
                new CheckPages(database, catalogue, figures, messages, sources.snapshots(), requests, pages),
                new RunPages(database, catalogue, runs, rules, messages, requests, pages),
                new DryRunPages(database, catalogue, lookup, requests, engine.dryRuns, messages, pages),
                new OcsfApi(database, clock, runs, new OcsfApi.OcsfEvent(catalogue, messages)),
                probing,
                new ProbeAgentApi(database, engine.agents),
                new ProbeLogPages(database, pages),
                new StatementPages(database, catalogue, statements, pages));
    }

    private List<Banner> otherCatalogue() {
        return engine.schedule.inForce().wasOther()
                ? List.of(new Banner("error", "check.other_catalogue", List.of()))
                : List.of();
    }

    public Lane sweep() {
        return engine.sweep;
    }

    public Tick tidying(ZoneId zone) {
        return ProbeLog.tidying(database, zone);
    }

    public List<AssetPanel> panels() {
        return List.of(new ProtectionsPanel(catalogue, coverage, engine.schedule, messages), rules);
    }

    public AssetColumn column() {
        ProtectionsPanel.Column.describe(sources.assets().states());
        return new ProtectionsPanel.Column(coverage);
    }

    /** Returns the sources of snapshots that the checks of this asset read, by name. */
    public List<String> sourcesRead(Asset asset) {
        return applicable(asset)
                .flatMap(entry -> entry.sound().stream())
                .map(check -> check.probe().source())
                .flatMap(Stream::ofNullable)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the checks of an asset that judge what a source says of it, by id; none where nothing reads it there. */
    public List<String> judging(Asset asset, String source) {
        return applicable(asset)
                .filter(entry -> entry.sound()
                        .filter(check -> source.equals(check.probe().source()))
                        .isPresent())
                .map(CatalogueEntry::id)
                .sorted()
                .toList();
    }

    private Stream<CatalogueEntry> applicable(Asset asset) {
        return catalogue.applicable(asset.kind(), AssetVariables.of(asset));
    }

    @Override
    public void close() {
        engine.close();
    }

    /** What makes checks run: the schedule, the sweep, the writer of results, and the threads of probes, which {@link #close} ends. */
    static final class Engine implements AutoCloseable {
        final CheckSchedule schedule;
        final Publications publications;
        final ProbeTasks agents;
        final CheckRunner runner;
        final RunWriter writer;
        final ProbePauses pauses;
        final CheckSweep sweep;
        final DryRuns dryRuns;
        final Statements statements;
        private final ProbePool pool;
        private final PauseWatch watch;

        Engine(
                Database database,
                InstantSource clock,
                EvidenceLog evidence,
                CheckSources sources,
                OwnVantage vantage,
                ProbeSet probes,
                WaiverLookup waivers) {
            // what is due
            DueTable due = new DueTable(database, clock);
            schedule = new CheckSchedule(database, clock, sources.catalogue(), due, sources.assets());
            publications = new Publications(sources.catalogue(), evidence, clock);
            sources.assets().addListener(schedule);
            sources.snapshots().addListener(schedule);

            // what runs it, from here and from elsewhere, and keeps what came of it
            agents = new ProbeTasks(database, clock, schedule);
            runner = new CheckRunner(
                    clock, probes.all(), Derivers.all(), vantage, agents, sources.catalogue()::unknownProduct);
            writer = new RunWriter(database, clock, due, evidence, waivers, runner);

            // what keeps probes from running
            pool = ProbePool.start();
            pauses = new ProbePauses(database, clock, evidence, schedule);
            watch = PauseWatch.start(pool, pauses);

            // when it runs
            Probing probing = new Probing(pool, probes.limits(), pauses);
            sweep = new CheckSweep(database, clock, sources, schedule, runner, writer, probing);
            statements = new Statements(clock, evidence, schedule);
            dryRuns = new DryRuns(database, clock, sources, runner, probing);
        }

        @Override
        public void close() {
            watch.close();
            pool.close();
        }
    }
}
