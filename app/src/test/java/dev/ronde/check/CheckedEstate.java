package dev.ronde.check;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.ronde.App;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An application from the outside: assets are added, their configurations pushed, and what became of them is read. */
public final class CheckedEstate implements AutoCloseable {
    public static final String OWNER = "owner@example.com";
    /** A host without encryption and without a missing update. */
    public static final String PLAIN_HOST =
            "{'os':{'family':'linux','supported':true},'disks':[{'device':'sda','encrypted':false}],"
                    + "'patches':{'pending_security':0,'reboot_required':false}}";

    public final TestApp app;
    private final TestClock clock;

    private CheckedEstate(TestApp app, TestClock clock) {
        this.app = app;
        this.clock = clock;
    }

    public static CheckedEstate start(TestClock clock, Map<Setting, String> settings) {
        return start(clock, settings, App.Mode.STILL);
    }

    public static CheckedEstate start(TestClock clock, Map<Setting, String> settings, App.Mode mode) {
        return new CheckedEstate(TestApp.start(clock, settings, mode), clock);
    }

    /** @param more names and values of further fields, which replace the usual ones */
    public void asset(String ref, String kind, Object... more) {
        assertThat(asked(ref, kind, more).status()).as(ref).isEqualTo(201);
    }

    public TestApp.Answer asked(String ref, String kind, Object... more) {
        Map<String, Object> body = new HashMap<>(
                Map.of("ref", ref, "name", "The " + ref, "kind", kind, "owner", OWNER, "criticality", "high"));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return app.post("/api/v1/assets", body);
    }

    /** @param json with single quotes; a minute later */
    public TestApp.Answer push(String ref, String source, String json) {
        clock.advance(Duration.ofMinutes(1));
        String path = "/api/v1/assets/" + ref + "/snapshots/" + source;
        TestApp.Answer answer = call("PUT", path, json.replace('\'', '"'));
        app.settle();
        return answer;
    }

    public void pushed(String ref, String source, String json) {
        TestApp.Answer answer = push(ref, source, json);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    public static String host(boolean encrypted) {
        return PLAIN_HOST.replace("false}]", encrypted + "}]");
    }

    /** As the operator, whatever the version of what is changed; a body is JSON. */
    public TestApp.Answer call(String method, String path, @Nullable Object body, String... headers) {
        Map<String, String> all = new HashMap<>(app.operator("If-Match", "*", "Cookie", "lang=en"));
        if (body instanceof String) {
            all.put("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return app.call(method, path, body, all);
    }

    public JsonNode get(String path) {
        return app.get(path).is(200).json();
    }

    public String text(String path, String pointer) {
        return get(path).at(pointer).asString("");
    }

    public List<JsonNode> items(String path) {
        return get(path).path("items").valueStream().toList();
    }

    /** The rows of a file by the names of its columns, in the order of the file. */
    public List<Map<String, String>> csv(String path) {
        return CsvReader.builder().ofNamedCsvRecord(page(path)).stream()
                .map(row -> row.getFieldsAsMap())
                .toList();
    }

    /** The newest run of a check; missing where there is none. */
    public JsonNode run(String asset, String check) {
        return get("/api/v1/check-runs?asset=" + asset + "&check=" + check).at("/items/0");
    }

    public String result(String asset, String check) {
        JsonNode run = run(asset, check);
        return (run.path("outcome").asString("") + " " + run.path("reason").asString("")).strip();
    }

    public String finding(String asset, String check) {
        return text("/api/v1/findings?state=open&asset=" + asset + "&check=" + check, "/items/0/id");
    }

    public String page(String path) {
        return page(path, "en");
    }

    public String page(String path, String language) {
        return call("GET", path, null, "Cookie", "lang=" + language).is(200).body();
    }

    public String token(String role, String... assets) {
        Map<String, Object> wanted = new HashMap<>(Map.of("name", "the " + role, "role", role, "days", 1));
        if (assets.length > 0) {
            wanted.put("assets", assets);
        }
        return app.post("/api/v1/tokens", wanted).is(201).text("/token");
    }

    /** Accepts what fails for twenty days; the waiver is in force. */
    public void accept(String asset, String check) {
        String until = clock.instant().plus(Duration.ofDays(20)).toString().substring(0, 10);
        TestApp.Answer asked = call(
                        "POST",
                        "/api/v1/findings/" + finding(asset, check) + "/waivers",
                        Map.of("category", "accepted-risk", "reason", "It is replaced next week.", "until", until),
                        "Authorization",
                        "Bearer " + app.tokenOfPerson("lead", "compliance"))
                .is(201);
        String path = "/api/v1/waivers/" + asked.text("/ref") + "/approve";
        assertThat(app.post(path, Map.of()).text("/state")).isEqualTo("active");
    }

    public CheckedEstate settle() {
        app.settle();
        return this;
    }

    @Override
    public void close() {
        app.close();
    }
}
