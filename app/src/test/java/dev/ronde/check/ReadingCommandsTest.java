package dev.ronde.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.App;
import dev.ronde.control.TestChecks;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A command that is given without the operator's folder knows less than the server; it must not undo what the server knows. */
final class ReadingCommandsTest {
    private final TestClock clock = new TestClock();

    @TempDir
    Path folder;

    private TestApp open(Map<Setting, String> more, App.Mode mode) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.putAll(more);
        settings.put(Setting.HOME, folder.resolve("home").toString());
        return TestApp.start(clock, settings, mode);
    }

    private static JsonNode published(TestApp app) {
        return app.app().database().read(handle -> {
            long retired = handle.createQuery("select count(*) from evidence_record where rec_type = 'check.retired'")
                    .mapTo(Long.class)
                    .one();
            long states = handle.createQuery("select count(*) from check_state where check_id = 'door-closed'")
                    .mapTo(Long.class)
                    .one();
            return Json.tree("[" + retired + "," + states + "]");
        });
    }

    @Test
    void retireNothing() {
        TestChecks.writeDoor(folder.resolve("checks"), TestChecks.doorText());
        Map<Setting, String> own =
                Map.of(Setting.CHECKS, folder.resolve("checks").toString());
        try (TestApp app = open(own, App.Mode.STILL)) {
            app.post(
                    "/api/v1/assets",
                    Map.of("ref", "r1", "name", "R", "kind", "service.redis", "owner", "o@example.com"));
            assertThat(published(app)).hasToString("[0,1]");
        }
        try (TestApp command = open(Map.of(), App.Mode.COMMAND)) {
            assertThat(command.get("/api/v1/waivers").status()).isEqualTo(200);
            assertThat(published(command)).hasToString("[0,1]");
        }
        try (TestApp app = open(Map.of(), App.Mode.STILL)) {
            assertThat(published(app))
                    .as("the server itself retires what it has no more")
                    .hasToString("[1,0]");
        }
    }
}
