package dev.ronde.asset.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched, and what cannot be read, as pages, API and checks tell it. */
final class PullAppTest {
    @Test
    void whatIsFetchedIsShownAndWhatCannotBeReadIsSaidEverywhere(@TempDir Path folder) throws IOException {
        TestClock clock = new TestClock();
        Path one = Files.writeString(folder.resolve("one.json"), "{\"os\":{\"family\":\"linux\"}}");
        Path file = Files.writeString(folder.resolve("sources.yaml"), """
                sources:
                  - {id: one, every: PT5M, file: one.json, asset: host-1, source: host.v1}
                  - {id: gone, every: PT5M, file: gone.json, asset: host-1, source: host.v1}
                """);
        try (TestApp app = TestApp.start(clock, Map.of(Setting.SOURCES, file.toString()))) {
            app.post(
                    "/api/v1/assets",
                    Map.of("ref", "host-1", "name", "One", "kind", "host.server", "owner", "o@example.org"));
            clock.advance(Duration.ofMinutes(6));
            app.settle();
            assertThat(app.get("/settings/sources").body())
                    .contains("one.json", "Interval: 5 min", "one snapshot taken")
                    .contains("cannot be read", "there is no file gone.json", "since");
            assertThat(app.get("/api/v1/pull-sources").json().path("items").findValuesAsString("id"))
                    .containsExactlyInAnyOrder("one", "gone");
            assertThat(app.get("/api/v1/doctor").body()).contains("A source of snapshots cannot be read. gone");

            Files.writeString(one, "{\"os\":");
            clock.advance(Duration.ofMinutes(6));
            app.settle();
            clock.advance(Duration.ofMinutes(6));
            app.settle();
            assertThat(app.get("/assets/host-1").body()).contains("fetched by Ronde");
            assertThat(app.get("/api/v1/check-runs?asset=host-1&check=host-patch-level")
                            .text("/items/0/reason"))
                    .isEqualTo("snapshot-refused");
        }
    }
}
