package dev.ronde;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortTakenTest {
    @Test
    void aPortThatSomebodyHasIsASettingThatStopsTheStart() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThatThrownBy(() -> TestApp.start(
                            TestClock.at("2026-03-02T09:00:00Z"),
                            Map.of(Setting.HTTP_PORT, port, Setting.HTTP_HOST, "127.0.0.1")))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("RONDE_HTTP_PORT is " + port)
                    .hasMessageContaining("set RONDE_HTTP_PORT to a free port");
        }
    }
}
