package dev.ronde.testing.services;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A service that is one program on one port of 127.0.0.1. */
record RunningService(Setup setup, ServiceProcess process) implements Service {
    private static final Pattern PORT = Pattern.compile("\\{port[0-9]?}");

    /**
     * A program before it runs. In commands, whose words have blanks between them and {@code ·} for a blank within one, and in files stand
     * {@code {port}} for its port, {@code {port2}} and so on for others, {@code {folder}} for its folder, {@code {user}} for whom it runs as
     * where it may not be root, {@code {canary}}, and {@code {cert}} and {@code {key}} for a certificate that is made then.
     */
    static final class Setup {
        private final String command;
        private final Path folder = ServiceProcess.folder();
        private final Map<String, Integer> ports = new LinkedHashMap<>();
        private @Nullable String ready;
        private @Nullable String known;
        private Consumer<RunningService> stop = service -> {};

        Setup(String command) {
            this.command = command;
        }

        Setup file(String name, String text) {
            Services.write(folder.resolve(name), filled(text));
            return this;
        }

        /** Runs something to its end, before the program. */
        Setup first(String prepared) {
            ServiceProcess.run(folder, words(prepared));
            return this;
        }

        /** Waits for a text of its output in place of its port. */
        Setup ready(String text) {
            ready = text;
            return this;
        }

        /** Has it known as another program than the first word of its command. */
        Setup known(String program) {
            known = program;
            return this;
        }

        /** Does something before it ends. */
        Setup stop(Consumer<RunningService> how) {
            stop = how;
            return this;
        }

        RunningService start(String... options) {
            List<String> whole = words(command);
            Arrays.stream(options).map(this::filled).forEach(whole::add);
            ServiceProcess process = ServiceProcess.start(folder, known == null ? whole.get(0) : known, whole);
            return new RunningService(
                    this, ready == null ? process.awaitPort(port("{port}")) : process.awaitText(ready));
        }

        Path folder() {
            return folder;
        }

        int port(String place) {
            return ports.computeIfAbsent(place, made -> ServiceProcess.freePort());
        }

        private List<String> words(String text) {
            List<String> words = new ArrayList<>();
            Arrays.stream(filled(text).split(" ", -1)).forEach(word -> words.add(word.replace('·', ' ')));
            return words;
        }

        String filled(String text) {
            if ((text.contains("{cert}") || text.contains("{key}")) && !Files.exists(folder.resolve("cert.pem"))) {
                Certificates.make(folder, Certificates.GOOD);
            }
            return PORT.matcher(text)
                    .replaceAll(place -> Matcher.quoteReplacement("" + port(place.group())))
                    .replace("{cert}", folder + "/cert.pem")
                    .replace("{key}", folder + "/key.pem")
                    .replace("{folder}", folder.toString())
                    .replace("{user}", Services.user())
                    .replace("{canary}", Service.CANARY);
        }
    }

    @Override
    public int port() {
        return setup.port("{port}");
    }

    /** Runs a command with the same places in its folder. */
    void run(String command) {
        ServiceProcess.run(setup.folder, setup.words(command));
    }

    @Override
    public String program() {
        return process.program();
    }

    @Override
    public void close() {
        try {
            setup.stop.accept(this);
        } finally {
            process.close();
        }
    }
}
