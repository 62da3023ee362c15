package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaiverFileTest {
    @TempDir
    Path folder;

    private WaiverFile read(String text) throws IOException {
        return WaiverFile.read(
                Files.writeString(folder.resolve("waivers.yaml"), text).toString());
    }

    @Test
    void namesTheLineOfEveryField() throws IOException {
        WaiverFile file = read("""
                waivers:
                  - check: door-closed
                    assets:
                      - jump-1
                      - jump-2
                    boundTo: sha256:00
                    compensatingCheck: other-check
                  - check: window-closed
                """);
        assertThat(Json.write(file.document()))
                .isEqualTo(
                        "{\"waivers\":[{\"check\":\"door-closed\",\"assets\":[\"jump-1\",\"jump-2\"],"
                                + "\"bound_to\":\"sha256:00\",\"compensating_check\":\"other-check\"},{\"check\":\"window-closed\"}]}");
        assertThat(file.place("/waivers/0/assets/1")).endsWith("waivers.yaml line 5, waivers.0.assets.1");
        assertThat(file.place("/waivers/0/bound_to")).endsWith("line 6, waivers.0.bound_to");
        assertThat(file.place("/waivers/1/until")).as("where it is missing").endsWith("line 8, waivers.1.until");
    }

    @Test
    void refusesWhatIsNoYaml() {
        assertThatThrownBy(() -> read("waivers:\n  - check: a\n    check: b\n"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("stands twice");
    }
}
