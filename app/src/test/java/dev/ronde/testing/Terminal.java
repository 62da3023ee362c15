package dev.ronde.testing;

import dev.ronde.App;
import dev.ronde.command.Launcher;
import dev.ronde.command.RondeCommand;
import dev.ronde.command.Server;
import dev.ronde.platform.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
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
