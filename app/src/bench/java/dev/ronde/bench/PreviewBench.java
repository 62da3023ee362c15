package dev.ronde.bench;

import dev.ronde.App;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * What a preview costs on a large estate, on both databases: seconds of a preview of a new plan of which nothing opens yet, of one of which
 * everything opens at once, of what then follows, and of a change that moves every review; and how long somebody who writes meanwhile waits.
 */
public final class PreviewBench {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private PreviewBench() {}

    public static void main(String[] args) throws Exception {
        int assets = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        run("h2", Map.of(), assets);
        try (Databases postgres = new Databases()) {
            run("postgresql", postgres.fresh(), assets);
        }
        System.exit(0);
    }

    private static void run(String database, Map<Setting, String> settings, int assets) throws Exception {
        try (TestApp app = TestApp.start((InstantSource) () -> NOW, settings, App.Mode.STILL)) {
            app.call(
                    "POST",
                    "/api/v1/assets/import",
                    ImportBench.csv(assets),
                    Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "text/csv"));
            step(app, database, assets, "preview_later", "later/preview", plan("later", 20, "2026-06-01"));
            step(app, database, assets, "preview_now", "now/preview", plan("now", 30, "2026-03-20"));
            step(app, database, assets, "apply_later", "", plan("later", 20, "2026-06-01"));
            step(app, database, assets, "preview_change", "later/preview", plan("later", 20, "2026-06-15"));
        }
    }

    private static String plan(String id, int leadDays, String anchor) {
        return """
                {"id":"%s","title":"Quarterly","scope":{},"cadence":{"every":"P3M","anchor":"%s"},"lead_time":"P%dD"}
                """.formatted(id, anchor, leadDays);
    }

    private static void step(TestApp app, String database, int assets, String what, String path, String plan)
            throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong longest = new AtomicLong();
        Thread writer = new Thread(() -> write(app, over, longest), "bench-writer");
        writer.start();
        long start = System.nanoTime();
        TestApp.Answer answer = app.call(
                "POST",
                "/api/v1/plans" + (path.isEmpty() ? "" : "/" + path),
                plan,
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "application/json"));
        double seconds = (System.nanoTime() - start) / 1e9;
        over.set(true);
        writer.join();
        JsonNode said = answer.json();
        System.out.printf(
                "{\"bench\":\"%s_%d_%s\",\"status\":%d,\"seconds\":%.1f,\"writer_waited_s\":%.1f,\"said\":%s}%n",
                what, assets, database, answer.status(), seconds, longest.get() / 1e9, said);
    }

    /** Somebody who adds people meanwhile, and how long the longest wait was. */
    private static void write(TestApp app, AtomicBoolean over, AtomicLong longest) {
        while (!over.get()) {
            long start = System.nanoTime();
            app.post("/api/v1/people", Map.of("email", "p" + start + "@example.org", "name", "Somebody"));
            longest.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
    }
}
