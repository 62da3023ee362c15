package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.http.TrustedProxies;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Alive, ready, and the numbers: {@code /healthz}, {@code /readyz}, {@code /metrics}. */
public record HealthApi(
        Database database,
        TickRunner runner,
        PrometheusMeterRegistry metrics,
        Optional<String> metricsToken,
        InstantSource clock)
        implements Routes {
    private static final Duration STALE = Duration.ofMinutes(2);

    /** Names of this machine; a page of another site that resolves here sends its own name in Host. */
    private static final Pattern LOCAL =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);

    @Override
    public void register(Router router) {
        router.get("/healthz", Access.UNASKED, context -> context.json(Map.of("status", "alive")));
        router.get("/readyz", Access.UNASKED, this::ready);
        router.get("/metrics", Access.UNASKED, this::metrics);
    }

    private void ready(Context context) {
        Map<String, Object> parts = new LinkedHashMap<>();
        boolean answers = databaseAnswers();
        parts.put("database", answers ? "ok" : "does not answer");
        boolean ticked = answers && ticked();
        parts.put("scheduler", ticked ? "ok" : "has not ticked for two minutes");
        boolean stopping = runner.isStopping();
        if (stopping) {
            parts.put("server", "is stopping");
        }
        boolean ready = answers && ticked && !stopping;
        parts.put("status", ready ? "ready" : "not ready");
        context.status(ready ? 200 : 503).json(parts);
    }

    private boolean databaseAnswers() {
        try {
            return database.read(tx ->
                            tx.createQuery("select 1").mapTo(Integer.class).one())
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private boolean ticked() {
        Instant oldest = clock.instant().minus(STALE);
        return runner.statuses().stream()
                .anyMatch(status ->
                        status.lastRunAt() != null && status.lastRunAt().isAfter(oldest));
    }

    private void metrics(Context context) {
        if (!loopback(context) && !tokenMatches(context)) {
            throw Problem.forbidden(
                    "Metrics are for this machine alone (http://localhost or http://127.0.0.1, through no proxy), or with"
                            + " Authorization: Bearer and RONDE_METRICS_TOKEN.");
        }
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }

    private static boolean loopback(Context context) {
        try {
            return !TrustedProxies.passedOn(context)
                    && LOCAL.matcher(String.valueOf(context.host())).matches()
                    && InetAddress.getByName(context.req().getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean tokenMatches(Context context) {
        String given = context.header("Authorization");
        return given != null
                && metricsToken
                        .map(token -> MessageDigest.isEqual(
                                ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
                                given.getBytes(StandardCharsets.UTF_8)))
                        .orElse(false);
    }
}
