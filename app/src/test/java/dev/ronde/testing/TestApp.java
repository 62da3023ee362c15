package dev.ronde.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.App;
import dev.ronde.account.Tokens;
import dev.ronde.asset.inventory.TokenAssets;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The whole app on a free port over a temporary home. The clock is the test's; nothing runs by itself ({@link App.Mode#STILL}) unless
 * asked: {@link #settle()} runs every tick until nothing is due.
 */
public final class TestApp implements AutoCloseable {
    private final App app;
    private final Path home;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private TestApp(App app, Path home) {
        this.app = app;
        this.home = home;
    }

    public static TestApp start(InstantSource clock, Map<Setting, String> settings) {
        return start(clock, settings, App.Mode.STILL);
    }

    public static TestApp start(InstantSource clock, Map<Setting, String> settings, App.Mode mode) {
        Map<Setting, String> all = new EnumMap<>(Setting.class);
        if (!settings.containsKey(Setting.HOME)) {
            all.put(
                    Setting.HOME,
                    freshHome(!settings.containsKey(Setting.DB_URL)).toString());
        }
        all.put(Setting.HTTP_PORT, "0");
        all.put(Setting.ZONE, "Europe/Paris");
        // not that of the machine: nobody is there, and of this machine nobody has to wait for a second between two
        // questions
        all.put(Setting.PROBE_RESOLVER, "127.0.0.1:1");
        all.putAll(settings);
        // an empty one is not set at all
        all.values().removeIf(String::isEmpty);
        Settings read = SettingsReader.read(all, new HashMap<>());
        return new TestApp(App.start(read, clock, mode), Path.of(all.get(Setting.HOME)));
    }

    private static Path freshHome(boolean withDatabase) {
        Path home = Leftovers.folder("ronde-home");
        if (withDatabase) {
            MigratedH2.copyTo(home);
        }
        return home;
    }

    public App app() {
        return app;
    }

    public Path home() {
        return home;
    }

    public URI address() {
        return app.api();
    }

    /** Runs every lane and tick until nothing is due at the clock's instant. */
    public TestApp settle() {
        app.settle();
        return this;
    }

    /** Lets days pass, each with what happens to reviews and is told and sealed of them; all else happens on the last one. */
    public void pass(TestClock clock, int days) {
        for (int day = 1; day < days; day++) {
            clock.advance(Duration.ofDays(1));
            app.settle(List.of("reviews", "reminders", "mail-relay", "seal"));
        }
        clock.advance(Duration.ofDays(1));
        app.settle();
    }

    /** Calls the API as the operator of this machine. */
    public Answer call(String method, String path, Object body) {
        return call(method, path, body, operator());
    }

    /** The headers of the operator of this machine, with these names and values of others. */
    public Map<String, String> operator(String... more) {
        return bearer(app.token(), more);
    }

    /** The headers of whoever has this token, with these names and values of others. */
    public static Map<String, String> bearer(String token, String... more) {
        Map<String, String> headers = new HashMap<>(Map.of("Authorization", "Bearer " + token));
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return call("POST", path, body);
    }

    /** A token that a person of this role made, so that it is another hand than the command line. */
    public String tokenOfPerson(String name, String role) {
        String email = name.replace(' ', '-') + "@example.net";
        post("/api/v1/people", Map.of("email", email, "name", name + " in person", "role", role));
        Tokens tokens =
                new Tokens(app.database(), app.clock(), new EvidenceLog(app.clock(), "test/1"), new TokenAssets(), 365);
        return app.database().inTransaction(tx -> {
            String maker = tx.createQuery("select actor_ref from person where email_key = :email")
                    .bind("email", email)
                    .mapTo(String.class)
                    .one();
            return tokens.add(
                            tx,
                            new Tokens.Wanted(name, Role.valueOf(role.toUpperCase(Locale.ROOT)), null),
                            new Actor("user", maker, "session"))
                    .secret();
        });
    }

    /** Sends a request; a body that is no text is sent as JSON. */
    public Answer call(String method, String path, Object body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(app.api() + path));
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else if (body instanceof String text) {
            request.method(method, HttpRequest.BodyPublishers.ofString(text));
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)));
        }
        return Unchecked.get(() -> {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(
                    response.statusCode(), response.body(), response.headers().map());
        });
    }

    /** Downloads what the API holds under the path, as the operator of this machine. */
    public byte[] bytes(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(app.api() + path))
                .header("Authorization", "Bearer " + app.token())
                .build();
        return Unchecked.get(() -> {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + response.statusCode());
            }
            return response.body();
        });
    }

    /** What came back. */
    public record Answer(int status, String body, Map<String, java.util.List<String>> headers) {
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
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    @Override
    public void close() {
        app.close();
    }
}
