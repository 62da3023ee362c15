package dev.ronde.testing;

import dev.ronde.App;
import dev.ronde.command.Launcher;
import dev.ronde.command.RondeCommand;
import dev.ronde.command.Server;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs commands in this JVM as a person would type them, and catches what they print. There is no terminal to ask. */
public final class Terminal {
    /** Fails where a command starts a server that it should not need. */
    public static final Launcher NO_SERVER = always(settings -> {
        throw new AssertionError("no server is needed for this");
    });

    private Terminal() {}

    /** Starts the same, whatever is asked for. */
    public static Launcher always(Function<Settings, Server> start) {
        return new Launcher() {
            @Override
            public Server serve(Settings settings) {
                return start.apply(settings);
            }

            @Override
            public Server demo(Settings settings) {
                return start.apply(settings);
            }

            @Override
            public Server forCommand(Settings settings) {
                return start.apply(settings);
            }
        };
    }

    /** Starts real servers at a clock. */
    public static Launcher launcher(InstantSource clock) {
        return new Launcher() {
            @Override
            public Server serve(Settings settings) {
                return App.start(settings, clock, App.Mode.STILL);
            }

            @Override
            public Server demo(Settings settings) {
                return App.start(settings, clock, App.Mode.STILL);
            }

            @Override
            public Server forCommand(Settings settings) {
                return App.start(settings, clock, App.Mode.COMMAND);
            }
        };
    }

    /** Makes a home whose database is migrated and empty. */
    public static Path migrated(Path home) {
        MigratedH2.copyTo(home);
        return home;
    }

    /**
     * One home and its settings. The first command that needs a server starts one, the others use the same until {@link #close()}. Its
     * clock runs on from {@link TestClock}'s start.
     */
    public static final class Home implements AutoCloseable {
        private final InstantSource clock;
        private final Map<String, String> environment;
        private @Nullable App app;

        public Home(Path home, Map<String, String> settings) {
            this(
                    home,
                    settings,
                    Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), new TestClock().instant())));
        }

        Home(Path home, Map<String, String> settings, InstantSource clock) {
            this.clock = clock;
            environment = new HashMap<>(settings);
            environment.put("RONDE_HOME", home.toString());
        }

        /** Runs a line as a person types it, split at its spaces, or the words of one. */
        public Run run(String... words) {
            return type("", words.length == 1 ? words[0].split(" ", -1) : words);
        }

        /** Runs a command and gives it this on standard input. */
        public Run type(String stdin, String... args) {
            return Terminal.run(always(this::server), clock, environment, stdin, args);
        }

        private Server server(Settings settings) {
            if (app == null) {
                if (Files.notExists(settings.home())
                        && settings.find(Setting.DB_URL).isEmpty()) {
                    MigratedH2.copyTo(settings.home());
                }
                app = App.start(settings, clock, App.Mode.COMMAND);
            }
            return new Lent(app);
        }

        @Override
        public void close() {
            if (app != null) {
                app.close();
                app = null;
            }
        }
    }

    /** A server that outlives the command it is lent to. */
    private record Lent(Server server) implements Server {
        @Override
        public URI api() {
            return server.api();
        }

        @Override
        public String token() {
            return server.token();
        }

        @Override
        public URI address() {
            return server.address();
        }

        @Override
        public Optional<URI> setupLink() {
            return server.setupLink();
        }

        @Override
        public CompletableFuture<String> lost() {
            return server.lost();
        }

        @Override
        public void close() {}
    }

    /** What a command left behind. */
    public record Run(int code, String out, String err) {}

    /** Runs a command on a home, at {@link TestClock}'s start. */
    public static Run run(Path home, String... args) {
        return run(Map.of("RONDE_HOME", home.toString()), "", args);
    }

    public static Run run(Map<String, String> environment, String stdin, String... args) {
        return run(launcher(new TestClock()), new TestClock(), environment, stdin, args);
    }

    public static Run run(
            Launcher launcher, InstantSource clock, Map<String, String> environment, String stdin, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        try {
            CommandLine line = new RondeCommand(launcher, environment, clock).commandLineFor(args);
            line.setOut(new PrintWriter(out, true));
            line.setErr(new PrintWriter(err, true));
            int code = line.execute(args);
            return new Run(code, out.toString(), err.toString());
        } finally {
            System.setIn(before);
        }
    }
}
