package dev.ronde;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Picks the port before anything is built, because links in mails contain it. */
public final class FreePort {
    private static final int LOWEST = 20_000;
    /** Where the ports of outgoing connections begin on Linux; elsewhere they lie higher still (RFC 6335: from 49152). */
    private static final int HIGHEST = 32_768;

    private static final int TRIES = 200;

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

    /** A free port below the range that systems use for outgoing connections, so that none of those takes it meanwhile. */
    public static int free() {
        for (int tried = 0; tried < TRIES; tried++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port was found between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
