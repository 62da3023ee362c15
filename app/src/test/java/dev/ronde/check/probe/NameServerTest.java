package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.config.SettingsReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NameServerTest {
    private static Settings settings(String resolver) {
        return SettingsReader.read(Map.of(Setting.PROBE_RESOLVER, resolver, Setting.HOME, "target/none"), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.53, 10.0.0.53, 53",
        "10.0.0.53:5353, 10.0.0.53, 5353",
        "2001:db8::53, 2001:db8:0:0:0:0:0:53, 53",
        "[2001:db8::53]:5353, 2001:db8:0:0:0:0:0:53, 5353"
    })
    void isAnAddressWithItsPort(String text, String host, int port) {
        assertThat(NameServer.of(settings(text))).isEqualTo(new NameServer(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resolver.example.org", "resolver.example.org:53", "10.0.0.53:0", "10.0.53", "fe80::1%eth0"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> NameServer.of(settings(text)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("RONDE_PROBE_RESOLVER is " + text)
                .hasMessageContaining("10.0.0.53");
        assertThatThrownBy(() -> Probes.require(settings(text)))
                .as("said before anything is made in the home")
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void isTheFirstOfThisMachineWhereNoneIsNamed() {
        assertThat(NameServer.first(List.of(
                        "# nameserver 192.0.2.9",
                        "search example.org",
                        "nameserver fe80::1%eth0",
                        " nameserver\t192.0.2.1 ",
                        "nameserver 192.0.2.2")))
                .contains("192.0.2.1");
        assertThat(NameServer.first(List.of("options ndots:1", "nameserver"))).isEmpty();
        assertThat(NameServer.of(SettingsReader.read(Map.of(Setting.HOME, "target/none"), Map.of()))
                        .port())
                .isEqualTo(53);
    }
}
