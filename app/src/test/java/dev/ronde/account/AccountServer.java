package dev.ronde.account;

import dev.ronde.asset.inventory.TokenAssets;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.OpenApi;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.WebServer;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.Unchecked;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A web server with the account room alone, and a client that keeps cookies like a browser. */
final class AccountServer implements AutoCloseable {
    final AccountRoom room;
    final Database database;
    final SetupLinks links;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new HashMap<>();

    AccountServer(Database database) {
        Settings settings = SettingsReader.read(
                Map.of(Setting.BASE_URL, "http://ronde.example.org", Setting.ZONE, "Europe/Paris"), Map.of());
        TestClock clock = new TestClock();
        this.database = database;
        this.links = new SetupLinks(database, settings, clock);
        this.room = new AccountRoom(
                database,
                settings,
                clock,
                new EvidenceLog(clock, "n1/test"),
                new Allowances(database, clock),
                new TokenAssets());
        Overlay templates = Overlay.templates(settings);
        Messages messages = new Messages(templates);
        Authenticator authenticator = room.authenticator();
        PageRenderer pages = new PageRenderer(
                new Templates(templates, messages), messages, authenticator, clock, settings.locale(), settings.zone());
        Router router = new Router();
        room.routes(pages).forEach(routes -> routes.register(router));
        this.server = new WebServer(
                router,
                new OpenApi("test"),
                authenticator,
                pages,
                database,
                new SimpleMeterRegistry(),
                clock,
                URI.create("http://localhost"));
        server.start("127.0.0.1", 0);
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** With further headers, name and value in turn. */
    HttpResponse<String> get(String path, String... headers) {
        return send(request(path).GET().headers(headers));
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A file sent with a form, and its other fields. */
    HttpResponse<String> upload(String path, Map<String, String> form, String field, String file) {
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append("--b\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        body.append("--b\r\nContent-Disposition: form-data; name=\"")
                .append(field)
                .append("\"; filename=\"file\"\r\n\r\n")
                .append(file)
                .append("\r\n--b--\r\n");
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    HttpResponse<String> api(String method, String path, String token, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return exchange(request.build());
    }

    void signIn(String email, String password) {
        get("/login");
        post("/login", Map.of("email", email, "password", password));
    }

    /** The form token of the present session. */
    String csrf() {
        return Sessions.formToken(cookies.get("ronde_session"));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request.build());
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return response;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        return Unchecked.get(() -> client.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    String address(String path) {
        return uri(path).toString();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        server.close();
    }
}
