package dev.ronde.check.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ronde.check.probe.HostAddresses;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestClock;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** An agent whose server does as a test wants. */
final class ProbeAgentTest {
    private static final UUID WORK = new UUID(0, 7);

    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch telling = new CountDownLatch(1);
    private final CountDownLatch refuse = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder;

    private HttpServer server;
    private ProbeAgent agent;
    private Thread working;
    private volatile boolean given;
    private volatile boolean unwanted;
    private volatile boolean known = true;
    private volatile int refusal;
    private volatile String refusedAs = "application/problem+json";
    private volatile String refusedWith = "{\"code\":\"unauthorized\",\"errors\":[]}";
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/probe-agent/work", this::work);
        server.createContext("/api/v1/probe-agent/work/" + WORK + "/answer", this::answer);
        server.start();
        agent = agent("http://127.0.0.1:" + server.getAddress().getPort());
        working = new Thread(
                () -> {
                    try {
                        agent.run(said::add);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (ProbeAgent.RefusedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "agent");
    }

    private ProbeAgent agent(String url) {
        return ProbeAgent.of(
                SettingsReader.read(
                        Map.of(
                                Setting.HOME,
                                folder.toString(),
                                Setting.URL,
                                url,
                                Setting.TOKEN,
                                "t",
                                Setting.PROBE_ALLOW,
                                "127.0.0.1/32"),
                        Map.of()),
                new TestClock());
    }

    @AfterEach
    void stop() throws InterruptedException {
        agent.close();
        working.interrupt();
        working.join(5_000);
        server.stop(0);
        threads.shutdownNow();
    }

    /** Gives out one look at a port, and says of it that nobody wants it from when the test says so. */
    private void work(HttpExchange exchange) throws IOException {
        JsonNode asking = Json.tree(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (told.get() == 1) {
            known &= asking.path("running").toString().contains(WORK.toString());
        }
        pause(50);
        if (refusal > 0) {
            exchange.getResponseHeaders().set("Content-Type", refusedAs);
            reply(exchange, refusal, refusedWith);
            return;
        }
        String items = given ? "[]" : "[{\"id\":\"" + WORK + "\",\"task\":" + task() + "}]";
        given = true;
        reply(exchange, 200, "{\"items\":" + items + ",\"stop\":" + (unwanted ? "[\"" + WORK + "\"]" : "[]") + "}");
    }

    /** Asking again changes nothing for a token, or a release, that the server does not take. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401|does not know this token, or it has ended; make one there: ronde token add --role prober
            403|may not probe; make one there: ronde token add --role prober
            400|is of another release than this agent
            409|is of another release than this agent""")
    void endsWhereTheServerNeverLetsItProbe(int status, String said) {
        refusal = status;
        assertThatThrownBy(() -> agent.run(text -> {}))
                .isInstanceOf(ProbeAgent.RefusedException.class)
                .hasMessageContaining(said);
    }

    /** A proxy that turns it away once, or a portal in between, is not the server. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"401|text/html|<h1>Log in</h1>", "403|application/json|{\"code\":\"x\",\"errors\":[]}"})
    void asksAgainWhereSomebodyElseTurnsItAway(int status, String type, String body) throws InterruptedException {
        given = true;
        working.start();
        assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("Work comes from");
        refusedAs = type;
        refusedWith = body;
        refusal = status;
        assertThat(said.poll(10, TimeUnit.SECONDS))
                .contains("something on the way to it answered " + status, "let this agent through");
        refusal = 0;
        assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("Work comes from");
    }

    @Test
    void whatHasNoWordsOfItsOwnIsSaid() {
        assertThat(ProbeAgent.said(new ConnectException())).contains("it cannot be reached");
        assertThat(ProbeAgent.said(new HttpConnectTimeoutException(""))).isEqualTo("it did not answer in time");
        assertThat(ProbeAgent.said(new EOFException())).isEqualTo("EOFException");
    }

    private static String task() throws IOException {
        try (ServerSocket closed = new ServerSocket(0)) {
            ProbeTarget target = new ProbeTarget(
                            "host-1",
                            "127.0.0.1",
                            closed.getLocalPort(),
                            null,
                            null,
                            LocalDate.of(2026, 12, 31),
                            ZoneOffset.UTC,
                            Map.of())
                    .at(List.of(HostAddresses.literal("127.0.0.1")));
            return Json.write(ProbeTask.of(
                    "tcp.connect", target, new ProbeLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(15), 1)));
        }
    }

    /** Does not take the first answer, once the test says so. */
    private void answer(HttpExchange exchange) throws IOException {
        answers.add(Json.tree(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        boolean first = told.incrementAndGet() == 1;
        telling.countDown();
        if (first) {
            try {
                refuse.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        reply(exchange, first ? 503 : 200, "{\"taken\":true}");
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void isTold() throws InterruptedException {
        for (String time : List.of("not taken", "told again")) {
            JsonNode answer = answers.poll(10, TimeUnit.SECONDS);
            assertThat(answer).as(time).isNotNull();
            assertThat(answer.path("exchanges")).hasSize(1);
        }
    }

    /** That nobody waits any more reaches it while it tells what it exchanged: it is at it until that is told. */
    @Test
    void whatItTellsIsNotInterruptedByAStop() throws InterruptedException {
        working.start();
        assertThat(telling.await(10, TimeUnit.SECONDS)).isTrue();
        unwanted = true;
        pause(500);
        refuse.countDown();
        isTold();
        assertThat(known).as("it said that it was at it all the time").isTrue();
    }

    @Test
    void whatItTellsIsToldBeforeItEnds() throws InterruptedException {
        working.start();
        assertThat(telling.await(10, TimeUnit.SECONDS)).isTrue();
        Thread end = new Thread(agent::close, "end");
        end.start();
        pause(200);
        refuse.countDown();
        isTold();
        end.join(10_000);
        assertThat(end.isAlive()).isFalse();
    }

    @Test
    void aServerElsewhereIsReachedOverHttpsOnly() {
        assertThatThrownBy(() -> agent("http://ronde.example.org"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("https://");
    }
}
