package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import dev.ronde.platform.address.HostName;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.Unchecked;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a target sent is in one buffer, and that buffer holds nothing any more when the exchange is over, however it ended. */
final class WipedTest {
    private static final String SECRET = "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\ndb_password=hush-4711-hush-4711";
    private static final ProbeLimits LIMITS = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofSeconds(2), 4_096);

    private final List<byte[]> buffers = new ArrayList<>();

    private static ProbeSession session(int port) {
        return session(port, List.of());
    }

    static ProbeSession session(int port, List<HostPort> canaries) {
        ProbePolicy.Verdict.Allowed allowed = new ProbePolicy.Verdict.Allowed(
                HostName.parse("127.0.0.1"), List.of(TestNetwork.address("127.0.0.1")), port);
        ProbePolicy policy = TestNetwork.policy("127.0.0.1", name -> List.of());
        ProbeNetwork network = new ProbeNetwork(
                policy,
                new VantageCanary(canaries, name -> List.of(), policy, System::nanoTime),
                "internal",
                new TestClock(),
                System::nanoTime,
                "Ronde/1");
        return new ProbeSession(allowed, TestNetwork.target(port), new Budget(LIMITS, System::nanoTime), network);
    }

    private String read(Line line) throws IOException {
        buffers.add(line.buffer());
        line.send("give\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(line.atLeast(SECRET.length())).isTrue();
        assertThat(line.startsWith("HTTP/1.1 200")).isTrue();
        return "read";
    }

    private void assertWiped(int exchanges) {
        assertThat(buffers)
                .hasSize(exchanges)
                .allSatisfy(buffer -> assertThat(buffer).isNotEmpty().containsOnly((byte) 0));
    }

    @Test
    void anExchangeThatEndsWell() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(SECRET))) {
            List<CharSequence> views = new ArrayList<>();
            Reply<String> reply = session(server.port()).plain("GIVE", line -> {
                String word = read(line);
                views.add(line.text(0, line.length()));
                assertThat(views.get(0).toString()).isEqualTo(SECRET);
                return word;
            });
            assertThat(reply.content()).isEqualTo("read");
            assertWiped(1);
            assertThat(views.get(0).chars()).as("a text of it is no copy").containsOnly(0);
        }
    }

    @Test
    void oneQuestionBeforeTheNext() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(SECRET))) {
            session(server.port()).plain("GIVE", line -> {
                read(line);
                line.wipe();
                assertWiped(1);
                return "read";
            });
            assertWiped(1);
        }
    }

    @Test
    void oneThatBreaks() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(SECRET))) {
            ProbeSession session = session(server.port());
            session.plain("GIVE", line -> {
                read(line);
                throw new IOException("the answer ends");
            });
            assertThatThrownBy(() -> session.plain("GIVE", line -> {
                        read(line);
                        throw new IllegalArgumentException("a probe is broken");
                    }))
                    .hasMessage("a probe is broken");
            assertThatThrownBy(() -> session.raw("GIVE", line -> {
                        read(line);
                        Thread.currentThread().interrupt();
                        line.more();
                        return "never";
                    }))
                    .isInstanceOf(ProbeThread.StoppedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertWiped(3);
        }
    }

    @Test
    void oneThroughTls() throws Exception {
        try (ServerSocket server =
                new DummySSLServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> answering = Elsewhere.run(() -> answerOnce(server));
            Reply<String> reply = session(server.getLocalPort()).tls("GIVE", line -> {
                read(line);
                return "read";
            });
            answering.join();
            assertThat(reply.content()).isEqualTo("read");
            assertWiped(1);
        }
    }

    private static void answerOnce(ServerSocket server) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isEqualTo('g');
            socket.getOutputStream().write(SECRET.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void chunksThatAreMovedTogether() throws IOException {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhush-\r\n4\r\n4711\r\n0\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(chunked))) {
            ProbeSession session = session(server.port());
            session.plain("GET /", line -> {
                buffers.add(line.buffer());
                HttpReply reply = HttpTalk.get("/", session).exchange(line);
                assertThat(line.contains("hush-4711".getBytes(StandardCharsets.US_ASCII), 0, reply.bodyEnd()))
                        .isTrue();
                return "read";
            });
            assertWiped(1);
        }
    }

    @Test
    void aDatagramWhateverIsMadeOfIt() throws Exception {
        for (boolean breaks : new boolean[] {false, true}) {
            try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
                CompletableFuture<Void> answering = Elsewhere.run(() -> answerOnce(server));
                ProbeSession session = session(server.getLocalPort());
                try {
                    session.datagram("GIVE", new byte[] {1}, (bytes, length) -> {
                        buffers.add(bytes);
                        assertThat(length).isEqualTo(SECRET.length());
                        if (breaks) {
                            throw new IllegalArgumentException("a probe is broken");
                        }
                        return "read";
                    });
                    assertThat(breaks).isFalse();
                } catch (IllegalArgumentException e) {
                    assertThat(breaks).isTrue();
                }
                answering.join();
            }
        }
        assertWiped(2);
    }

    private static void answerOnce(DatagramSocket server) {
        Unchecked.run(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            server.receive(packet);
            byte[] answer = SECRET.getBytes(StandardCharsets.US_ASCII);
            server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        });
    }
}
