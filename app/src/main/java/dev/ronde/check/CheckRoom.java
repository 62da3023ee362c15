package dev.ronde.check;

import dev.ronde.asset.bulk.CheckStarter;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.inventory.EstateSize;
import dev.ronde.asset.page.AssetColumn;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.derive.Deriver;
import dev.ronde.check.probe.NameServer;
import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.schedule.DueTable;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.schedule.Tick;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The services of this room, wired once; {@link #close} ends its threads. */
public record CheckRoom(
        Database database,
        InstantSource clock,
        Catalogue catalogue,
        Assets assets,
        Jobs jobs,
        WaiverLookup waivers,
        CheckRunner runner,
        RunWriter writer,
        CheckSchedule schedule,
        CheckSweep sweep,
        CheckRuns runs,
        CoverageReader coverage,
        KeptFigures<String, CheckFigures> figures,
        Explainer explainer,
        RunTexts texts,
        Reasons reasons,
        RuleTables rules,
        Publications publications,
        ProbePool pool,
        ProbePauses pauses,
        PauseWatch watch,
        Allowances allowances,
        ProbeTasks elsewhere,
        DryRuns dryRuns,
        Snapshots snapshots,
        Statements statements)
        implements AutoCloseable {

    /** What lies below this room. */
    public record Ground(
            Database database,
            InstantSource clock,
            Settings settings,
            EvidenceLog evidence,
            DueTable due,
            Jobs jobs,
            Catalogue catalogue,
            Assets assets,
            Snapshots snapshots,
            Allowances allowances,
            Messages messages) {}

    /**
     * Wires the room, listens to assets and snapshots, and adds its kind of job. Call {@link #atStart} once everything listens.
     *
     * @param probes every probe, see {@link dev.ronde.check.probe.Probes#all}
     * @param limits see {@link dev.ronde.check.probe.Probes#limits}
     */
    public static CheckRoom open(
            Ground ground, List<Probe> probes, TargetLimits limits, List<Deriver> derivers, WaiverLookup waivers) {
        Settings settings = ground.settings();
        CheckSchedule schedule =
                new CheckSchedule(ground.database(), ground.clock(), ground.catalogue(), ground.due(), ground.assets());
        ProbeTasks elsewhere = new ProbeTasks(ground.database(), ground.clock(), schedule);
        CheckRunner runner = new CheckRunner(
                ground.clock(),
                probes,
                derivers,
                settings.zone(),
                settings.get(Setting.PROBE_VANTAGE),
                NameServer.of(settings).fields(),
                elsewhere,
                ground.catalogue()::unknownProduct);
        RunWriter writer =
                new RunWriter(ground.database(), ground.clock(), ground.due(), ground.evidence(), waivers, runner);
        ProbePool pool = ProbePool.start();
        ProbePauses pauses = new ProbePauses(ground.database(), ground.clock(), ground.evidence(), schedule);
        CheckSweep.Sources sources = new CheckSweep.Sources(ground.catalogue(), ground.assets(), ground.snapshots());
        CheckSweep.Probing probing = new CheckSweep.Probing(pool, limits, pauses);
        CheckSweep.Plan plan = new CheckSweep.Plan(ground.due(), schedule);
        CheckSweep sweep = new CheckSweep(ground.database(), ground.clock(), sources, plan, runner, writer, probing);
        ground.assets().addListener(schedule);
        ground.snapshots().addListener(schedule);
        ground.jobs().add(new RunJob(ground.database(), ground.clock(), ground.assets(), schedule, sweep));
        RunTexts texts = new RunTexts(ground.catalogue());
        CoverageReader coverage = new CoverageReader(ground.catalogue(), ground.assets(), waivers);
        return new CheckRoom(
                ground.database(),
                ground.clock(),
                ground.catalogue(),
                ground.assets(),
                ground.jobs(),
                waivers,
                runner,
                writer,
                schedule,
                sweep,
                new CheckRuns(),
                coverage,
                new KeptFigures<>(
                        "check-figures",
                        ground.clock(),
                        EstateSize.large(ground.database()),
                        "all",
                        all -> CheckFigures.read(
                                ground.database(), coverage, ground.clock().instant())),
                new Explainer(ground.catalogue()),
                texts,
                new Reasons(ground.catalogue(), texts, ground.messages()),
                new RuleTables(ground.catalogue(), ground.snapshots()),
                new Publications(ground.catalogue(), ground.evidence(), ground.clock()),
                pool,
                pauses,
                PauseWatch.start(pool, pauses),
                ground.allowances(),
                elsewhere,
                new DryRuns(ground.database(), ground.clock(), sources, runner, probing),
                ground.snapshots(),
                new Statements(ground.clock(), ground.evidence(), schedule));
    }

    /**
     * Lets the redactor prove itself and brings the due rows in line with the check files as they are now.
     *
     * @param owner whether this process owns the schedule, as the server does; a command adds, and removes nothing
     */
    public void atStart(boolean owner) {
        runner.prove();
        if (owner) {
            schedule.reconcile(publications);
        } else {
            schedule.add(publications);
        }
        if (runner.outside()) {
            database.useTransaction(tx -> schedule.outsideAppeared(tx, Occurrences.stored(clock.instant())));
        }
    }

    /** The protections over all assets, at most two minutes old where reading them is slow, or over those a person answers for. */
    public CoverageReader.Summary summary(@Nullable UUID person) {
        return person == null
                ? figures.get().coverage()
                : database.read(handle -> coverage.summary(handle, person, clock.instant()));
    }

    /** Every route of this room. */
    public List<Routes> routes(PageRenderer pages) {
        pages.addBanners(new StopBanner(pauses));
        return List.of(
                new CheckApi(this),
                new OcsfApi(this),
                new CheckPages(this, pages),
                new DryRunApi(this),
                new DryRunPages(this, pages),
                new RunPages(this, pages),
                new StatementApi(this),
                new StatementPages(this, pages),
                new ProbingApi(this),
                new ProbingPages(this, pages),
                new ProbeAgentApi(database, elsewhere),
                new ProbeLogApi(this),
                new ProbeLogPages(this, pages));
    }

    /** What removes old entries of the probe log each night in this zone. */
    public Tick tidying(ZoneId zone) {
        return ProbeLog.tidying(database, zone);
    }

    /** Its parts of the asset page. */
    public List<AssetPanel> panels() {
        return List.of(new ProtectionsPanel(catalogue, coverage, schedule, reasons), new RulesPanel(rules));
    }

    /** Returns the sources of snapshots that the checks of this asset read, by name. */
    public List<String> sourcesRead(Asset asset) {
        return catalogue
                .applicable(asset.kind(), AssetVariables.of(asset))
                .flatMap(entry -> entry.sound().stream())
                .map(check -> check.probe().source())
                .flatMap(Stream::ofNullable)
                .distinct()
                .sorted()
                .toList();
    }

    /** The checks of an asset that judge what a source says of it, by id; none where nothing reads it there. */
    public List<String> judging(Asset asset, String source) {
        return catalogue
                .applicable(asset.kind(), AssetVariables.of(asset))
                .filter(entry -> entry.sound()
                        .filter(check -> source.equals(check.probe().source()))
                        .isPresent())
                .map(CatalogueEntry::id)
                .sorted()
                .toList();
    }

    /** Runs the checks of assets that were picked in their list. */
    public CheckStarter starter() {
        return new CheckDesk(this)::startOn;
    }

    /** Its part of the list of assets. */
    public AssetColumn column() {
        ProtectionsColumn.describe(assets.states());
        return new ProtectionsColumn(coverage);
    }

    @Override
    public void close() {
        watch.close();
        pool.close();
    }
}
