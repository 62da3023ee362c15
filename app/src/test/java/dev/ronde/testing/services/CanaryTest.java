package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The product checks services whose data holds the canary, stores, logs and exports what it saw, and the canary is in none of it:
 * not in a byte of any file of its home, not in the log, not in the export.
 */
@Tag("service")
@Tag("long")
class CanaryTest {
    /** Stands in the notes of an asset; if the search does not find this, it cannot find the canary either. */
    private static final String CONTROL = "control-2b8d71-must-be-found";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @Test
    @Needs({
        "redis-server",
        "memcached",
        "mosquitto",
        "nats-server",
        "/usr/lib/postgresql",
        "openssl",
        "target/nodes/elasticsearch/lib",
        "target/nodes/opensearch/lib"
    })
    void isNowhereInWhatTheProductKeeps() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        Map<String, Service> services = new LinkedHashMap<>();
        try {
            start(services);
            Path home = run(services);
            assertThat(filesWith(home, CONTROL)).as("the search itself works").isNotEmpty();
            assertThat(filesWith(home, Service.CANARY)).isEmpty();
            assertThat(log.list).isNotEmpty();
            assertThat(log.list)
                    .extracting(event -> event.getFormattedMessage() + event.getThrowableProxy())
                    .noneMatch(line -> line.contains(Service.CANARY));
        } finally {
            root.setLevel(Level.INFO);
            root.detachAppender(log);
            ServiceTable.closed(List.copyOf(services.values()));
        }
    }

    private static void start(Map<String, Service> services) {
        Map<String, Supplier<Service>> all = new LinkedHashMap<>();
        all.put("service.redis", () -> Services.redis(false));
        all.put("service.memcached", () -> Services.memcached(false));
        all.put("service.mqtt", () -> Services.mosquitto(false));
        all.put("service.nats", () -> Services.nats(false));
        all.put("service.postgresql", () -> PostgresService.start(false, "host all all 127.0.0.1/32 trust"));
        all.put("service.elasticsearch", SearchNode::elasticsearch);
        all.put("service.elasticsearch#2", SearchNode::openSearch);
        all.put("endpoint.tls", () -> Services.tls(Certificates.GOOD));
        List<Service> started = ServiceTable.started(List.copyOf(all.values()));
        all.keySet().forEach(kind -> services.put(kind, started.get(services.size())));
    }

    private static Path run(Map<String, Service> services) throws IOException {
        StringBuilder csv =
                new StringBuilder("ref,name,kind,owner_email,address,port,probe_authorised_until,notes\r\n");
        int number = 0;
        for (Map.Entry<String, Service> service : services.entrySet()) {
            number++;
            csv.append("svc-%02d,Service %d,%s,owner@example.org,127.0.0.1,%d,2026-12-31,%s\r\n"
                    .formatted(
                            number,
                            number,
                            service.getKey().replaceAll("#.*", ""),
                            service.getValue().port(),
                            CONTROL));
        }
        try (TestApp app = TestApp.start(new TestClock(), Map.of(Setting.PROBE_ALLOW, "127.0.0.0/8"))) {
            JsonNode imported = app.call(
                            "POST", "/api/v1/assets/import", csv.toString(), app.operator("Content-Type", "text/csv"))
                    .json();
            assertThat(imported.path("errors")).isEmpty();
            app.post("/api/v1/check-runs", Map.of()).is(202);
            app.settle();
            JsonNode runs = app.get("/api/v1/check-runs?limit=500").json().path("items");
            List<String> failing = new ArrayList<>();
            runs.forEach(run -> {
                if (run.path("outcome").asString().equals("fail")) {
                    failing.add(run.path("asset").asString());
                }
            });
            assertThat(failing)
                    .as("every open service was judged: " + runs)
                    .hasSizeGreaterThanOrEqualTo(services.size());
            assertThat(runs.toString()).doesNotContain(Service.CANARY);
            for (JsonNode run : runs) {
                String path = "/api/v1/check-runs/" + run.path("id").asString();
                assertThat(app.get(path).body()).contains("assertions").doesNotContain(Service.CANARY);
            }
            export(app);
            return app.home();
        }
    }

    private static void export(TestApp app) throws IOException {
        TestApp.Answer started = app.post("/api/v1/evidence/exports", Map.of("from", "2026-03-01", "to", "2026-03-31"))
                .is(202);
        app.settle();
        JsonNode job = app.get(started.header("Location").replaceAll("^https?://[^/]+", ""))
                .json();
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("done");
        byte[] zip = app.bytes(job.path("result_url").asString());
        boolean control = false;
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String text = new String(entries.readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(text).as(entry.getName()).doesNotContain(Service.CANARY);
                control |= text.contains("svc-01");
            }
        }
        assertThat(control).as("the export tells of the assets").isTrue();
    }

    private static List<String> filesWith(Path home, String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (Charset charset :
                        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                    if (bytes.contains(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1))) {
                        found.add(home.relativize(file).toString());
                    }
                }
            }
        }
        return found;
    }
}
