package dev.ronde.evidence.stamp;

import dev.ronde.platform.Lazy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One question to a time stamping authority (RFC 3161, 3.4): no redirect is followed, and answer and time are bounded. */
final class TsaClient {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 64 * 1024;

    private final URI address;
    private final Lazy<HttpClient> http =
            Lazy.of(() -> HttpClient.newBuilder().connectTimeout(PATIENCE).build());

    TsaClient(URI address) {
        this.address = address;
    }

    String host() {
        return String.valueOf(address.getHost());
    }

    /** Returns the answer; {@link IOException} where there is none in time, or a longer one. */
    byte[] ask(byte[] query) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/timestamp-query")
                .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = http.get()
                .sendAsync(
                        request,
                        HttpResponse.BodyHandlers.ofByteArrayConsumer(
                                part -> part.ifPresent(bytes -> take(body, bytes))));
        try {
            int status = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode();
            if (status != 200) {
                throw new IOException("status " + status);
            }
            return body.toByteArray();
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + PATIENCE.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static void take(ByteArrayOutputStream body, byte[] bytes) {
        if (body.size() + bytes.length > MOST_BYTES) {
            throw new IllegalStateException("the answer has more than 64 KiB");
        }
        body.writeBytes(bytes);
    }
}
