package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.json.Json;
import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers meant to make a probe go elsewhere, unpack, or read without end; every probe over TCP meets each of them. */
final class HostileAnswerTest {
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

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

    @ParameterizedTest
    @MethodSource("types")
    void aBannerOfTenMegabytesIsReadUpToTheLimit(String type) throws IOException {
        Script banner = peer -> {
            byte[] line = "220 welcome ".getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent < TEN_MEGABYTES; sent += line.length * 1_000) {
                for (int i = 0; i < 1_000; i++) {
                    peer.socket().getOutputStream().write(line);
                }
            }
        };
        try (ScriptedServer server = ScriptedServer.start(banner)) {
            ProbeResult result = TestNetwork.probe(type).collect(TestNetwork.target(server.port()), TestNetwork.QUICK);
            assertThat(result.exchanges()).isNotEmpty();
            assertThat(result.exchanges().stream().mapToInt(Exchange::bytesRead).sum())
                    .isLessThanOrEqualTo(TestNetwork.QUICK.maxBytes());
            assertThat(result.toString().length()).isLessThan(TestNetwork.QUICK.maxBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void nothingIsUnpacked(String type) throws IOException {
        byte[] packed = packed();
        assertThat(packed.length).isLessThan(20_000);
        Script bomb = peer -> {
            peer.hear();
            peer.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                    + packed.length + "\r\nConnection: close\r\n\r\n");
            peer.say(packed);
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
    private static byte[] packed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("{\"tagline\":\"unpacked-marker\",\"version\":{\"number\":\"7.10.2\"},\"x\":\""
                    .getBytes(StandardCharsets.US_ASCII));
            gzip.write(new byte[TEN_MEGABYTES]);
        }
        return out.toByteArray();
    }
}
