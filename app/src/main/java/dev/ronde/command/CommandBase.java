package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What every command has: settings, output, a session with the API. */
abstract class CommandBase implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--home", paramLabel = "DIR", description = "Home folder (RONDE_HOME).")
    @Nullable
    String home;

    @Option(names = "--output", paramLabel = "FORMAT", description = "table, json or csv.", defaultValue = "table")
    Output.Format format = Output.Format.table;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing on stderr but errors.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more on stderr.")
    boolean verbose;

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    CommandRoot root() {
        if (spec == null) {
            throw new IllegalStateException("no command line");
        }
        return (CommandRoot) spec.root().userObject();
    }

    Settings settings() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        if (home != null) {
            flags.put(Setting.HOME, home);
        }
        addFlags(flags);
        return SettingsReader.read(flags, root().environment());
    }

    void addFlags(Map<Setting, String> flags) {}

    PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("no command line");
        }
        return spec.commandLine().getOut();
    }

    Output output() {
        return new Output(out(), format);
    }

    /** Prints the items with these fields as columns; returns the exit code 0. */
    int show(List<JsonNode> items, String... fields) {
        output().items(items, fields);
        return 0;
    }

    int show(JsonNode item, String... fields) {
        return show(List.of(item), fields);
    }

    void say(String text) {
        if (!quiet) {
            complain(text);
        }
    }

    void complain(String text) {
        if (spec != null) {
            spec.commandLine().getErr().println(text);
            spec.commandLine().getErr().flush();
        }
    }

    int withSession(ToIntFunction<Session> work) {
        return quietly(() -> {
            try (Session session = Session.open(settings(), root().launcher())) {
                return work.applyAsInt(session);
            }
        });
    }

    final int withApi(ToIntFunction<ApiClient> work) {
        return withSession(session -> work.applyAsInt(session.client()));
    }

    /** Runs work that starts parts of a server; their log only shows with {@code -v}. */
    <T> T quietly(Supplier<T> work) {
        return verbose ? work.get() : QuietLog.during(work);
    }
}
