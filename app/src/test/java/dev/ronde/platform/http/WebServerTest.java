package dev.ronde.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.Unchecked;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** How the server starts and stops. */
final class WebServerTest {
    private static final Authenticator NOBODY = new Authenticator() {
        @Override
        public Optional<Principal> authenticate(Context context) {
            return Optional.empty();
        }

        @Override
        public Optional<String> csrf(Context context) {
            return Optional.empty();
        }

        @Override
        public Optional<Reader> reader(Context context) {
            return Optional.empty();
        }
    };

    private final HttpClient client = HttpClient.newHttpClient();

    private static WebServer server(Router router, TestDatabase database) {
        TestClock clock = new TestClock();
        Overlay files = Overlay.templates(SettingsReader.read(Map.of(), Map.of()));
        Messages messages = new Messages(files);
        PageRenderer pages = new PageRenderer(
                new Templates(files, messages), messages, NOBODY, clock, Locale.ENGLISH, ZoneOffset.UTC);
        return new WebServer(
                router,
                new OpenApi("test"),
                NOBODY,
                pages,
                database.database(),
                new SimpleMeterRegistry(),
                clock,
                URI.create("http://localhost"));
    }

    @Test
    void aRouteThatDeclaresNoAccessIsRefusedByTheRouter() {
        assertThatThrownBy(() -> new Router().get("/bare", null, context -> context.result("let in")))
                .hasMessage("GET /bare declares no access");
    }

    @Test
    void aFileThatCannotBeFinishedDoesNotLookWhole() throws Exception {
        Router router = new Router();
        router.get("/api/v1/short.csv", Access.ANYONE, context -> broken(context, 10));
        router.get("/api/v1/middle.csv", Access.ANYONE, context -> broken(context, 2_000));
        router.get("/api/v1/long.csv", Access.ANYONE, context -> broken(context, 100_000));
        router.get(
                "/api/v1/whole.csv",
                Access.ANYONE,
                context -> Download.send(context, Download.CSV, "whole.csv", out -> {
                    try (out) {
                        out.write("line\n".repeat(100_000));
                    }
                }));
        try (TestDatabase database = TestDatabase.open(DatabaseKind.H2)) {
            WebServer server = server(router, database);
            server.start("127.0.0.1", 0);
            URI address = URI.create("http://127.0.0.1:" + server.port());
            assertThat(send("GET", address.resolve("/api/v1/whole.csv")).get().body())
                    .hasSize(500_000);
            HttpResponse<String> refused =
                    send("GET", address.resolve("/api/v1/short.csv")).get();
            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.body()).startsWith("{").contains("internal");
            assertThat(refused.headers().firstValue("Content-Disposition")).isEmpty();
            assertThatThrownBy(() ->
                            send("GET", address.resolve("/api/v1/long.csv")).get())
                    .hasCauseInstanceOf(IOException.class);
            HttpRequest compressed = HttpRequest.newBuilder(address.resolve("/api/v1/middle.csv"))
                    .header("Accept-Encoding", "gzip")
                    .build();
            assertThatThrownBy(() -> client.send(compressed, HttpResponse.BodyHandlers.ofByteArray()))
                    .as("an error within what was begun to be compressed could not be read")
                    .isInstanceOf(IOException.class);
            server.close();
        }
    }

    private static void broken(Context context, int lines) {
        Download.send(context, Download.CSV, "broken.csv", out -> {
            try (out) {
                out.write("line\n".repeat(lines));
                throw new IllegalStateException("the database went away");
            }
        });
    }

    @Test
    void whoeverAsksWhileItStopsIsToldToComeAgainAndWhatIsUnderWayIsAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        Router router = new Router();
        router.get("/readyz", Access.UNASKED, context -> context.status(503).result("not ready"));
        router.get("/page", Access.ANYONE, context -> context.result("never"));
        router.get("/api/v1/list", Access.ANYONE, context -> context.result("never"));
        router.post("/slow", Access.ANYONE, context -> {
            begun.countDown();
            await(goOn);
            context.result("done");
        });
        router.post("/late", Access.ANYONE, context -> {
            begun.countDown();
            await(goOn);
            throw new IllegalStateException("Shutdown in progress");
        });
        try (TestDatabase database = TestDatabase.open(DatabaseKind.H2)) {
            WebServer server = server(router, database);
            server.start("127.0.0.1", 0);
            URI address = URI.create("http://127.0.0.1:" + server.port());
            CompletableFuture<HttpResponse<String>> slow = send("POST", address.resolve("/slow"));
            CompletableFuture<HttpResponse<String>> late = send("POST", address.resolve("/late"));
            await(begun);
            server.refuse();

            HttpResponse<String> api =
                    send("GET", address.resolve("/api/v1/list")).get();
            assertThat(api.statusCode()).isEqualTo(503);
            assertThat(api.headers().firstValue("Retry-After")).contains("10");
            assertThat(api.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(api.body()).contains("\"code\":\"stopping\"");
            HttpResponse<String> page = send("GET", address.resolve("/page")).get();
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Le serveur s’arrête.");
            assertThat(send("POST", address.resolve("/slow")).get().statusCode())
                    .isEqualTo(503);
            assertThat(send("GET", address.resolve("/readyz")).get().body()).isEqualTo("not ready");

            CompletableFuture<Void> closed = Elsewhere.run(server::close);
            assertThatThrownBy(() -> closed.get(300, TimeUnit.MILLISECONDS))
                    .as("it waits for them")
                    .isInstanceOf(TimeoutException.class);
            goOn.countDown();
            assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("done");
            HttpResponse<String> failed = late.get(20, TimeUnit.SECONDS);
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.headers().firstValue("Retry-After")).contains("10");
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    private static void await(CountDownLatch latch) {
        Unchecked.run(() -> assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue());
    }

    private CompletableFuture<HttpResponse<String>> send(String method, URI address) {
        return client.sendAsync(
                HttpRequest.newBuilder(address)
                        .header("Accept-Language", "fr")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
