package dev.ronde;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Picks the port before anything is built, because links in mails contain it. */
final class FreePort {
    private FreePort() {}

    /**
     * Settings with a real port in them.
     *
     * @param command whether the server is for one command: then on loopback, whatever is set
     */
    static Settings resolve(Settings settings, boolean command) {
        if (!command && settings.integer(Setting.HTTP_PORT) != 0) {
            return settings;
        }
        String port = String.valueOf(free());
        Settings placed = settings.with(Setting.HTTP_PORT, port);
        if (command) {
            return placed.with(Setting.HTTP_HOST, "127.0.0.1");
        }
        return settings.origin(Setting.BASE_URL) == Settings.Origin.COMPUTED
                ? placed.with(Setting.BASE_URL, "http://localhost:" + port)
                : placed;
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
