package dev.ronde;

import dev.ronde.command.Server;
import dev.ronde.demo.DemoClock;
import dev.ronde.demo.DemoHome;
import dev.ronde.demo.DemoSeed;
import dev.ronde.demo.DemoSeed.DemoParts;
import dev.ronde.demo.RecordedProbe;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.http.Banner;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A server on a temporary home, whose history was made through the services under a moved clock. No mail leaves it, no packet either. */
final class Demonstration implements Server {
    /** What a visitor may choose: where it answers and how it speaks. None of it reaches out. */
    private static final Set<Setting> TAKEN = EnumSet.of(
            Setting.HTTP_HOST, Setting.HTTP_PORT, Setting.BASE_URL, Setting.ZONE, Setting.LOCALE, Setting.LOG_FORMAT);

    final App app;
    private final DemoHome home;

    private Demonstration(App app, DemoHome home) {
        this.app = app;
        this.home = home;
    }

    static Demonstration start(Settings given, InstantSource wallClock) {
        Instant now = wallClock.instant();
        DemoHome home = DemoHome.make();
        Settings settings = settings(given, home);
        Instant start = DemoSeed.startBefore(now);
        seed(aside(settings), new DemoClock(start), start, now);
        App app = App.start(
                settings,
                wallClock,
                App.Mode.SERVE,
                (probes, catalogue) -> RecordedProbe.of(catalogue, start, wallClock));
        app.rooms().pages.addBanners(reader -> List.of(new Banner("info", "dashboard.banner.demo", List.of())));
        return new Demonstration(app, home);
    }

    /** Whatever else the caller's shell or properties name — servers, keys, folders, addresses of people — stays out of it. */
    static Settings settings(Settings given, DemoHome home) {
        return SettingsReader.elsewhere(given, home.folder(), TAKEN)
                .with(Setting.CHECKS, home.checks().toString())
                .with(Setting.LEDGER_ORIGIN, LedgerFiles.DEMONSTRATION);
    }

    /** Where nobody asks while the history is made: ready means that the visitor's server is. */
    private static Settings aside(Settings settings) {
        return settings.with(Setting.BASE_URL, settings.baseUrl().toString()).with(Setting.HTTP_PORT, "0");
    }

    private static void seed(Settings settings, DemoClock clock, Instant start, Instant now) {
        App app = App.start(
                settings, clock, App.Mode.STILL, (probes, catalogue) -> RecordedProbe.of(catalogue, start, clock));
        try {
            Rooms rooms = app.rooms();
            DemoParts parts = new DemoParts(
                    app.database(),
                    rooms.account.people(),
                    rooms.account.accounts(),
                    rooms.inventory.imports(),
                    rooms.inventory.assets(),
                    rooms.snapshots,
                    rooms.review.plans(),
                    rooms.review.reviews(),
                    app::run,
                    app::settle);
            new DemoSeed(parts, clock).run(now);
        } finally {
            app.close();
        }
    }

    @Override
    public URI api() {
        return app.api();
    }

    @Override
    public String token() {
        return app.token();
    }

    @Override
    public URI address() {
        return app.address();
    }

    @Override
    public Optional<URI> setupLink() {
        return app.setupLink();
    }

    @Override
    public CompletableFuture<String> lost() {
        return app.lost();
    }

    @Override
    public void close() {
        app.close();
        home.remove();
    }
}
