package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What every command has: settings, output, a session with the API. */
abstract class CommandBase implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    final CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    final CommandRoot root() {
        return (CommandRoot) spec().root().userObject();
    }

    final Output.Format format() {
        return root().format;
    }

    final Settings settings() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        if (root().home != null) {
            flags.put(Setting.HOME, root().home);
        }
        addFlags(flags);
        return SettingsReader.read(flags, root().environment);
    }

    void addFlags(Map<Setting, String> flags) {}

    final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    final Output output() {
        return new Output(out(), format());
    }

    /** Prints the items with these fields as columns; returns the exit code 0. */
    final int show(List<JsonNode> items, String... fields) {
        output().items(items, fields);
        return 0;
    }

    final int show(JsonNode item, String... fields) {
        return show(List.of(item), fields);
    }

    final void say(String text) {
        if (!root().quiet) {
            complain(text);
        }
    }

    final void complain(String text) {
        PrintWriter err = spec().commandLine().getErr();
        err.println(text);
        err.flush();
    }

    final int withSession(ToIntFunction<Session> work) {
        return quietly(() -> {
            try (Session session = Session.open(settings(), root().launcher)) {
                return work.applyAsInt(session);
            }
        });
    }

    final int withApi(ToIntFunction<ApiClient> work) {
        return withSession(session -> work.applyAsInt(session.client()));
    }

    /** Saves what the server answers in a file, or prints it where none is named. */
    final int save(String path, @Nullable Path file) throws IOException {
        if (file == null) {
            return withApi(api -> {
                api.copy(path, out());
                out().flush();
                return 0;
            });
        }
        try (OutputFile output = OutputFile.open(file)) {
            return withApi(api -> {
                api.download(path, output.part());
                output.finish();
                return 0;
            });
        }
    }

    /** Runs work that starts parts of a server; their log only shows with {@code -v}. */
    final <T> T quietly(Supplier<T> work) {
        return root().verbose ? work.get() : QuietLog.during(work);
    }
}
