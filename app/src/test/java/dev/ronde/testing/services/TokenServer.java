package dev.ronde.testing.services;

import com.sun.net.httpserver.HttpServer;
import dev.ronde.testing.Unchecked;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells a mail server whose access token it was shown (RFC 7662, asked by GET as Dovecot does). */
public final class TokenServer implements AutoCloseable {
    private final Set<String> valid = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    /** @param user whose tokens they are */
    public TokenServer(String user) {
        server = Unchecked.get(() -> HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.createContext("/", exchange -> {
            String token = exchange.getRequestURI().getQuery().replaceFirst("^token=", "");
            String body = valid.contains(token) ? "{\"active\":true,\"email\":\"" + user + "\"}" : "{\"active\":false}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    /** Makes a token the only one that counts. */
    public void accept(String token) {
        valid.clear();
        valid.add(token);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
