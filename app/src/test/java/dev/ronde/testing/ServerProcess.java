package dev.ronde.testing;

import dev.ronde.platform.http.RunFile;
import dev.ronde.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Ronde as a process of its own, started with {@code java -jar}, to be killed. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Process process;
    private final Path home;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerProcess(Process process, Path home, Map<String, String> environment) {
        this.process = process;
        this.home = home;
        this.environment = environment;
    }

    /** Starts {@code serve} on a home with these settings; does not wait. */
    public static ServerProcess start(Path home, Map<String, String> environment) {
        return new ServerProcess(serve(home, environment), home, environment);
    }

    private static Process serve(Path home, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms200m",
                "-Xmx400m",
                "-Xmn100m",
                "-XX:MetaspaceSize=200m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                ThinJar.file().toString(),
                "serve");
        builder.environment().keySet().removeIf(key -> key.startsWith("RONDE_"));
        builder.environment().put("RONDE_HOME", home.toString());
        builder.environment().put("RONDE_HTTP_PORT", "0");
        builder.environment().putAll(environment);
        return Unchecked.get(() -> {
            Files.createDirectories(home);
            return builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve("server.log").toFile()))
                    .start();
        });
    }

    /** Runs {@code ledger verify} on its home, with its settings, then exports the year from then on and verifies the bundle; demands that all is whole. */
    public void verifyLedger(LocalDate from) {
        String bundle = home.resolve("bundle.zip").toString();
        String until = from.plusYears(1).toString();
        try (Terminal.Home commands = new Terminal.Home(home, environment, InstantSource.system())) {
            require(commands, "ledger", "verify");
            require(commands, "evidence", "export", "--from", from.toString(), "--to", until, "-o", bundle);
            require(commands, "evidence", "verify", bundle);
        }
    }

    private static void require(Terminal.Home commands, String... command) {
        Terminal.Run run = commands.run(command);
        if (run.code() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with " + run.code() + ":\n" + run.out() + run.err());
        }
    }

    /** Waits until it answers that it is ready. */
    public ServerProcess awaitReady() {
        long end = System.nanoTime() + START.toNanos();
        int retries = 2;
        while (System.nanoTime() < end) {
            if (!process.isAlive() && log().contains("Port already in use") && retries-- > 0) {
                // the free port it had picked became the near end of some connection
                process = serve(home, environment);
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended by itself:\n" + log());
            }
            if (runFile() != null && status("/readyz") == 200) {
                return this;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new IllegalStateException("the server did not become ready:\n" + log());
    }

    private RunFile runFile() {
        return RunFile.find(home).filter(file -> file.pid() == process.pid()).orElse(null);
    }

    private int status(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(runFile().url() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Calls its API as the operator. */
    public JsonNode call(String method, String path, String contentType, String body) throws IOException {
        RunFile file = runFile();
        HttpRequest request = HttpRequest.newBuilder(URI.create(file.url() + path))
                .header("Authorization", "Bearer " + file.token())
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return Json.tree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL: no shutdown hook, no flush. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    public String log() {
        try {
            String text = Files.readString(home.resolve("server.log"));
            return text.substring(Math.max(0, text.length() - 6_000));
        } catch (IOException e) {
            return "";
        }
    }

    private void await() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the process did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM, and SIGKILL where that does not end it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
