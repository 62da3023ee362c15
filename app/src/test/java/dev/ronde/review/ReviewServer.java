package dev.ronde.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.file.AssetImport;
import dev.ronde.asset.file.OnConflict;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.SourceSchemas;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.file.WorkFolder;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.WebServer;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.reminder.Ladder;
import dev.ronde.review.builder.PlanWords;
import dev.ronde.review.estate.AssetEstate;
import dev.ronde.review.estate.AssetLooks;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.plan.PlanVocabulary;
import dev.ronde.review.room.ReviewRoom;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Packaged;
import dev.ronde.testing.Unchecked;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The review room behind a web server, on the real inventory and real snapshots; who asks is said in headers. */
public final class ReviewServer implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final SourceSchemas SOURCES = SourceSchemas.open(Overlay.of("checks", null));

    public final TestReviews base;
    public final Assets assets;
    public final Snapshots snapshots;
    public final ReviewRoom room;
    /** What the checks of every asset say now, and what they said before. */
    private final FakeLooks looks = new FakeLooks();

    public final List<CheckState> checks = looks.checks;
    public final List<CheckState> past = looks.past;
    private final AssetImport imports;
    private final WebServer server;
    private Principal principal = lead();
    private String language = "en";

    public ReviewServer(DatabaseKind kind) {
        this(kind, PlanVocabulary.ANY);
    }

    /** @param vocabulary the words a plan may use */
    public ReviewServer(DatabaseKind kind, PlanVocabulary vocabulary) {
        base = new TestReviews(kind);
        assets = new Assets(base.clock, base.people, base.log);
        checks.add(new CheckState("redis-anonymous", "pass", false, "critical", "r1", "e1"));
        snapshots = new Snapshots(SOURCES, base.log, base.clock);
        imports = new AssetImport(
                base.database, assets, base.log, () -> Set.of("service.redis", "host.linux"), base.clock);
        room = ReviewRoom.of(
                base.database,
                base.clock,
                base.log,
                base.people,
                new AssetEstate(assets),
                new AssetLooks(snapshots, looks),
                TestReviews::oneMailAPerson,
                (handle, review) -> null,
                new WorkFolder(Path.of("target", "downloads")));
        assets.addListener(room.assets());
        Authenticator authenticator = new Headers();
        PageRenderer pages = Packaged.pages(authenticator, base.clock, base.alice.zone());
        PlanReader plans = new PlanReader(base.alice.zone(), vocabulary);
        Router router = new Router();
        room.routes(
                        base.database,
                        base.clock,
                        plans,
                        PlanWords.ANY,
                        Ladder::ahead,
                        (check, language) -> "Title of " + check,
                        base.people,
                        pages)
                .forEach(routes -> routes.register(router));
        server = new WebServer(
                router,
                Packaged.API,
                authenticator,
                pages,
                base.database,
                new SimpleMeterRegistry(),
                base.clock,
                URI.create("http://localhost"));
        server.start("127.0.0.1", 0);
    }

    private final class Headers implements Authenticator {
        @Override
        public Optional<Principal> authenticate(Context context) {
            boolean api = context.path().startsWith("/api/");
            return Optional.of(new Principal(
                    principal.actorRef(),
                    principal.name(),
                    principal.role(),
                    api ? Channel.API : Channel.PAGE,
                    api ? "token" : "password",
                    principal.personId(),
                    api ? new UUID(0, 7) : null,
                    principal.teams(),
                    null));
        }

        @Override
        public Optional<String> csrf(Context context) {
            return Optional.of("token");
        }

        @Override
        public Optional<Reader> reader(Context context) {
            return Optional.of(new Reader(Locale.forLanguageTag(language), base.alice.zone(), "system"));
        }
    }

    private static Principal lead() {
        return new Principal("t:00000000000000aa", "robot", Role.ADMIN, Channel.API, "token", null, new UUID(0, 7));
    }

    /** The body of an answer that has this status. */
    public static JsonNode json(int status, HttpResponse<String> answer) {
        status(status, answer);
        return Json.tree(answer.body());
    }

    public static void status(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    public ReviewServer asLead() {
        principal = lead();
        return this;
    }

    public ReviewServer as(Person person, Role role) {
        return as(person, role, Set.of());
    }

    /** As somebody in these teams. */
    public ReviewServer as(Person person, Role role, Set<UUID> teams) {
        principal = new Principal(
                person.actorRef(), person.name(), role, Channel.PAGE, "password", person.id(), null, teams, null);
        return this;
    }

    public ReviewServer in(String tag) {
        language = tag;
        return this;
    }

    public void importAssets(String csv) {
        imports.run(csv.getBytes(StandardCharsets.UTF_8), false, OnConflict.UPDATE, Actor.SYSTEM);
    }

    /** The ref of the asset's first review. */
    public String first(String asset) {
        return base.database.read(handle -> room.reviews()
                .ofAsset(handle, assets.get(handle, asset).id())
                .get(0)
                .ref());
    }

    public int sweep() {
        int done = 0;
        int last;
        do {
            last = room.sweep().run(base.clock.instant());
            done += last;
        } while (last > 0);
        return done;
    }

    /** A review as the API shows it. */
    public JsonNode review(String ref) {
        return json(200, get("/api/v1/reviews/" + ref));
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public HttpResponse<String> post(String path, String json, String... headers) {
        return send(with(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .setHeader("Content-Type", "application/json"),
                headers));
    }

    public HttpResponse<String> bytes(String path, byte[] body) {
        return send(HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .setHeader("Content-Type", "application/octet-stream"));
    }

    public HttpResponse<String> put(String path, String json, String... headers) {
        return send(with(
                HttpRequest.newBuilder(uri(path))
                        .PUT(HttpRequest.BodyPublishers.ofString(json))
                        .setHeader("Content-Type", "application/json"),
                headers));
    }

    /** A form; one of a review with what the page carries, as a browser sends it. */
    public HttpResponse<String> form(String path, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        if (path.matches("/reviews/REV-\\d+/.*")) {
            carried(path).forEach(all::putIfAbsent);
        }
        return asTyped(path, all);
    }

    /** The hidden fields of the page that a form of a review stands on. */
    public Map<String, String> carried(String path) {
        String page = get(path.replaceFirst("/[^/]*$", "")).body();
        Map<String, String> hidden = new HashMap<>();
        for (String name : List.of("v", "seen")) {
            Matcher found =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
            if (found.find()) {
                hidden.put(name, found.group(1));
            }
        }
        return hidden;
    }

    /** A form with these fields and no others. */
    public HttpResponse<String> asTyped(String path, Map<String, String> fields) {
        return fields(
                path,
                fields.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, field -> List.of(field.getValue()))));
    }

    /** A form with boxes: every value of every field. */
    public HttpResponse<String> fields(String path, Map<String, List<String>> fields) {
        String body = fields.entrySet().stream()
                .flatMap(field -> field.getValue().stream()
                        .map(value -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                                + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&", "_csrf=token&", ""));
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        for (int index = 0; index < headers.length; index += 2) {
            request.setHeader(headers[index], headers[index + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return Unchecked.get(() -> CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        server.close();
        base.close();
    }
}
