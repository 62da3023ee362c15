package dev.ronde.check.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostPostureTest {
    private final HostPosture deriver = new HostPosture();

    @Test
    void countsDisksAndPatches() {
        Map<String, Object> facts = deriver.derive(Map.of(
                "os", Map.of("family", "windows", "name", "Windows 10", "supported", true),
                "disks",
                        List.of(
                                Map.of("device", "C:", "encrypted", true),
                                Map.of("device", "D:", "encrypted", false),
                                Map.of("device", "E:", "encrypted", false, "removable", true)),
                "patches",
                        Map.of(
                                "pending_security",
                                2L,
                                "pending_critical",
                                1L,
                                "missing",
                                List.of("KB4528760"),
                                "reboot_required",
                                true,
                                "automatic",
                                false,
                                "last_installed_on",
                                "2020-01-14")));
        assertThat(facts)
                .isEqualTo(Map.of(
                        "os", Map.of("family", "windows", "supported", true),
                        "disks", Map.of("fixed", 2L, "unencrypted", 1L, "unencryptedRemovable", 1L),
                        "patches",
                                Map.of(
                                        "pendingSecurity",
                                        2L,
                                        "pendingCritical",
                                        1L,
                                        "missing",
                                        1L,
                                        "rebootRequired",
                                        true,
                                        "automatic",
                                        false,
                                        "lastInstalledAt",
                                        "2020-01-14T00:00:00Z")));
    }

    @Test
    void whatIsNotSaidIsAbsentAndNeverZero() {
        assertThat(deriver.derive(Map.of("os", Map.of("family", "linux"))))
                .isEqualTo(Map.of("os", Map.of("family", "linux")));
        assertThat(deriver.derive(Map.of("os", Map.of("family", "linux"), "patches", Map.of())))
                .containsEntry("patches", Map.of());
    }

    static List<Map<String, Object>> broken() {
        Map<String, Object> os = Map.of("family", "linux");
        return List.of(
                Map.of(),
                Map.of("os", "linux"),
                Map.of("os", Map.of()),
                Map.of("os", os, "disks", Map.of()),
                Map.of("os", os, "disks", List.of("sda")),
                Map.of("os", os, "disks", List.of(Map.of("device", "sda"))),
                Map.of("os", os, "disks", List.of(Map.of("device", "sda", "encrypted", "yes"))),
                Map.of("os", os, "patches", List.of()),
                Map.of("os", os, "patches", Map.of("pending_security", "0")),
                Map.of("os", os, "patches", Map.of("pending_security", -1L)),
                Map.of("os", os, "patches", Map.of("last_installed_on", "14/01/2020")));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refusesWhatItDoesNotUnderstand(Map<String, Object> document) {
        assertThatThrownBy(() -> deriver.derive(document)).isInstanceOf(Deriver.UnparsableException.class);
    }
}
