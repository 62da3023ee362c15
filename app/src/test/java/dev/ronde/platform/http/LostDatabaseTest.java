package dev.ronde.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;

/** Where the database is lost, programs and people are told so and may come back; nothing says that the program failed. */
final class LostDatabaseTest {
    private static final SQLException NO_CONNECTION =
            new SQLTransientConnectionException("HikariPool-1 - Connection is not available");

    /** Finds no database whatever it is asked, as the sessions of a server that has lost it. */
    private static final class NobodyKnown implements Authenticator {
        @Override
        public Optional<Principal> authenticate(Context context) {
            throw new ConnectionException(NO_CONNECTION);
        }

        @Override
        public Optional<String> csrf(Context context) {
            throw new ConnectionException(NO_CONNECTION);
        }

        @Override
        public Optional<Reader> reader(Context context) {
            throw new ConnectionException(NO_CONNECTION);
        }
    }

    @Test
    void programsAndPeopleAreToldToComeBack() throws Exception {
        TestClock clock = new TestClock();
        Overlay files = Overlay.templates(SettingsReader.read(Map.of(), Map.of()));
        Messages messages = new Messages(files);
        Authenticator nobody = new NobodyKnown();
        PageRenderer pages = new PageRenderer(
                new Templates(files, messages), messages, nobody, clock, Locale.ENGLISH, ZoneOffset.UTC);
        pages.addBanners(new Banner.Source() {
            @Override
            public List<Banner> banners(Principal principal) {
                throw new ConnectionException(NO_CONNECTION);
            }

            @Override
            public List<Banner> toAnybody() {
                throw new ConnectionException(NO_CONNECTION);
            }
        });
        Router router = new Router();
        router.get("/page", Access.ANYONE, context -> {
            throw new ConnectionException(NO_CONNECTION);
        });
        router.get("/alive", Access.UNASKED, context -> context.result("alive"));
        router.get("/api/v1/list", Access.ADMINS, context -> context.result("never"));
        try (TestDatabase database = TestDatabase.open(DatabaseKind.H2)) {
            WebServer server = new WebServer(
                    router,
                    new OpenApi("test"),
                    nobody,
                    pages,
                    database.database(),
                    new SimpleMeterRegistry(),
                    clock,
                    URI.create("http://localhost"));
            server.start("127.0.0.1", 0);
            URI address = URI.create("http://127.0.0.1:" + server.port());
            try {
                HttpResponse<String> api = get(address.resolve("/api/v1/list"), "en");
                assertThat(api.statusCode()).isEqualTo(503);
                assertThat(api.headers().firstValue("Retry-After")).contains("10");
                assertThat(api.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(api.body())
                        .contains("\"code\":\"database_unavailable\"")
                        .doesNotContain("Hikari");

                assertThat(get(address.resolve("/alive"), "en").body()).isEqualTo("alive");

                assertThat(get(address.resolve("/page"), "en").body())
                        .as("who reads a page may have nothing but a link")
                        .contains("look first whether what you sent is there", "tell whoever runs this server")
                        .doesNotContain("readyz", "ronde doctor", "Nothing was lost");

                HttpResponse<String> page = get(address.resolve("/page"), "fr");
                assertThat(page.statusCode()).isEqualTo(503);
                assertThat(page.body())
                        .contains("Indisponible pour le moment", "La base de données est injoignable")
                        .doesNotContain("Hikari");
            } finally {
                server.close();
            }
        }
    }

    @Test
    void aLostConnectionIsToldFromAStatementThatFails() {
        assertThat(List.of("08006", "57P01", "53300", "90098"))
                .allMatch(state -> Database.isUnavailable(new IllegalStateException(new SQLException("lost", state))));
        assertThat(List.of("23505", "22001", "42P01"))
                .noneMatch(state -> Database.isUnavailable(new IllegalStateException(new SQLException("no", state))));
        assertThat(Database.isUnavailable(new IllegalStateException("no cause")))
                .isFalse();
    }

    private static HttpResponse<String> get(URI address, String language) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Accept-Language", language)
                                .header("Authorization", "Bearer ronde_x")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
