package dev.ronde;

import dev.ronde.account.AccountRoom;
import dev.ronde.account.FirstAdministrator;
import dev.ronde.asset.AssetPanel;
import dev.ronde.asset.AssetRoom;
import dev.ronde.asset.snapshot.SettingsPanel;
import dev.ronde.asset.snapshot.SnapshotApi;
import dev.ronde.asset.snapshot.SnapshotPages;
import dev.ronde.asset.snapshot.SnapshotTimeline;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.SourceSchemas;
import dev.ronde.check.probe.Probes;
import dev.ronde.command.Doctor;
import dev.ronde.command.DoctorApi;
import dev.ronde.command.Server;
import dev.ronde.command.Version;
import dev.ronde.control.Catalogue;
import dev.ronde.control.CatalogueLoader;
import dev.ronde.dashboard.DashboardPages;
import dev.ronde.dashboard.Overview;
import dev.ronde.dashboard.Running;
import dev.ronde.evidence.export.EvidenceRoom;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.platform.backup.BackupApi;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.OpenApi;
import dev.ronde.platform.http.OpenApiApi;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.http.RunFile;
import dev.ronde.platform.http.RunTokenAuthenticator;
import dev.ronde.platform.http.WebServer;
import dev.ronde.platform.job.JobApi;
import dev.ronde.platform.job.JobPages;
import dev.ronde.platform.schedule.FollowClock;
import dev.ronde.platform.schedule.HealthApi;
import dev.ronde.platform.schedule.QuartzScheduler;
import dev.ronde.platform.schedule.TestClockApi;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.time.ProductClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;

/**
 * The composition root: opens the foundation, builds one room after the other in the order of their dependencies, then the web server and
 * the scheduler. Start reading here.
 */
public final class App implements Server {
    /** What runs beside the API. */
    public enum Mode {
        /** Everything. */
        SERVE,
        /** For one command: jobs, but nothing on a schedule. */
        COMMAND,
        /** For tests: nothing by itself; the test calls the ticks. */
        STILL
    }

    private final Foundation base;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final String runToken = HexFormat.of().formatHex(new SecureRandom().generateSeed(32));
    private final WebServer web;
    private final FirstAdministrator firstAdministrator;
    private final Optional<AutoCloseable> background;
    private @Nullable URI setupLink;

    private App(Settings settings, ProductClock clock, Mode mode) throws SchedulerException {
        base = Foundation.open(settings, clock);

        // account: people, sessions, tokens; from here on pages know who reads them
        AccountRoom account = AccountRoom.open(base.database(), settings, clock, base.evidence());

        // evidence: the ledger and its exports, which look names up when they are made
        EvidenceRoom evidence = EvidenceRoom.open(
                settings,
                base.database(),
                base.evidence(),
                clock,
                base.jobs(),
                base.templates(),
                account.people()::nameOf);
        Ledger ledger = evidence.ledger();
        firstAdministrator = account.firstAdministrator();
        Authenticator authenticator = new RunTokenAuthenticator(runToken, account.authenticator());
        PageRenderer pages = new PageRenderer(
                base.templates(), base.messages(), authenticator, clock, settings.locale(), settings.zone());
        routes(account.routes(pages));
        routes(evidence.routes(pages));

        // control: what can be protected and how it is checked
        Set<String> probeNames = new TreeSet<>(Probes.TYPES);
        probeNames.add("snapshot");
        Catalogue catalogue = new CatalogueLoader(base.checks(), probeNames, Set.of()).load();

        // asset: inventory and snapshots
        AssetRoom inventory = AssetRoom.open(
                base.database(),
                clock,
                base.messages(),
                account.people(),
                base.evidence(),
                () -> catalogue.protections().kinds());
        Snapshots snapshots = new Snapshots(new SourceSchemas(base.checks()), base.evidence(), clock);
        inventory.timeline().addSource(new SnapshotTimeline(snapshots));
        List<AssetPanel> panels = new ArrayList<>(List.of(new SettingsPanel(snapshots)));
        routes(List.of(
                new SnapshotApi(base.database(), inventory.assets(), snapshots),
                new SnapshotPages(base.database(), inventory.assets(), snapshots, pages)));

        routes(inventory.routes(pages, panels));

        // dashboard: read-only views over everything
        Running running = new Running(base.database(), settings, clock, ledger);
        pages.addBanners(running);
        routes(List.of(new DashboardPages(new Overview(base.database(), clock), running, pages)));

        // platform's own routes and ticks
        OpenApi openApi = new OpenApi(Version.text());
        routes(List.of(
                new JobApi(base.jobs()),
                new JobPages(base.jobs(), pages),
                new OpenApiApi(openApi),
                new BackupApi(base.database(), clock, Version.text()),
                new DoctorApi(new Doctor(settings, base.database(), clock, base.runner(), ledger)),
                new HealthApi(base.database(), base.runner(), metrics, settings.find(Setting.METRICS_TOKEN), clock)));
        testClock(pages);

        // ticks, in the order in which a moved clock settles
        ticks(List.of(base.jobs()));
        ticks(account.ticks());
        ticks(evidence.ticks(settings.zone()));

        web = new WebServer(
                base.router(),
                openApi,
                authenticator,
                pages,
                base.database(),
                metrics,
                clock,
                settings.baseUrl().getScheme().equals("https"));
        background = background(mode);
    }

