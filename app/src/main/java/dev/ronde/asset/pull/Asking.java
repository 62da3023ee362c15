package dev.ronde.asset.pull;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** One question to an HTTPS address: no redirect is followed, and everything from the first packet to the last byte has one time limit. */
final class Asking {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private Asking() {}

    /**
     * Returns what the address answers.
     *
     * @param total time for everything, the body included
     */
    static Fetched ask(PullSource.Address from, Duration total) throws IOException, PullFailed, InterruptedException {
        long until = System.nanoTime() + total.toNanos();
        PullFailed late = new PullFailed("the address did not answer in full within " + total.toSeconds() + " seconds");
        HttpResponse<InputStream> response;
        try {
            response = client(from).send(request(from, total), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException e) {
            throw new PullFailed("the address could not be connected to in time");
        } catch (HttpTimeoutException e) {
            throw late;
        }
        // The client's own limit ends with the headers, and a read of the body knows none: it ends where the body is
        // closed.
        InputStream in = response.body();
        CompletableFuture<Void> closing = new CompletableFuture<Void>()
                .completeOnTimeout(null, until - System.nanoTime(), TimeUnit.NANOSECONDS)
                .thenRun(() -> close(in));
        try (in) {
            if (response.statusCode() != 200) {
                throw new PullFailed("the address answered " + response.statusCode());
            }
            byte[] body = Fetched.limited(in);
            if (System.nanoTime() - until >= 0) {
                throw late;
            }
            Instant collectedAt =
                    time(response.headers().firstValue("Last-Modified").orElse(null));
            return new Fetched(from.asset(), from.source(), body, collectedAt, false);
        } catch (IOException e) {
            if (System.nanoTime() - until >= 0) {
                throw late;
            }
            throw e;
        } finally {
            closing.cancel(false);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // Whoever reads is told by the reading.
            return;
        }
    }

    private static HttpRequest request(PullSource.Address from, Duration total) throws PullFailed {
        HttpRequest.Builder request = HttpRequest.newBuilder(from.uri())
                .timeout(total)
                .header("Accept", "application/json")
                .header("User-Agent", "Ronde/1")
                .GET();
        if (from.tokenFile() != null) {
            request.header("Authorization", "Bearer " + token(from.tokenFile()));
        }
        return request.build();
    }

    private static HttpClient client(PullSource.Address from) throws PullFailed {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (from.caFile() != null) {
            client.sslContext(trusting(from.caFile()));
        }
        return client.build();
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String token(Path file) throws PullFailed {
        try {
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!token.isEmpty() && token.chars().allMatch(c -> c > 32 && c < 127)) {
                return token;
            }
        } catch (IOException e) {
            // said below
        }
        throw new PullFailed("the token file " + file.getFileName() + " cannot be read or holds no token");
    }

    private static SSLContext trusting(Path file) throws PullFailed {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new PullFailed("the file " + file.getFileName() + " holds no certificates in PEM");
        }
    }
}
