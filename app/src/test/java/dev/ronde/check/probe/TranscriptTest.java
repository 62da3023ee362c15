package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays what real servers send, byte for byte, so that the reading of each answer is fixed. */
class TranscriptTest {
    private static final String ES =
            "{\"name\":\"node\",\"cluster_name\":\"secret-cluster\",\"version\":{\"number\":\"7.10.2\","
                    + "\"build_flavor\":\"oss\",\"lucene_version\":\"8.7.0\"},\"tagline\":\"You Know, for Search\"}";
    private static final String OS =
            "{\"name\":\"node\",\"cluster_name\":\"secret-cluster\",\"version\":{\"distribution\":\"opensearch\","
                    + "\"number\":\"2.19.6\"},\"tagline\":\"The OpenSearch Project: https://opensearch.org/\"}";

    @ParameterizedTest
    @CsvSource({
        "+PONG, pong",
        "-NOAUTH Authentication required., noauth",
        "-DENIED Redis is running in protected mode, denied",
        "-ERR unknown command, other",
        "HTTP/1.1 400 Bad Request, other",
        "+PON, other"
    })
    void redis(String answer, String reply) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer + "\r\n"))) {
            Map<String, Object> ping = TestNetwork.facts("redis.anonymous", server, "ping");
            assertThat(ping)
                    .containsEntry("outcome", "response")
                    .containsEntry("reply", reply)
                    .containsEntry("bytesRead", answer.length() + 2L)
                    .containsEntry("overTls", false);
            assertThat(server.received(0)).isEqualTo("PING\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"VERSION 1.6.38, version", "CLIENT_ERROR unauthenticated, unauthenticated", "ERROR, other"})
    void memcached(String answer, String reply) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer + "\r\n"))) {
            assertThat(TestNetwork.facts("memcached.open-tcp", server, "version"))
                    .containsEntry("reply", reply);
            assertThat(server.received(0)).isEqualTo("version\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "20020000, connack, 0",
        "20020005, connack, 5",
        "20020104, connack, 4",
        "2002, other, -1",
        "30020000, other, -1",
        "48545450, other, -1"
    })
    void mqtt(String hex, String reply, long code) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(bytes))) {
            assertThat(TestNetwork.facts("mqtt.anonymous", server, "connect"))
                    .containsEntry("reply", reply)
                    .containsEntry("returnCode", code);
            assertThat(server.received(0)).hasSize(19).endsWith("ronde");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INFO {"version":"2.10.27","auth_required":true,"jetstream":{"a":[1]}} \\r\\n|info|true|false|2.10.27
            INFO {"server_id":"X","version":"2.10.27","tls_required":true}\\r\\n|info|false|true|2.10.27
            INFO {"version":"<script>"}\\r\\n|info|false|false|''
            INFO {"auth_required":tru|other|false|false|''
            INFO {"auth_required":true\\r\\n|other|false|false|''
            INFO []\\r\\n|other|false|false|''
            -ERR 'x'\\r\\n|other|false|false|''""")
    void nats(String line, String reply, boolean auth, boolean tls, String version) throws IOException {
        String sent = line.replace("\\r\\n", "\r\n");
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(sent))) {
            assertThat(TestNetwork.facts("nats.anonymous", server, "info"))
                    .containsEntry("reply", reply)
                    .containsEntry("authRequired", auth)
                    .containsEntry("tlsRequired", tls)
                    .containsEntry("version", version);
            assertThat(server.received(0)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "520000000800000000, trust, ''",
        "520000000800000003, cleartext, ''",
        "520000000c0000000501020304, md5, ''",
        "52000000170000000a534352414d2d5348412d3235360000, scram, ''",
        "520000000800000007, gss, ''",
        "520000000800000009, sspi, ''",
        "520000000800000063, other, ''",
        "450000001c53464154414c00433238303030004d6e6f20656e7472790000, rejected, 28000",
        "450000001c53464154414c00433533333030004d6e6f20656e7472790000, other, 53300",
        "5a0000000549, other, ''",
        "52, other, ''"
    })
    void postgresWithoutTls(String hex, String method, String state) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer("N", bytes))) {
            ProbeResult result = TestNetwork.collect("postgres.auth-method", server.port());
            assertThat(TestNetwork.facts(result, "ssl")).isEqualTo(Map.of("outcome", "response", "reply", "refused"));
            assertThat(TestNetwork.facts(result, "auth"))
                    .isEqualTo(Map.of("outcome", "response", "method", method, "sqlState", state, "overTls", false));
            assertThat(server.received(0)).contains("user\0probe\0").doesNotContain("password");
        }
    }

    @Test
    void anOpenCluster() throws IOException {
        String body = ES;
        String root = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                + "\r\n\r\n" + body;
        try (ScriptedServer server = ScriptedServer.start(
                ScriptedServer.answer(root), ScriptedServer.answer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"))) {
            ProbeResult result = TestNetwork.collect("elasticsearch.anonymous", server.port());
            assertThat(TestNetwork.facts(result, "root"))
                    .containsEntry("status", 200L)
                    .containsEntry("product", "elasticsearch")
                    .containsEntry("version", "7.10.2");
            assertThat(TestNetwork.facts(result, "health")).isEqualTo(Map.of("outcome", "response", "status", 200L));
            assertThat(result.toString()).doesNotContain("secret-cluster");
            assertThat(server.received(0))
                    .startsWith("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nUser-Agent: Ronde/1 (+http")
                    .doesNotContain("Authorization", "Cookie");
            assertThat(server.received(1)).startsWith("GET /_cluster/health?filter_path=status HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Search.Example.ORG., search.example.org",
        "b\u00fccher.example, xn--bcher-kva.example",
        "'x\r\nCookie: a=b', 127.0.0.1",
        "10.0.0.9, 127.0.0.1"
    })
    void theNameStandsInHostInItsNormalFormOrNotAtAll(String hostname, String host) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 401 no\r\n\r\n"))) {
            ProbeTarget named = TestNetwork.target("127.0.0.1", server.port(), hostname, null, Map.of());
            TestNetwork.probe("elasticsearch.anonymous").collect(named, TestNetwork.QUICK);
            assertThat(server.received(0))
                    .contains("\r\nHost: " + host + ":" + server.port() + "\r\n")
                    .doesNotContain("Cookie");
        }
    }

    @Test
    void chunkedAnswersAreRead() throws IOException {
        String chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n" + OS.substring(0, 5) + "\r\n"
                + Integer.toHexString(OS.length() - 5) + ";x=y\r\n" + OS.substring(5) + "\r\n0\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(chunked))) {
            assertThat(TestNetwork.facts("elasticsearch.anonymous", server, "root"))
                    .containsEntry("product", "opensearch")
                    .containsEntry("version", "2.19.6");
        }
    }

    @Test
    void aLongPageLeavesRoomForTheSecondQuestion() throws IOException {
        String page = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(page))) {
            ProbeResult result = TestNetwork.collect("elasticsearch.anonymous", server.port());
            assertThat(TestNetwork.facts(result, "root")).containsEntry("product", "other");
            assertThat(TestNetwork.facts(result, "health")).isEqualTo(Map.of("outcome", "response", "status", 200L));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 401 Unauthorized, 401, hidden",
        "HTTP/1.0 403 Forbidden, 403, hidden",
        "HTTP/1.1 302 Found, 302, other",
        "HTTP/1.1 502 Bad Gateway, 502, other",
        "HTTP/1.1 200 OK, 200, other",
        "HTTP/9.9 200 OK, 0, other",
        "HTTP/1.1 2000 OK, 0, other",
        "+PONG, 0, other"
    })
    void otherHttpAnswers(String status, long code, String product) throws IOException {
        String answer = status + "\r\nLocation: http://127.0.0.1:1/\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b\b";
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer))) {
            ProbeResult result = TestNetwork.collect("elasticsearch.anonymous", server.port());
            assertThat(TestNetwork.facts(result, "root"))
                    .containsEntry("outcome", "response")
                    .containsEntry("status", code)
                    .containsEntry("product", product);
            assertThat(server.connections()).as("a redirect is not followed").isLessThanOrEqualTo(2);
        }
    }
}
