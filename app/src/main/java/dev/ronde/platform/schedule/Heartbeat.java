package dev.ronde.platform.schedule;

import dev.ronde.platform.Lazy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an outside watchman each minute that the scheduler runs, by a GET on {@code RONDE_HEARTBEAT_URL}. When reminders stop, so does
 * this; the watchman then warns. Of several nodes one calls.
 */
public final class Heartbeat implements Tick {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final Lazy<HttpClient> http =
            Lazy.of(() -> HttpClient.newBuilder().connectTimeout(PATIENCE).build());
    private final AtomicBoolean failing = new AtomicBoolean();

    public Heartbeat(URI address) {
        this.address = address;
    }

    @Override
    public String name() {
        return "heartbeat";
    }

    /** Calls without waiting for the answer: a slow watchman holds nothing up. */
    @Override
    public int run(Instant now) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
        var unused = http.get()
                .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> note(
                        failure != null
                                ? failure.getClass().getSimpleName()
                                : answer.statusCode() >= 400 ? "status " + answer.statusCode() : null));
        return 0;
    }

    /** A moved test clock does not count as time that has passed. */
    @Override
    public int settle(Instant now) {
        return 0;
    }

    /** Logs the change, not every minute of it. The address may hold a secret and is not logged. */
    private void note(@org.jspecify.annotations.Nullable String trouble) {
        if (failing.getAndSet(trouble != null) != (trouble != null)) {
            if (trouble != null) {
                log.warn("the heartbeat address does not answer: {}", trouble);
            } else {
                log.info("the heartbeat address answers again");
            }
        }
    }
}
