package dev.ronde.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too long, of the wrong kind or slow, sent by people nobody knows. */
final class BodyBoundsTest {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final int SLOW = 60;

    @AutoClose
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start(new TestClock(), Map.of(Setting.METRICS_TOKEN, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/logout", "/setup", "/r/abc", "/r/abc/files/none", "/u/abc", "/assets/bulk"})
    void aFormWithAFileIsTakenWhereAFileIsAskedForOnly(String path) throws IOException {
        try (Conversation with = new Conversation()) {
            // nothing of it is sent: what is refused is refused by its headers
            with.send("POST " + path + " HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    + "Content-Length: 600000000\r\n");
            assertThat(with.status()).containsAnyOf(" 415 ", " 303 ", " 404 ");
        }
        try (Conversation with = new Conversation()) {
            with.send(
                    "POST /login HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 20\r\n");
            with.raw("--b--\r\n              ");
            assertThat(with.status()).contains(" 415 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/setup", "/logout", "/r/abc", "/d/abc", "/u/abc", "/m/abc"})
    void aFormWithoutASessionHas64KiB(String path) throws IOException {
        try (Conversation with = new Conversation()) {
            with.send("POST " + path + " HTTP/1.1\r\n" + FORM + "Content-Length: 29000000\r\n");
            assertThat(with.status()).containsAnyOf(" 413 ", " 405 ");
        }
        try (Conversation with = new Conversation()) {
            with.send("POST " + path + " HTTP/1.1\r\n" + FORM + "Transfer-Encoding: chunked\r\n");
            String piece = "a=" + "b".repeat(8_190);
            for (int sent = 0; sent < 12; sent++) {
                with.raw("2000\r\n" + piece + "\r\n");
            }
            assertThat(with.status())
                    .containsAnyOf(
                            " 413 ", // it was read as far as is taken
                            " 303 ", " 404 ", " 405 "); // it was not read at all
        }
    }

    @Test
    void slowBodiesHoldNoThread() throws IOException {
        List<Conversation> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                slow.add(begin("Content-Length: 1000\r\n", "e"));
                slow.add(begin("Transfer-Encoding: chunked\r\n", "1\r\ne\r\n"));
                slow.add(begin("Content-Length: 29000000\r\n", "e"));
            }
            for (String path : List.of("/healthz", "/readyz", "/login")) {
                try (Conversation with = new Conversation()) {
                    with.send("GET " + path + " HTTP/1.1\r\n");
                    assertThat(with.status()).as(path).startsWith("HTTP/1.1 ").doesNotContain("timed out");
                }
            }
        } finally {
            for (Conversation one : slow) {
                one.close();
            }
        }
    }

    @Test
    void longBodiesShareWhatThereIsAndOthersNeedNone() throws Exception {
        String known = "Authorization: Bearer " + app.app().token() + "\r\n";
        List<Conversation> long17 = new ArrayList<>();
        ExecutorService readers = Executors.newFixedThreadPool(17);
        try {
            for (int i = 0; i < 17; i++) {
                Conversation with = new Conversation();
                with.send("POST /api/v1/people HTTP/1.1\r\n" + known
                        + "Content-Type: application/json\r\nContent-Length: 900000\r\n");
                with.raw("{");
                long17.add(with);
            }
            String refused = readers.invokeAny(
                    long17.stream()
                            .map(one -> (Callable<String>) () -> one.status() + one.until("Retry-After"))
                            .toList(),
                    4_500, // nobody waits for a place
                    TimeUnit.MILLISECONDS);
            assertThat(refused).contains(" 503 ").endsWith(" 5");
            try (Conversation with = new Conversation()) {
                with.send("POST /api/v1/probing/resume HTTP/1.1\r\n" + known);
                assertThat(with.status()).doesNotContain(" 503 ");
            }
        } finally {
            for (Conversation one : long17) {
                one.close();
            }
            readers.shutdownNow();
        }
    }

    @Test
    void oneAddressHasSoManyConnections() throws IOException {
        List<Conversation> many = new ArrayList<>();
        try {
            for (int i = 0; i < Arrivals.OF_ONE_ADDRESS + 40; i++) {
                many.add(new Conversation());
            }
            long answered = many.stream()
                    .filter(one -> one.asked("GET /healthz HTTP/1.1\r\n"))
                    .count();
            // connections that other tests closed may still count
            assertThat(answered).isBetween(Arrivals.OF_ONE_ADDRESS / 2L, (long) Arrivals.OF_ONE_ADDRESS);
        } finally {
            for (Conversation one : many) {
                one.close();
            }
        }
    }

    @Test
    void metricsAreForThisMachineUnderItsOwnName() throws IOException {
        for (String host : List.of("localhost", "127.0.0.1:8080", "[::1]")) {
            assertThat(metrics(host)).as(host).contains(" 200 ");
        }
        for (String host : List.of("evil.example", "localhost.evil.example", "192.0.2.7", "127.evil.example")) {
            assertThat(metrics(host)).as(host).contains(" 403 ");
        }
    }

    private static String metrics(String host) throws IOException {
        try (Conversation with = new Conversation()) {
            with.raw("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            return with.status();
        }
    }

    @Test
    void listeningToAJobHoldsNoThread() throws IOException {
        String job = app.post("/api/v1/evidence/exports", Map.of("from", "2026-01-01", "to", "2026-02-01"))
                .json()
                .get("id")
                .asString();
        List<Conversation> listening =
                IntStream.range(0, SLOW).mapToObj(i -> new Conversation()).toList();
        try {
            for (Conversation one : listening) {
                one.send("GET /api/v1/jobs/" + job + "/events HTTP/1.1\r\nAuthorization: Bearer "
                        + app.app().token() + "\r\n");
            }
            for (Conversation one : listening) {
                assertThat(one.status()).contains(" 200 ");
                assertThat(one.until("data: ")).contains("\"state\":\"queued\"");
            }
            try (Conversation with = new Conversation()) {
                with.send("GET /login HTTP/1.1\r\n");
                assertThat(with.status()).contains(" 200 ");
            }
            app.settle();
            assertThat(listening.get(0).until("\"state\":\"done\"")).contains("data: ");
        } finally {
            for (Conversation one : listening) {
                one.close();
            }
        }
    }

    private static Conversation begin(String header, String bytes) throws IOException {
        Conversation with = new Conversation();
        with.send("POST /login HTTP/1.1\r\n" + FORM + header);
        with.raw(bytes);
        return with;
    }

    /** A connection that says what it wants and waits some seconds for an answer. */
    private static final class Conversation implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Conversation() {
            try {
                socket = new Socket("127.0.0.1", app.address().getPort());
                socket.setSoTimeout(5_000);
                in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void send(String head) throws IOException {
            raw(head + "Host: localhost\r\n\r\n");
        }

        void raw(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        String status() throws IOException {
            return String.valueOf(in.readLine());
        }

        boolean asked(String head) {
            try {
                send(head);
                return status().contains(" 200 ");
            } catch (IOException e) {
                return false;
            }
        }

        /** The first line that holds this text. */
        String until(String text) throws IOException {
            String line = in.readLine();
            while (line != null && !line.contains(text)) {
                line = in.readLine();
            }
            return String.valueOf(line);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