    private void routes(List<? extends Routes> all) {
        all.forEach(routes -> routes.register(base.router()));
    }

    private void ticks(List<? extends Tick> all) {
        all.forEach(base.runner()::add);
    }

    private void testClock(PageRenderer pages) {
        if (!base.installation().testClock()) {
            return;
        }
        if (!base.loopbackBind()) {
            throw new SettingsException(
                    "RONDE_TEST_CLOCK works on a loopback address only: set RONDE_HTTP_HOST to 127.0.0.1.");
        }
        base.runner().add(new FollowClock(base.database(), base.clock()));
        routes(List.of(new TestClockApi(
                base.database(), base.clock(), base.runner(), base.settings().zone())));
        pages.addBanners(principal -> List.of(new Banner("warn", "common.banner.test_clock", List.of())));
    }

    private Optional<AutoCloseable> background(Mode mode) throws SchedulerException {
        return switch (mode) {
            case SERVE ->
                Optional.of(new QuartzScheduler(
                        base.runner(), base.database(), Runtime.getRuntime().availableProcessors(), base.node()));
            case COMMAND -> Optional.of(new CommandJobs(base.jobs(), base.clock()));
            case STILL -> Optional.empty();
        };
    }

    /** Starts everything and returns once the address answers. */
    public static App start(Settings settings, InstantSource wallClock, Mode mode) {
        Settings placed = FreePort.resolve(settings, mode == Mode.COMMAND);
        try {
            App app = new App(placed, new ProductClock(wallClock), mode);
            try {
                app.open(mode);
                return app;
            } catch (RuntimeException | SchedulerException e) {
                app.close();
                throw e;
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler did not start", e);
        }
    }

    private void open(Mode mode) throws SchedulerException {
        Settings settings = base.settings();
        web.start(settings.get(Setting.HTTP_HOST), settings.integer(Setting.HTTP_PORT));
        setupLink = firstAdministrator.atStart().orElse(null);
        if (mode != Mode.COMMAND) {
            new RunFile(api().toString(), runToken, ProcessHandle.current().pid()).write(settings.home());
        }
        if (background.orElse(null) instanceof QuartzScheduler scheduler) {
            scheduler.start();
        }
    }

    /** Runs every lane and tick until nothing is due, as the moved test clock does. */
    public void settle() {
        base.runner().settle();
    }

    /** The database, for tests and benches. */
    public Database database() {
        return base.database();
    }

    /** Every route with who may use it. */
    public List<WebServer.Declared> declaredRoutes() {
        return web.declared();
    }

    @Override
    public URI api() {
        return URI.create("http://127.0.0.1:" + web.port());
    }

    @Override
    public String token() {
        return runToken;
    }

    @Override
    public URI address() {
        return base.settings().baseUrl();
    }

    @Override
    public Optional<URI> setupLink() {
        return Optional.ofNullable(setupLink);
    }

    @Override
    public void close() {
        new RunFile(api().toString(), runToken, ProcessHandle.current().pid())
                .remove(base.settings().home());
        background.ifPresent(App::closeQuietly);
        web.close();
        base.close();
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
