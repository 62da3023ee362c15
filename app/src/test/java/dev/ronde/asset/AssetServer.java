package dev.ronde.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.page.AssetPageParts;
import dev.ronde.asset.snapshot.PushQuota;
import dev.ronde.asset.snapshot.SettingsPanel;
import dev.ronde.asset.snapshot.SnapshotApi;
import dev.ronde.asset.snapshot.SnapshotPages;
import dev.ronde.asset.snapshot.SnapshotTimeline;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.SourceSchemas;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.WebServer;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.Packaged;
import dev.ronde.testing.Unchecked;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A web server with the asset room alone; who asks stands in the header {@code As}: {@code token ADMIN} or {@code page OWNER <person>}. */
public final class AssetServer implements AutoCloseable {
    public static final String CSRF = "csrf-1";
    private static final SourceSchemas SOURCES = SourceSchemas.open(Overlay.of("checks", null));
    public final TestInventory inventory;
    public final Snapshots snapshots;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public AssetServer(Database database, InstantSource clock, Set<String> kinds) {
        this.inventory = new TestInventory(database, clock, kinds);
        this.snapshots = new Snapshots(SOURCES, inventory.evidence, clock);
        Authenticator authenticator = new HeaderAuthenticator();
        PageRenderer pages = Packaged.pages(authenticator, clock, ZoneId.of("Europe/Paris"));
        AssetRoom room =
                new AssetRoom(database, clock, Packaged.MESSAGES, inventory.people, inventory.evidence, () -> kinds);
        room.timeline().addSource(new SnapshotTimeline(snapshots));
        Router router = new Router();
        new SnapshotApi(
                        database,
                        room.assets(),
                        snapshots,
                        new PushQuota(new Allowances(database, clock)),
                        (asset, source) -> List.of())
                .register(router);
        new SnapshotPages(database, room.assets(), snapshots, pages).register(router);
        room.routes(
                        pages,
                        new AssetPageParts(
                                List.of(new SettingsPanel(snapshots, asset -> List.of("host.v1"), actor -> actor)),
                                List.of(),
                                (refs, principal) -> new UUID(7, refs.size())))
                .forEach(routes -> routes.register(router));
        this.server = new WebServer(
                router,
                Packaged.API,
                authenticator,
                pages,
                database,
                new SimpleMeterRegistry(),
                clock,
                URI.create("http://localhost"));
        server.start("127.0.0.1", 0);
    }

    private static final class HeaderAuthenticator implements Authenticator {
        @Override
        public Optional<Principal> authenticate(Context context) {
            String as = context.header("As");
            if (as == null) {
                return Optional.empty();
            }
            String[] parts = as.split(" ", -1);
            boolean token = parts[0].equals("token");
            UUID person = parts.length > 2 ? UUID.fromString(parts[2]) : null;
            return Optional.of(new Principal(
                    "p:0000000000000001",
                    "Tester",
                    Role.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                    token ? Channel.API : Channel.PAGE,
                    token ? "token" : "password",
                    person,
                    token ? new UUID(1, 1) : null));
        }

        @Override
        public Optional<String> csrf(Context context) {
            return Optional.of(CSRF);
        }

        @Override
        public Optional<Reader> reader(Context context) {
            return Optional.empty();
        }
    }

    /** An answer. */
    public record Answer(int status, String body, HttpResponse<String> response) {
        public JsonNode json() {
            return Json.tree(body);
        }

        /** This answer, which has this status. */
        public Answer is(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
            return this;
        }

        /** The text at the pointer, or an empty one. */
        public String text(String pointer) {
            return json().at(pointer).asString("");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public static void check(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    public Answer get(String as, String path, String... headers) {
        return send("GET", as, path, (String) null, headers);
    }

    public Answer send(String method, String as, String path, @Nullable String body, String... headers) {
        return send(method, as, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer send(String method, String as, String path, byte @Nullable [] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("As", as)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (int index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        return Unchecked.get(() -> {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        });
    }

    public Answer form(String as, String path, String urlencoded) {
        return send(
                "POST",
                as,
                path,
                "_csrf=" + CSRF + "&" + urlencoded,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    @Override
    public void close() {
        server.close();
    }
}
