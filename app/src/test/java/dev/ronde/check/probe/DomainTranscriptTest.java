package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the probes of domains make of the answers of a resolver, byte by byte. */
class DomainTranscriptTest {
    private static final ProbeLimits LIMITS = new ProbeLimits(1, Duration.ofSeconds(3), Duration.ofSeconds(5), 65_536);

    /** A resolver that knows these TXT records, and of every other name that it exists and holds nothing. */
    private static Script knowing(Map<String, List<String>> texts) {
        return peer -> {
            DataInputStream in = new DataInputStream(peer.socket().getInputStream());
            while (true) {
                byte[] question;
                try {
                    question = in.readNBytes(in.readUnsignedShort());
                } catch (EOFException e) {
                    return;
                }
                List<byte[]> records = new ArrayList<>();
                if (type(question) == DnsMessage.TXT) {
                    texts.getOrDefault(name(question), List.of()).forEach(text -> records.add(txt(text)));
                }
                peer.say(framed(answer(question, 0x8180, records)));
            }
        };
    }

    private static String name(byte[] question) {
        StringBuilder name = new StringBuilder();
        for (int at = 12; question[at] != 0; at += question[at] + 1) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
        }
        return name.toString();
    }

    private static int type(byte[] question) {
        return ByteBuffer.wrap(question).getShort(12 + name(question).length() + 2);
    }

    private static byte[] answer(byte[] question, int flags, List<byte[]> records) {
        int length = 12 + name(question).length() + 2 + 4;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(question, 0, length);
        records.forEach(out::writeBytes);
        byte[] answer = out.toByteArray();
        ByteBuffer.wrap(answer)
                .putShort(2, (short) flags)
                .putShort(6, (short) records.size())
                .putShort(10, (short) 0);
        return answer;
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(2 + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    /** A record of the name in the question, its text in strings of 255 bytes at most. */
    private static byte[] txt(String text) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at += 255) {
            String part = text.substring(at, Math.min(text.length(), at + 255));
            data.write(part.length());
            data.writeBytes(part.getBytes(StandardCharsets.US_ASCII));
        }
        return ByteBuffer.allocate(12 + data.size())
                .putShort((short) 0xc00c)
                .putShort((short) DnsMessage.TXT)
                .putShort((short) 1)
                .putInt(60)
                .putShort((short) data.size())
                .put(data.toByteArray())
                .array();
    }

    private static ProbeResult collect(String type, int port, Map<String, String> options) {
        ProbeTarget target = new ProbeTarget(
                "domain", "127.0.0.1", port, null, null, LocalDate.of(2026, 12, 31), ZoneOffset.UTC, options);
        return TestNetwork.probe(type).collect(target, LIMITS);
    }

    private static Map<String, Object> mail(Map<String, List<String>> texts) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(knowing(texts))) {
            return TestNetwork.facts(collect(DomainProbe.MAIL, server.port(), Map.of("domain", "example.org")), "mail");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=spf1 -all                                    | fail",
                "V=SPF1 MX -ALL                                 | fail",
                "v=spf1 include:_spf.example.net ~all           | softfail",
                "v=spf1 a ?all                                  | neutral",
                "v=spf1 +all                                    | open",
                "v=spf1 all                                     | open",
                "v=spf1 ip4:0.0.0.0/0 all -all                  | open",
                "v=spf1 mx a:mail.example.org/24 ip6:2001:db8::/32 ptr exists:%{i}.example.org exp=why.example.org -all | fail",
                "v=spf1                                         | neutral",
                "v=spf1 mx                                      | neutral",
                "v=spf1 mxx -all                                | invalid",
                "v=spf1 ipv4:192.0.2.1 -all                     | invalid",
                "v=spf10 -all                                   | none",
                "spf1 -all                                      | none",
                "v=spf1 redirect=other.example                  | softfail",
                "v=spf1 redirect=two.example                    | invalid",
                "v=spf1 redirect=empty.example                  | invalid",
                "v=spf1 redirect=circle.example                 | undecided",
                "v=spf1 redirect=%{d}.example                   | undecided",
                "v=spf1 redirect=other.example -all             | fail",
            })
    void spf(String record, String word) throws IOException {
        Map<String, List<String>> texts = new HashMap<>();
        texts.put("example.org", List.of("another text", record));
        texts.put("other.example", List.of("v=spf1 ~all"));
        texts.put("two.example", List.of("v=spf1 ~all", "v=spf1 -all"));
        texts.put("circle.example", List.of("v=spf1 redirect=circle.example"));
        assertThat(mail(texts)).containsEntry("spf", word).containsEntry("reply", "answered");
    }

    @Test
    void twoRecordsOfSpfAreNone() throws IOException {
        assertThat(mail(Map.of("example.org", List.of("v=spf1 -all", "v=spf1 mx -all"))))
                .containsEntry("spf", "several");
    }

    @Test
    void aLongRecordIsReadAcrossItsStrings() throws IOException {
        String addresses = "ip4:192.0.2.1 ".repeat(60);
        assertThat(mail(Map.of("example.org", List.of("v=spf1 " + addresses + "-all"))))
                .containsEntry("spf", "fail");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DMARC1; p=reject                                       | reject     | reject     | 100",
                "v=DMARC1;p=quarantine;sp=reject;pct=50                   | quarantine | reject     | 50",
                "v = DMARC1 ; P = Reject ; SP = None                      | reject     | monitor    | 100",
                "v=DMARC1; p=none; rua=mailto:a@example.org               | monitor    | monitor    | 100",
                "v=DMARC1; rua=mailto:a@example.org                       | monitor    | monitor    | 100",
                "v=DMARC1; p=rejected                                     | invalid    | invalid    | 100",
                "v=DMARC1                                                 | invalid    | invalid    | 100",
                "v=DMARC1; p=reject; pct=many                             | reject     | reject     | 100",
                "v=DMARC1; p=reject; pct=0                                | reject     | reject     | 0",
                "v=DMARC1; p=reject; t=y                                  | reject     | reject     | 0",
                "v=DMARC12; p=reject                                      | none       | none       | 0",
                "p=reject; v=DMARC1                                       | none       | none       | 0",
            })
    void dmarc(String record, String policy, String below, long percent) throws IOException {
        assertThat(mail(Map.of("_dmarc.example.org", List.of(record))))
                .containsEntry("dmarc", policy)
                .containsEntry("dmarcSubdomains", below)
                .containsEntry("dmarcPercent", percent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=STSv1; id=20260301T000000Z;                            | announced",
                "v=STSv1;id=1                                             | announced",
                "v=STSv1; id=;                                            | invalid",
                "v=STSv1; identity=1                                      | invalid",
                "v=STSv2; id=1                                            | none",
            })
    void mtaSts(String record, String word) throws IOException {
        assertThat(mail(Map.of("_mta-sts.example.org", List.of(record)))).containsEntry("mtaSts", word);
    }

    /** The record of another domain is never stored, only a word of it. */
    @Test
    void nothingOfARecordComesBack() throws IOException {
        Map<String, List<String>> texts = Map.of(
                "example.org", List.of("secret-verification=4711", "v=spf1 include:customer-4711.example -all"),
                "_dmarc.example.org", List.of("v=DMARC1; p=reject; rua=mailto:somebody@example.org"));
        assertThat(mail(texts).toString()).doesNotContain("4711", "somebody");
    }

    /** Heads of answers that decide nothing: refused, failed, cut, and none that resolves for us. */
    @ParameterizedTest
    @CsvSource({
        "8185, failed",
        "8182, failed",
        "8380, failed",
        "8100, no-recursion",
        "8105, no-recursion",
        "8183, no-such-domain"
    })
    void whatDecidesNothing(String flags, String reply) throws IOException {
        for (String type : List.of(DomainProbe.MAIL, DomainProbe.AUTHENTICITY, DomainProbe.DANGLING)) {
            try (ScriptedServer server = ScriptedServer.start(peer -> {
                DataInputStream in = new DataInputStream(peer.socket().getInputStream());
                while (true) {
                    byte[] question = in.readNBytes(in.readUnsignedShort());
                    peer.say(framed(answer(question, HexFormat.fromHexDigits(flags), List.of())));
                }
            })) {
                ProbeResult result = collect(type, server.port(), Map.of("domain", "example.org", "names", "www"));
                assertThat(((ProbeResult.Collected) result).facts().toString())
                        .as(type)
                        .contains("outcome=response", "reply=" + reply);
            }
        }
    }

    /** Names that lead in a circle, forwards, or out of the message; counts that promise more than there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "524f 8180 0001 0001 0000 0000 c00c 0010 0001",
                "524f 8180 0000 0001 0000 0000 c00e c00c 0005 0001 00000000 0002 c00c",
                "524f 8180 0000 0001 0000 0000 c0ff 0005 0001 00000000 0002 c00c",
                "524f 8180 0000 ffff 0000 0000 00 0010 0001 00000000 0002 0161",
                "524f 8180 0000 0001 0000 0000 00 0010 0001 00000000 0004 ff61",
                "524f 8180 0000 0001 0000 0000 00 0010 0001 00000000 ffff 0161",
                "524f 8180 0000 0001 0000 0000 7f61 0010 0001 00000000 0002 0161",
                "0000 8180 0000 0000 0000 0000",
                "524f 0180 0000 0000 0000 0000",
                "524f 8180"
            })
    void whatDoesNotAddUpIsNoAnswer(String hex) throws IOException {
        byte[] message = HexFormat.of().parseHex(hex.replace(" ", ""));
        for (String type : List.of(DomainProbe.MAIL, DomainProbe.AUTHENTICITY, DomainProbe.DANGLING)) {
            try (ScriptedServer server = ScriptedServer.start(peer -> {
                peer.hear();
                peer.say(framed(message));
            })) {
                ProbeResult result = collect(type, server.port(), Map.of("domain", "example.org"));
                assertThat(((ProbeResult.Collected) result).facts().toString())
                        .as(type)
                        .contains("outcome=response", "reply=other");
            }
        }
    }

    /** Aliases that lead in a circle end somewhere, and nothing dangles. */
    @Test
    void aliasesInACircle() throws IOException {
        byte[] there = HexFormat.of().parseHex("c00c0005000100000000" + "0004" + "0161" + "c010");
        byte[] back = HexFormat.of().parseHex("0161c010" + "0005000100000000" + "0002" + "c00c");
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            DataInputStream in = new DataInputStream(peer.socket().getInputStream());
            while (true) {
                byte[] question = in.readNBytes(in.readUnsignedShort());
                peer.say(framed(
                        answer(question, 0x8180, name(question).startsWith("www") ? List.of(there, back) : List.of())));
            }
        })) {
            ProbeResult result =
                    collect(DomainProbe.DANGLING, server.port(), Map.of("domain", "example.org", "names", "www"));
            assertThat(TestNetwork.facts(result, "records"))
                    .containsEntry("reply", "answered")
                    .containsEntry("looked", 1L)
                    .containsEntry("dangling", List.of());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'bad name', www",
        "192.0.2.1, www",
        "example.org, 'a b'",
        "example.org, 'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p'"
    })
    void whatIsNoNameIsNotAsked(String domain, String names) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            ProbeResult result = collect(DomainProbe.DANGLING, server.port(), Map.of("domain", domain, "names", names));
            assertThat(((ProbeResult.Failed) result).reason()).isEqualTo(ProbeFailure.BAD_PARAMETER);
            assertThat(server.connections()).isZero();
        }
    }

    /** One connection for all questions, and every question wants recursion, signatures and whether they are right. */
    @Test
    void asksOverOneConnectionInFewBytes() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(knowing(Map.of()))) {
            ProbeResult result = collect(DomainProbe.MAIL, server.port(), Map.of("domain", "example.org"));
            assertThat(result.exchanges()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(result.exchanges().get(0).bytesOut()).isLessThan(250);
        }
        assertThat(HexFormat.of().formatHex(DnsMessage.signedQuestion("example.org", DnsMessage.DS, true)))
                .isEqualTo("524f01300001000000000001" + "076578616d706c65036f726700" + "002b0001"
                        + "0000291000000080000000");
    }
}
