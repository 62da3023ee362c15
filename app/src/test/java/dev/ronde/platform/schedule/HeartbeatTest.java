package dev.ronde.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.ServerProcess;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The heartbeat towards a real HTTP server that counts, refuses, or never answers. */
final class HeartbeatTest {
    private static final int CLOSED_PORT = 1;

    @TempDir
    Path home;

    private final BlockingQueue<String> pings = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestClock clock = new TestClock();
    private HttpServer watchman;

    @BeforeEach
    void start() throws IOException {
        watchman = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        watchman.setExecutor(Executors.newCachedThreadPool());
        watchman.createContext("/ok", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            pings.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.close();
        });
        watchman.createContext("/broken", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            pings.add("500");
            exchange.close();
        });
        watchman.createContext("/silent", exchange -> {
            pings.add("silent");
            await();
            exchange.close();
        });
        watchman.start();
    }

    private void await() {
        try {
            release.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        watchman.stop(0);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + watchman.getAddress().getPort() + path;
    }

    private Heartbeat heartbeat(String address) {
        return new Heartbeat(URI.create(address));
    }

    private String ping() throws InterruptedException {
        return pings.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void callsOnceEachTimeItIsDueWithTheWholeAddress() throws InterruptedException {
        Heartbeat heartbeat = heartbeat(address("/ok?key=secret"));
        assertThat(heartbeat.every()).isEqualTo(Duration.ofMinutes(1));
        for (int minute = 0; minute < 3; minute++) {
            heartbeat.run(clock.instant());
            assertThat(ping()).isEqualTo("GET /ok?key=secret");
            assertThat(pings).isEmpty();
            clock.advance(Duration.ofMinutes(1));
        }
        heartbeat.settle(clock.instant());
        assertThat(pings.poll(200, TimeUnit.MILLISECONDS))
                .as("a moved clock is no heartbeat")
                .isNull();
    }

    @Test
    void aWatchmanThatRefusesIsCalledAgain() throws InterruptedException {
        Heartbeat heartbeat = heartbeat(address("/broken"));
        heartbeat.run(clock.instant());
        assertThat(ping()).isEqualTo("500");
        heartbeat.run(clock.instant());
        assertThat(ping()).isEqualTo("500");
    }

    @Test
    void aWatchmanThatNeverAnswersOrIsNotThereHoldsNothingUp() throws InterruptedException {
        long before = System.nanoTime();
        heartbeat(address("/silent")).run(clock.instant());
        heartbeat("http://127.0.0.1:" + CLOSED_PORT + "/").run(clock.instant());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
        assertThat(ping()).isEqualTo("silent");
    }

    /** Heartbeat and JSON log at once, as an operator sets them: one process, one start. */
    @Test
    void aServerCallsFromItsStartAndWritesOneObjectALine() throws Exception {
        Map<String, String> settings =
                Map.of("RONDE_LOG_FORMAT", "json", "RONDE_HEARTBEAT_URL", address("/broken?key=top-secret"));
        try (ServerProcess server = ServerProcess.start(home, settings).awaitReady()) {
            assertThat(pings.poll(70, TimeUnit.SECONDS)).isEqualTo("500");
            server.call("POST", "/api/v1/ledger/verify", "application/json", "{}");
            assertThat(server.alive()).isTrue();
            String log = awaitLine(server, "heartbeat");
            assertThat(log).contains("status 500").doesNotContain("top-secret");
            JsonNode line = Json.tree(log.lines()
                    .filter(text -> text.contains("heartbeat"))
                    .findFirst()
                    .orElseThrow());
            assertThat(line.path("level").asString("")).isEqualTo("WARN");
            assertThat(line.path("logger").asString("")).isEqualTo(Heartbeat.class.getName());
        }
        assertThat(Files.readAllLines(home.resolve("server.log")))
                .as("the one-time link is for people")
                .anyMatch(line -> line.contains("/setup?code="));
    }

    private static String awaitLine(ServerProcess server, String word) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!server.log().contains(word) && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        return server.log();
    }
}
