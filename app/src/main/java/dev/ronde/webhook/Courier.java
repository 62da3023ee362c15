package dev.ronde.webhook;

import dev.ronde.platform.Lazy;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.resource.Version;
import dev.ronde.platform.schedule.Tick;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages that are due, a few at a time, each under a lease, without holding the database while a receiver thinks. A message is
 * sent at least once: a node that dies between sending and noting it leaves it to the next.
 */
final class Courier implements Tick {
    private static final int AT_ONCE = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int GONE = 410;

    /** Before the next attempt: ten in about three days, as Standard Webhooks 1.0 suggests. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private final Database database;
    private final InstantSource clock;
    private final Webhooks webhooks;
    private final Lazy<HttpClient> http = Lazy.of(() -> HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());

    Courier(Database database, InstantSource clock, Webhooks webhooks) {
        this.database = database;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    @Override
    public String name() {
        return "webhook-deliveries";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public int run(Instant now) {
        List<UUID> due =
                database.read(handle -> handle.attach(DeliveryDao.class).due(now, AT_ONCE));
        List<CompletableFuture<Boolean>> sent = due.stream().map(this::send).toList();
        return (int) sent.stream().filter(CompletableFuture::join).count();
    }

    /** Does nothing if somebody else is sending it; the future completes once the answer is noted. */
    CompletableFuture<Boolean> send(UUID id) {
        return database.inTransaction(tx -> claim(tx, id))
                .map(this::send)
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    private record Claim(Delivery delivery, Webhook webhook, Instant at) {}

    private Optional<Claim> claim(Handle tx, UUID id) {
        Instant now = clock.instant();
        DeliveryDao dao = tx.attach(DeliveryDao.class);
        if (dao.claim(id, now, now.plus(LEASE)) == 0) {
            return Optional.empty();
        }
        return dao.find(id).map(delivery -> new Claim(delivery, webhooks.get(tx, delivery.webhookId()), now));
    }

    private CompletableFuture<Boolean> send(Claim claimed) {
        long start = System.nanoTime();
        URI address = URI.create(claimed.webhook().url());
        Optional<String> refusal = WebhookAddress.refusal(address);
        if (refusal.isPresent()) {
            note(claimed, attempt(claimed, 0, null, refusal.get()));
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<HttpResponse<String>> exchange =
                http.get().sendAsync(request(address, claimed), new ShortAnswer());
        return exchange.copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).handle((answer, failure) -> {
            exchange.cancel(true);
            long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
            note(
                    claimed,
                    answer == null
                            ? attempt(claimed, took, null, trouble(failure))
                            : attempt(claimed, took, answer.statusCode(), answer.body()));
            return true;
        });
    }

    private static Delivery.Attempt attempt(Claim claimed, long tookMs, @Nullable Integer status, String answer) {
        Delivery delivery = claimed.delivery();
        return new Delivery.Attempt(delivery.id(), delivery.attempts(), claimed.at(), tookMs, status, answer);
    }

    private static HttpRequest request(URI address, Claim claimed) {
        Delivery delivery = claimed.delivery();
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Ronde/" + Version.text())
                .header("webhook-id", delivery.messageId())
                .header("webhook-timestamp", Long.toString(claimed.at().getEpochSecond()))
                .header(
                        "webhook-signature",
                        Signature.header(
                                claimed.webhook().secrets(claimed.at()),
                                delivery.messageId(),
                                claimed.at(),
                                delivery.body()))
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
    }

    private static String trouble(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            return "no answer within " + PATIENCE.toSeconds() + " s";
        }
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : ShortAnswer.line(name + ": " + cause.getMessage());
    }

    private void note(Claim claimed, Delivery.Attempt attempt) {
        database.useTransaction(tx -> note(tx, claimed, attempt));
    }

    private void note(Handle tx, Claim claimed, Delivery.Attempt attempt) {
        DeliveryDao dao = tx.attach(DeliveryDao.class);
        Delivery delivery = claimed.delivery();
        Integer status = attempt.status();
        boolean taken = status != null && status >= 200 && status < 300;
        boolean gone = status != null && status == GONE;
        Instant now = clock.instant();
        Optional<Instant> again =
                taken || gone ? Optional.empty() : pause(delivery.attempts()).map(now::plus);
        Delivery.State state =
                taken ? Delivery.State.DELIVERED : again.isPresent() ? Delivery.State.WAITING : Delivery.State.FAILED;
        if (dao.settle(delivery.id(), delivery.attempts(), state, again.orElse(null), taken ? now : null) == 1) {
            dao.insertAttempt(attempt);
            if (gone) {
                webhooks.gone(tx, delivery.webhookId());
            }
        }
    }

    private static Optional<Duration> pause(int attempts) {
        return attempts <= PAUSES.size() ? Optional.of(PAUSES.get(attempts - 1)) : Optional.empty();
    }
}
