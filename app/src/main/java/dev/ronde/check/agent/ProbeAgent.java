package dev.ronde.check.agent;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.pause.ProbePool.Underway;
import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.Probes;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A second vantage: takes probes from a server, makes them from here under the policy of this machine, and brings the facts back. It
 * has no database, opens no port, and speaks to its server over HTTPS only.
 */
public final class ProbeAgent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProbeAgent.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    /** How long an ending agent may take to tell the server what it exchanged. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private static final long AGAIN_MILLIS = 2_000;
    private static final long WAIT_MILLIS = 2_000;
    private static final String PROBLEM = "application/problem+json";

    private final URI server;
    private final String token;
    private final String zone;
    private final int most;
    private final Probes probes;
    private final Map<String, Probe> byType = new LinkedHashMap<>();
    private final ProbePool pool = ProbePool.start();
    private final Map<UUID, Underway> running = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private volatile boolean stopped;

    private ProbeAgent(URI server, String token, String zone, int most, Probes probes) {
        this.server = server;
        this.token = token;
        this.zone = zone;
        this.most = most;
        this.probes = probes;
        probes.all().forEach(probe -> byType.put(probe.type(), probe));
    }

    /**
     * Sets an agent up from the settings of this machine.
     *
     * @throws SettingsException where the server is not named, not reached over HTTPS, or the policy cannot be read
     */
    public static ProbeAgent of(Settings settings, InstantSource clock) {
        URI server = server(
                settings.find(Setting.URL)
                        .orElseThrow(
                                () -> new SettingsException(
                                        "RONDE_URL is unset: name the server this agent works for, such as https://ronde.example.org.")));
        String token = settings.find(Setting.TOKEN)
                .orElseThrow(() -> new SettingsException(
                        "RONDE_TOKEN is unset: make one with ronde token add --role prober on the server."));
        String zone = settings.origin(Setting.PROBE_VANTAGE) == Settings.Origin.DEFAULT
                ? "external"
                : settings.oneOf(Setting.PROBE_VANTAGE, "internal", "external");
        return new ProbeAgent(
                server,
                token,
                zone,
                settings.integer(Setting.PROBE_CONCURRENCY),
                Probes.start(settings.with(Setting.PROBE_VANTAGE, zone), clock, Set.of()));
    }

    private static URI server(String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean near = uri.getHost() != null
                    && List.of("127.0.0.1", "localhost", "[::1]").contains(uri.getHost());
            if (uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || (near && "http".equals(uri.getScheme())))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new SettingsException("RONDE_URL is " + text
                + ": an agent speaks to its server over https:// only (http:// on this machine itself).");
    }

    public String zone() {
        return zone;
    }

    public URI server() {
        return server;
    }

    /** The server lets no agent of this release or with this token probe; asking again changes nothing. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Works until {@link #close}; {@code say} hears when the server is found and lost.
     *
     * @throws RefusedException where the server does not let this agent probe; the message says what to do
     */
    public void run(Consumer<String> say) throws InterruptedException, RefusedException {
        boolean connected = false;
        while (!stopped) {
            try {
                ask();
                if (!connected) {
                    say.accept("Work comes from " + server + "; this vantage is " + zone + ".");
                }
                connected = true;
            } catch (RefusedException e) {
                throw e;
            } catch (IOException | JacksonException e) {
                if (connected || stopped) {
                    say.accept("The server is lost: " + said(e));
                } else {
                    log.warn("no work from {}: {}", server, said(e));
                }
                connected = false;
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
            }
        }
    }

    /** In words, because some network failures have no message. */
    static String said(Exception failure) {
        if (failure instanceof ConnectException) {
            return "it cannot be reached; is it running, and does the way there lead through?";
        }
        if (failure instanceof HttpTimeoutException) {
            return "it did not answer in time";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private void ask() throws IOException, InterruptedException {
        int free = Math.max(0, most - running.size());
        var asking = new ProbeAgentApi.Asking(ProbeTask.FORM, zone, free, List.copyOf(running.keySet()), WAIT_MILLIS);
        JsonNode answer = post("/api/v1/probe-agent/work", Json.write(asking));
        answer.path("stop").forEach(id -> stop(UUID.fromString(id.asString(""))));
        for (JsonNode item : answer.path("items")) {
            UUID id = UUID.fromString(item.path("id").asString(""));
            ProbeTask task = Json.read(item.path("task").toString(), ProbeTask.class);
            // the work removes it, and waits for it to be there
            running.computeIfAbsent(id, fresh -> begin(fresh, task));
        }
    }

    /** Null if the agent is ending and nobody will do the work. */
    private @Nullable Underway begin(UUID id, ProbeTask task) {
        try {
            return pool.submit(id, probe -> work(id, task, probe));
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private void stop(UUID id) {
        Underway probe = running.get(id);
        if (probe != null) {
            probe.cancel();
        }
    }

    /** Also tells what was cut short: the server's log has to know the packets. Nothing interrupts the telling. */
    private void work(UUID id, ProbeTask task, Underway probe) {
        try {
            ProbeAnswer answer = ProbeAnswer.of(probe(task));
            boolean cut = probe.settled();
            if (!cut || !answer.exchanges().isEmpty()) {
                tell("/api/v1/probe-agent/work/" + id + "/answer", Json.write(answer));
            }
        } catch (IOException e) {
            log.warn("the answer to {} was not taken: {}", id, said(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(id);
        }
    }

    /** Tries once more if the server did not hear it; the server takes an answer only once. */
    private void tell(String path, String body) throws IOException, InterruptedException {
        try {
            post(path, body);
        } catch (IOException e) {
            log.info("{} is told again: {}", path, said(e));
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS / 4);
            post(path, body);
        }
    }

    private ProbeResult probe(ProbeTask task) {
        Probe probe = byType.get(task.type());
        if (probe == null) {
            return ProbeResult.failed(ProbeFailure.CRASH, Saying.AGENT_OLDER, task.type());
        }
        try {
            return probe.collect(task.resolved(), task.limits());
        } catch (RuntimeException e) {
            log.error("probe {} broke", task.type(), e);
            return ProbeResult.failed(ProbeFailure.CRASH, Saying.AGENT_BROKE);
        }
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        int status = response.statusCode();
        if ((status == 401 || status == 403) && !saidByTheServer(response)) {
            throw new IOException("something on the way to it answered " + status
                    + ", a proxy perhaps, and not the server itself; let this agent through there");
        }
        if (status == 401) {
            throw new RefusedException("The server at " + server
                    + " does not know this token, or it has ended; make one there: ronde token add --role prober");
        }
        if (status == 403) {
            throw new RefusedException("This token may not probe; make one there: ronde token add --role prober");
        }
        if ((status == 400 || status == 409) && saidByTheServer(response)) {
            throw new RefusedException(
                    "The server at " + server + " is of another release than this agent; update the older of the two");
        }
        if (status != 200) {
            throw new IOException("the server answered " + status);
        }
        return Json.tree(response.body());
    }

    /** Whether a refusal has the form of this product; a proxy in front of it refuses in other forms. */
    private static boolean saidByTheServer(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.toLowerCase(Locale.ROOT).startsWith(PROBLEM);
    }

    @Override
    public void close() {
        stopped = true;
        pool.close(LAST_WORDS);
        probes.close();
    }
}
