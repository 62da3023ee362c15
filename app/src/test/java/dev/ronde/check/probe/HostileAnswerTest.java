package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.json.Json;
import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers meant to make a probe go elsewhere, unpack, or read without end; every probe over TCP meets each of them. */
final class HostileAnswerTest {
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;
    private static final byte[] PACKED = packed();

    static Stream<String> types() {
        return ProbeBudgetTest.tcpTypes();
    }

    @ParameterizedTest
    @MethodSource("types")
    void aRedirectToTheMetadataServiceLeadsNowhere(String type) throws IOException {
        String answer = "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/iam/\r\n"
                + "Refresh: 0; url=http://metadata.google.internal/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer))) {
            ProbeResult result = TestNetwork.probe(type).collect(TestNetwork.target(server.port()), TestNetwork.QUICK);
            assertThat(result.exchanges()).allSatisfy(exchange -> {
                assertThat(exchange.wire().remoteAddress()).isEqualTo("127.0.0.1");
                assertThat(exchange.wire().remotePort()).isEqualTo(server.port());
            });
            assertThat(server.connections()).isLessThanOrEqualTo(TestNetwork.QUICK.requests());
            assertThat(result.toString()).doesNotContain("meta-data").doesNotContain("/latest");
        }
    }

    /** Every code and spelling of a redirect, to a server that notes who comes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 301 Moved\r\nLocation: http://HERE/",
                "HTTP/1.1 302 Found\r\nLocation: //HERE/",
                "HTTP/1.1 303 See Other\r\nLocation: https://HERE/login",
                "HTTP/1.1 305 Use Proxy\r\nLocation: http://HERE/",
                "HTTP/1.1 307 Temporary\r\nLocation: ftp://HERE/",
                "HTTP/1.1 308 Permanent\r\nlocation: http://user:pass@HERE/",
                "HTTP/1.1 300 Choices\r\nLocation: http://HERE/\r\nAlternates: {\"http://HERE/\" 1.0}",
                "HTTP/1.1 200 OK\r\nRefresh: 0;url=http://HERE/\r\nAlt-Svc: h2=\"HERE\"\r\nLink: <http://HERE/>; rel=next",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nLocation: http://HERE/",
                "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nLocation: http://HERE/"
            })
    void noAnswerLeadsAProbeToAnotherServer(String head) throws IOException {
        try (ScriptedServer elsewhere = ScriptedServer.start(ScriptedServer.silence())) {
            String there = "127.0.0.1:" + elsewhere.port();
            String answer = head.replace("HERE", there) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            for (String type : List.of(
                    "http.exchange",
                    "web.headers",
                    "web.sensitive-paths",
                    "elasticsearch.anonymous",
                    "etcd.anonymous")) {
                try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer))) {
                    ProbeResult result =
                            TestNetwork.probe(type).collect(TestNetwork.target(server.port()), TestNetwork.QUICK);
                    assertThat(server.connections()).isPositive();
                    assertThat(result.toString()).doesNotContain(there).doesNotContain("user:pass");
                }
            }
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest,http",
        "https://[fd00:ec2::254]/,https",
        "ftp://127.0.0.1/,path",
        "file:///etc/passwd,path",
        "javascript:alert(1),path",
        "//127.0.0.1/,path"
    })
    void ofWhereARedirectLeadsOnlyAWordComesBack(String location, String word) throws IOException {
        String answer = "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer))) {
            ProbeResult result = TestNetwork.collect("http.exchange", server.port());
            assertThat(TestNetwork.facts(result, "first"))
                    .containsEntry("status", 302L)
                    .containsEntry("location", word);
            assertThat(result.toString()).doesNotContain(location);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** What a file words is checked when it is loaded; what an asset or an agent's server fills in is checked before it is sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a HTTP/1.1\r\nHost: x\r\n\r\nDELETE /index",
                "/a\nDELETE / HTTP/1.1",
                "/a b",
                "http://169.254.169.254/latest/meta-data/",
                "*",
                "a",
                "",
                "/\u00e9"
            })
    void aPathThatIsMoreThanAPathIsNeverSent(String path) throws IOException {
        for (String option : List.of("path", "thenPath")) {
            try (ScriptedServer server =
                    ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
                ProbeTarget target = TestNetwork.target(server.port(), Map.of(option, path));
                assertThatThrownBy(() -> TestNetwork.probe("http.exchange").collect(target, TestNetwork.QUICK))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageNotContaining("DELETE");
                for (int i = 0; i < server.connections(); i++) {
                    assertThat(server.received(i))
                            .startsWith("GET / HTTP/1.1\r\n")
                            .doesNotContain("DELETE");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void nothingIsUnpacked(String type) throws IOException {
        assertThat(PACKED.length).isLessThan(20_000);
        Script bomb = peer -> {
            peer.hear();
            peer.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                    + PACKED.length + "\r\nConnection: close\r\n\r\n");
            peer.say(PACKED);
        };
        try (ScriptedServer server = ScriptedServer.start(bomb)) {
            ProbeResult result = TestNetwork.probe(type).collect(TestNetwork.target(server.port()), TestNetwork.QUICK);
            assertThat(result.exchanges().stream().mapToInt(Exchange::bytesRead).sum())
                    .isLessThanOrEqualTo(TestNetwork.QUICK.maxBytes());
            if (result instanceof ProbeResult.Collected collected) {
                assertThat(Json.write(collected.facts())).doesNotContain("unpacked-marker");
            }
        }
    }

    /** Ten megabytes that pack into a few thousand bytes. */
    private static byte[] packed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("{\"tagline\":\"unpacked-marker\",\"version\":{\"number\":\"7.10.2\"},\"x\":\""
                    .getBytes(StandardCharsets.US_ASCII));
            gzip.write(new byte[TEN_MEGABYTES]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
