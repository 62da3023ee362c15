package dev.ronde.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every connection to any loopback address as a Redis that asks for a password; for load, where one real Redis is too few. */
public final class RedisLikeServer implements AutoCloseable {
    private static final byte[] NOAUTH = "-NOAUTH Authentication required.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket socket;

    public RedisLikeServer() {
        socket = Unchecked.get(() -> new ServerSocket(0, 500, InetAddress.getByAddress(new byte[4])));
        Thread thread = new Thread(this::serve, "redis-like");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        byte[] buffer = new byte[256];
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setSoTimeout(2_000);
                if (client.getInputStream().read(buffer) > 0) {
                    client.getOutputStream().write(NOAUTH);
                }
            } catch (IOException e) {
                // the next client is served
            }
        }
    }

    @Override
    public void close() {
        Unchecked.run(() -> socket.close());
    }
}
