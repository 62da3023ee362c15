package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.schedule.NodeMark;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every node must find the exports of the others. */
final class DoctorExportsTest {
    private final TestClock clock = new TestClock();

    @AutoClose
    private final TestApp app = TestApp.start(clock, Map.of());

    @Test
    void aNodeThatKeepsItsExportsElsewhereIsNamed() {
        Path exports = app.home().resolve("exports");
        checkIn("n7/abcd");
        assertThat(exports().path("state").asString("")).isEqualTo("fail");
        assertThat(exports().path("text").asString("")).contains("n7/abcd", exports.toString());

        NodeMark mark = NodeMark.leave(exports, "n7/abcd");
        assertThat(exports().path("state").asString("")).isEqualTo("ok");

        mark.remove();
        clock.advance(Duration.ofMinutes(1));
        assertThat(exports().path("state").asString(""))
                .as("a node that is gone")
                .isEqualTo("ok");
        assertThat(exports).isEmptyDirectory();
    }

    private void checkIn(String node) {
        app.app()
                .database()
                .useTransaction(tx -> tx.createUpdate("insert into qrtz_scheduler_state"
                                + " (sched_name, instance_name, last_checkin_time, checkin_interval)"
                                + " values ('ronde', :node, :at, 5000)")
                        .bind("node", node)
                        .bind("at", clock.instant().toEpochMilli())
                        .execute());
    }

    private JsonNode exports() {
        for (JsonNode item : app.get("/api/v1/doctor").json().path("items")) {
            if (item.path("area").asString("").equals("exports")) {
                return item;
            }
        }
        throw new AssertionError("doctor says nothing of exports");
    }
}
