package dev.ronde;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.schedule.Publications;
import dev.ronde.command.Doctor;
import dev.ronde.command.DoctorApi;
import dev.ronde.command.Server;
import dev.ronde.evidence.OperationRecords;
import dev.ronde.evidence.seal.BackupSignature;
import dev.ronde.platform.backup.BackupApi;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsCheck;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.OpenApi;
import dev.ronde.platform.http.ProblemPages;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.http.RunFile;
import dev.ronde.platform.http.WebServer;
import dev.ronde.platform.job.JobApi;
import dev.ronde.platform.job.JobEventsApi;
import dev.ronde.platform.job.JobPages;
import dev.ronde.platform.log.LogFormat;
import dev.ronde.platform.resource.Version;
import dev.ronde.platform.schedule.HealthApi;
import dev.ronde.platform.schedule.Heartbeat;
import dev.ronde.platform.schedule.NodeMark;
import dev.ronde.platform.schedule.QuartzScheduler;
import dev.ronde.platform.schedule.TestClockApi;
import dev.ronde.platform.time.ProductClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger log = LoggerFactory.getLogger(App.class);

    private final Foundation base;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final String runToken = HexFormat.of().formatHex(new SecureRandom().generateSeed(32));
    private final WebServer web;
    private final JobEventsApi jobEvents;
    private final Rooms rooms;
    private final OperationRecords records;
    private final Optional<AutoCloseable> background;
    private @Nullable URI setupLink;
    private @Nullable NodeMark mark;
    private @Nullable RunFile runFile;
    private boolean started;

    private App(
            Settings settings,
            ProductClock clock,
            Mode mode,
            Rooms.ProbeChoice choice,
            CompletableFuture<Catalogue> catalogue)
            throws SchedulerException {
        base = Foundation.open(settings, clock);
        base.templates().faults().forEach(fault -> log.warn("your template is not used: {}; see ronde doctor", fault));

        rooms = new Rooms(
                base, runToken, choice, Publications.KnownChecks.recalled(base.database(), loaded(catalogue)));
        MailMetrics.register(metrics, rooms.mailStatus, rooms.inbox, clock);

        // platform's own routes and ticks, and what they leave as evidence
        records = new OperationRecords(base.database(), base.evidence());
        base.router().onAuditorRead(records::viewed);
        base.jobs().onCancel((tx, job, by) -> records.jobCancelled(tx, job.id(), job.kind(), by));
        Set<String> absent = base.installation().testClock() ? Set.of() : Set.of("/test/clock");
        jobEvents = new JobEventsApi(base.jobs());
        OpenApi openApi = new OpenApi(Version.text(), absent);
        routes(List.of(
                new JobApi(base.jobs()),
                jobEvents,
                new JobPages(base.jobs(), rooms.pages),
                openApi,
                new ProblemPages(rooms.pages),
                new BackupApi(
                        base.database(),
                        clock,
                        sha256 -> BackupSignature.sign(sha256, rooms.ledger.keys()),
                        (manifest, by) -> records.backupMade(manifest.tables().size(), manifest.rows(), by)),
                new DoctorApi(new Doctor(
                        settings,
                        base.database(),
                        clock,
                        base.runner(),
                        rooms.ledger,
                        base.templates(),
                        rooms.mailWriter,
                        rooms.catalogue)),
                new HealthApi(base.database(), base.runner(), metrics, settings.find(Setting.METRICS_TOKEN), clock)));
        testClock();
        settings.find(Setting.HEARTBEAT_URL)
                .ifPresent(address -> base.runner().add(new Heartbeat(URI.create(address.strip()))));

        web = new WebServer(
                base.router(),
                openApi,
                rooms.authenticator,
                rooms.pages,
                base.database(),
                metrics,
                clock,
                settings.baseUrl());
        background = background(mode);
    }

    private void routes(List<? extends Routes> all) {
        all.forEach(routes -> routes.register(base.router()));
    }

    private void testClock() {
        if (!base.installation().testClock()) {
            return;
        }
        TestClockApi testClock = new TestClockApi(
                base.database(), base.clock(), base.runner(), base.settings().zone(), records::clockMoved);
        base.runner().add(testClock);
        routes(List.of(testClock));
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
        return start(settings, wallClock, mode, (probes, catalogue) -> probes.all());
    }

    static App start(Settings settings, InstantSource wallClock, Mode mode, Rooms.ProbeChoice choice) {
        SettingsCheck.require(settings);
        Probes.require(settings);
        LogFormat.use(settings);
        Settings placed = FreePort.resolve(settings, mode == Mode.COMMAND);
        try {
            // compiling the checks takes about as long as opening the database
            CompletableFuture<Catalogue> catalogue = CompletableFuture.supplyAsync(() -> CatalogueFiles.open(placed));
            App app = new App(placed, new ProductClock(wallClock), mode, choice, catalogue);
            try {
                app.open(mode);
                log.debug("node {} is up", app.base.node());
                return app;
            } catch (RuntimeException | SchedulerException e) {
                app.close();
                throw e;
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler did not start", e);
        }
    }

    private static Catalogue loaded(CompletableFuture<Catalogue> catalogue) {
        try {
            return catalogue.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void open(Mode mode) throws SchedulerException {
        Settings settings = base.settings();
        rooms.atStart(mode != Mode.COMMAND);
        jobEvents.start();
        web.start(settings.get(Setting.HTTP_HOST), settings.integer(Setting.HTTP_PORT));
        setupLink = rooms.account.firstAdministrator().atStart().orElse(null);
        if (mode != Mode.COMMAND) {
            runFile = new RunFile(
                    api().toString(), runToken, ProcessHandle.current().pid());
            runFile.write(settings.home());
        }
        if (background.orElse(null) instanceof QuartzScheduler scheduler) {
            mark = NodeMark.leave(settings.path(Setting.EXPORTS), base.node());
            records.started(facts());
            records.settings(rules());
            started = true;
            scheduler.start();
        }
    }

    /** What an auditor asks about the program that made the records. */
    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("product", Version.text());
        facts.put("java", System.getProperty("java.version", ""));
        facts.put("database", base.database().dialect().name());
        facts.put("zone", base.settings().zone().getId());
        facts.put("testClock", base.installation().testClock());
        facts.put("mail", base.settings().find(Setting.SMTP_HOST).isPresent());
        facts.put("probesAllowed", base.settings().list(Setting.PROBE_ALLOW));
        return facts;
    }

    /** The settings that decide what is checked and from where, how people are asked, and how long tokens work. */
    private SortedMap<String, String> rules() {
        SortedMap<String, String> rules = new TreeMap<>();
        for (Setting setting : List.of(
                Setting.BASE_URL,
                Setting.CHECKS,
                Setting.LOCALE,
                Setting.MAIL_POLICY,
                Setting.MAIL_RATE,
                Setting.MAIL_REPLY,
                Setting.PROBE_ALLOW,
                Setting.PROBE_CANARY,
                Setting.PROBE_RESOLVER,
                Setting.PROBE_VANTAGE,
                Setting.RETENTION_RESULTS,
                Setting.SOURCES,
                Setting.TEMPLATES,
                Setting.TOKEN_MAX_DAYS,
                Setting.TRUSTED_PROXIES,
                Setting.WITNESSES,
                Setting.ZONE)) {
            base.settings()
                    .find(setting)
                    .ifPresent(value -> rules.put(setting.key(), base.settings().shown(setting)));
        }
        return rules;
    }

    /** The rooms, for the demonstration that is made through them. */
    Rooms rooms() {
        return rooms;
    }

    void run(String tick) {
        base.runner().run(tick);
    }

    /** Runs every lane and tick until nothing is due, as the moved test clock does. */
    public void settle() {
        base.runner().settle();
    }

    /** As {@link #settle()}, but only these ticks. */
    public void settle(Collection<String> ticks) {
        base.runner().settle(ticks);
    }

    /** The database, for tests and benches. */
    public Database database() {
        return base.database();
    }

    /** The product's clock. */
    public InstantSource clock() {
        return base.clock();
    }

    /** Every route, with who may use it. */
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
    public CompletableFuture<String> lost() {
        return base.database().lost();
    }

    @Override
    public void close() {
        if (runFile != null) {
            runFile.remove(base.settings().home());
        }
        base.runner().stop();
        web.refuse();
        background.ifPresent(App::closeQuietly);
        if (mark != null) {
            mark.remove();
        }
        jobEvents.close();
        web.close();
        rooms.close();
        if (started) {
            records.stopped();
        }
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
