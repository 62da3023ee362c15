package dev.ronde.testing.services;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that replays one script per connection; the last script serves all further ones. */
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket server;
    private final List<Script> scripts;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<ByteArrayOutputStream> received = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket server, List<Script> scripts) {
        this.server = server;
        this.scripts = scripts;
    }

    /** What happens on one connection. */
    @FunctionalInterface
    public interface Script {
        void serve(Peer peer) throws IOException, InterruptedException;
    }

    /** The client's end of one connection. */
    public record Peer(Socket socket, ByteArrayOutputStream log) {
        /** Reads what the client sends first, at least one byte. */
        public void hear() throws IOException {
            byte[] bytes = new byte[8_192];
            int count = socket.getInputStream().read(bytes);
            if (count > 0) {
                log.write(bytes, 0, count);
            }
        }

        public void say(String text) throws IOException {
            say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void say(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Ends the connection with RST. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the client goes away. */
        public void waitForEnd() throws IOException {
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[8_192];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                log.write(bytes, 0, count);
            }
        }
    }

    public static ScriptedServer start(Script... scripts) {
        return at("127.0.0.1", scripts);
    }

    /** @param address of loopback */
    public static ScriptedServer at(String address, Script... scripts) {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName(address));
            ScriptedServer server = new ScriptedServer(socket, List.of(scripts));
            Thread thread = new Thread(server::accept, "scripted-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hears something before it says each of these, texts or bytes, and closes after the last or instead of an empty one. */
    public static Script answer(Object... sayings) {
        return peer -> {
            for (Object saying : sayings) {
                peer.hear();
                if (bytes(saying).length == 0) {
                    return;
                }
                peer.say(bytes(saying));
            }
        };
    }

    /** Says the first of these unasked and answers with the others. */
    public static Script greet(Object first, Object... answers) {
        return peer -> {
            peer.say(bytes(first));
            answer(answers).serve(peer);
        };
    }

    private static byte[] bytes(Object saying) {
        return saying instanceof byte[] bytes ? bytes : ((String) saying).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Takes the connection and says nothing until the client gives up. */
    public static Script silence() {
        return Peer::waitForEnd;
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    /** Waits until so many connections were accepted, which happens a moment after the client made them. */
    public void awaitConnections(int count) {
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (connections.get() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    /** Returns what the client sent on the connection, counted from 0, as ISO-8859-1. */
    public String received(int connection) {
        return received.get(connection).toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                int index = connections.getAndIncrement();
                ByteArrayOutputStream log = new ByteArrayOutputStream();
                received.add(log);
                Script script = scripts.get(Math.min(index, scripts.size() - 1));
                Thread thread = new Thread(() -> serve(script, new Peer(socket, log)), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Script script, Peer peer) {
        try (Socket socket = peer.socket()) {
            script.serve(peer);
            if (!socket.isClosed()) {
                socket.shutdownOutput();
                peer.waitForEnd();
            }
        } catch (IOException e) {
            // The client went away, which is its right.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
