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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** What the probes of domains make of the answers of a resolver, byte by byte. */
class DomainTranscriptTest {
    private static final ProbeLimits LIMITS = new ProbeLimits(1, Duration.ofSeconds(3), Duration.ofSeconds(5), 65_536);

    /** What a resolver says to one question; null where it is silent. */
    @FunctionalInterface
    private interface Answers {
        byte @Nullable [] to(byte[] question);
    }

    private static Script saying(Answers answers) {
        return peer -> {
            DataInputStream in = new DataInputStream(peer.socket().getInputStream());
            while (true) {
                byte[] question;
                try {
                    question = in.readNBytes(in.readUnsignedShort());
                } catch (EOFException e) {
                    return;
                }
                byte[] answer = answers.to(question);
                if (answer != null) {
                    peer.say(framed(answer));
                }
            }
        };
    }

    /** A resolver that knows these TXT records, and of every other name that it exists and holds nothing. */
    private static Script knowing(Map<String, List<String>> texts) {
        return saying(answering(texts));
    }

    private static Answers answering(Map<String, List<String>> texts) {
        return question -> {
            List<byte[]> records = new ArrayList<>();
            if (type(question) == Type.TXT) {
                texts.getOrDefault(name(question), List.of()).forEach(text -> records.add(txt(text)));
            }
            return answer(question, 0x8180, records, List.of(soa()));
        };
    }

    /** A resolver that knows these aliases and name servers, and of every other name that it is there or, named gone, is not. */
    private static Answers leading(Map<String, String> aliases, List<String> servers) {
        return question -> {
            String name = name(question);
            if (type(question) == Type.NS) {
                return answer(
                        question,
                        0x8180,
                        servers.stream()
                                .map(server -> record("", Type.NS, wire(server)))
                                .toList(),
                        List.of(soa()));
            }
            if (aliases.containsKey(name)) {
                return answer(question, 0x8180, List.of(record("", Type.CNAME, wire(aliases.get(name)))), List.of());
            }
            boolean gone = name.contains("gone") || name.endsWith(".invalid");
            return answer(question, gone ? 0x8183 : 0x8180, List.of(), List.of(soa()));
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
        return answer(question, flags, records, List.of());
    }

    private static byte[] answer(byte[] question, int flags, List<byte[]> records, List<byte[]> authority) {
        int length = 12 + name(question).length() + 2 + 4;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(question, 0, length);
        records.forEach(out::writeBytes);
        authority.forEach(out::writeBytes);
        byte[] answer = out.toByteArray();
        ByteBuffer.wrap(answer)
                .putShort(2, (short) flags)
                .putShort(6, (short) records.size())
                .putShort(8, (short) authority.size())
                .putShort(10, (short) 0);
        return answer;
    }

    private static byte[] wire(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    /** A record of a name; none stands for the name in the question. */
    private static byte[] record(String owner, int type, byte[] data) {
        byte[] name = owner.isEmpty() ? new byte[] {(byte) 0xc0, 0x0c} : wire(owner);
        return ByteBuffer.allocate(name.length + 10 + data.length)
                .put(name)
                .putShort((short) type)
                .putShort((short) 1)
                .putInt(60)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    /** The SOA of the name in the question, of which no more is read than that it is there. */
    private static byte[] soa() {
        return record("", Type.SOA, new byte[22]);
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
        return record("", Type.TXT, data.toByteArray());
    }

    private static ProbeResult collect(String type, int port, Map<String, String> options) {
        return collect(type, port, options, LIMITS);
    }

    private static ProbeResult collect(String type, int port, Map<String, String> options, ProbeLimits limits) {
        ProbeTarget target = TestNetwork.target(port, options);
        return TestNetwork.probe(type).collect(target, limits);
    }

    private static Map<String, Object> dangling(Answers answers, String names) throws IOException {
        return dangling(answers, names, LIMITS);
    }

    private static Map<String, Object> dangling(Answers answers, String names, ProbeLimits limits) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(saying(answers))) {
            Map<String, String> options = Map.of("domain", "example.org", "names", names);
            return TestNetwork.facts(collect("dns.dangling", server.port(), options, limits), "records");
        }
    }

    private static Map<String, Object> trust(Answers answers) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(saying(answers))) {
            Map<String, String> options = Map.of("domain", "a.b.c.d.e.example.org");
            return TestNetwork.facts(collect("dns.authenticity", server.port(), options), "zone");
        }
    }

    private static Map<String, String> found(String kind, String name, String target) {
        return Map.of("kind", kind, "name", name, "target", target);
    }

    private static Map<String, Object> mail(Map<String, List<String>> texts) throws IOException {
        return mailOf("example.org", answering(texts));
    }

    private static Map<String, Object> mailOf(String domain, Answers answers) throws IOException {
        return mailOf(domain, answers, LIMITS);
    }

    private static Map<String, Object> mailOf(String domain, Answers answers, ProbeLimits limits) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(saying(answers))) {
            return TestNetwork.facts(collect("dns.mail", server.port(), Map.of("domain", domain), limits), "mail");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=spf1 -all                                    | fail
            V=SPF1 MX -ALL                                 | fail
            v=spf1 include:_spf.example.net ~all           | softfail
            v=spf1 a ?all                                  | neutral
            v=spf1 +all                                    | open
            v=spf1 all                                     | open
            v=spf1 ip4:0.0.0.0/0 all -all                  | open
            v=spf1 ip4:0.0.0.0/0 -all                      | open
            v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all      | open
            v=spf1 +IP4:0.0.0.0/7 -all                     | open
            v=spf1 ip4:10.0.0.0/8 ip6:2000::/16 -all       | fail
            v=spf1 ip6:::/0 -all                           | open
            v=spf1 ip6:2000::/3 ~all                       | open
            v=spf1 ?ip4:0.0.0.0/0 -all                     | neutral
            v=spf1 -ip4:0.0.0.0/0 -all                     | fail
            v=spf1 a/0 -all                                | open
            v=spf1 mx:example.net//3 -all                  | open
            v=spf1 a:example.net/24//64 -all               | fail
            v=spf1 -all ip4:0.0.0.0/0                      | fail
            v=spf1 include:open.example -all               | open
            v=spf1 include:wide.example -all               | open
            v=spf1 include:deep.example -all               | open
            v=spf1 include:mixed.example -all              | open
            v=spf1 redirect=a.example redirect=b.example   | invalid
            v=spf1 ?include:open.example -all              | neutral
            v=spf1 -include:open.example -all              | fail
            v=spf1 -all include:open.example               | fail
            v=spf1 include:other.example -all              | fail
            v=spf1 include:empty.example -all              | invalid
            v=spf1 include:two.example -all                | invalid
            v=spf1 include:circle.example -all             | invalid
            v=spf1 include:not_a/name -all                 | invalid
            v=spf1 include:%{d}.example -all               | undecided
            v=spf1 include:%{d}.example +all               | open
            v=spf1 include:away.example -all               | undecided
            v=spf1 a mx ptr a:1.net a:2.net a:3.net a:4.net a:5.net a:6.net a:7.net -all     | fail
            v=spf1 a mx ptr a:1.net a:2.net a:3.net a:4.net a:5.net a:6.net a:7.net mx -all  | invalid
            v=spf1 mx a:mail.example.org/24 ip6:2001:db8::/32 ptr exists:%{i}.example.org exp=why.example.org -all | fail
            v=spf1                                         | neutral
            v=spf1 mx                                      | neutral
            v=spf1 mxx -all                                | invalid
            v=spf1 ipv4:192.0.2.1 -all                     | invalid
            v=spf1 ip4:mail.example.org -all                | invalid
            v=spf1 ip4:192.0.2.300 -all                     | invalid
            v=spf1 ip4:192.0.2 -all                         | invalid
            v=spf1 ip4:192.0.2.0/33 -all                    | invalid
            v=spf1 ip4:192.0.2.0/024 -all                   | invalid
            v=spf1 ip4:192.0.2.0/ -all                      | invalid
            v=spf1 ip4:192.0.2.0/24/24 -all                 | invalid
            v=spf1 ip4:192.0.2.0//64 -all                   | invalid
            v=spf1 ip4:192.0.2.0/255.255.255.0 -all         | invalid
            v=spf1 ip4:2001:db8::1 -all                     | invalid
            v=spf1 ip4: -all                                | invalid
            v=spf1 ip4 -all                                 | invalid
            v=spf1 ip6:192.0.2.1 -all                       | invalid
            v=spf1 ip6:2001:db8::/129 -all                  | invalid
            v=spf1 ip6:2001:db8::1::2 -all                  | invalid
            v=spf1 ip6:2001:db8::10000 -all                 | invalid
            v=spf1 ip6:[2001:db8::1] -all                   | invalid
            v=spf1 ip6: -all                                | invalid
            v=spf1 a: -all                                  | invalid
            v=spf1 mx: -all                                 | invalid
            v=spf1 ptr: -all                                | invalid
            v=spf1 a:/24 -all                               | invalid
            v=spf1 a/33 -all                                | invalid
            v=spf1 a/24/64 -all                             | invalid
            v=spf1 a//129 -all                              | invalid
            v=spf1 mx/24//64/1 -all                         | invalid
            v=spf1 a:example.net/33 -all                    | invalid
            v=spf1 ptr/24 -all                              | invalid
            v=spf1 exists -all                              | invalid
            v=spf1 exists: -all                             | invalid
            v=spf1 include: -all                            | invalid
            v=spf1 a:mail -all                              | invalid
            v=spf1 a:192.0.2.1 -all                         | invalid
            v=spf1 a:%(d).example.org -all                  | invalid
            v=spf1 exists:%{x}.example.org -all             | invalid
            v=spf1 exists:100%.example.org -all             | invalid
            v=spf1 all:example.org -all                     | invalid
            v=spf1 redirect= -all                           | invalid
            v=spf1 redirect=mail -all                       | invalid
            v=spf1 exp=a.example exp=b.example -all         | invalid
            v=spf1 -all ip4:192.0.2.300                     | invalid
            v=spf1 include:broken.example -all              | invalid
            v=spf1 ip4:192.0.2.0/32 ip4:255.0.0.1 -all      | fail
            v=spf1 ip6:2001:db8::/128 ip6:::ffff:192.0.2.1 ip6:::1 -all | fail
            v=spf1 a/24//64 mx/8 a//128 a:example.net. -all | fail
            v=spf1 a:%{d}/24 exists:%{ir}.%{v}._spf.%{d2} -all | fail
            v=spf1 ptr:example.net exists:%{l1r+-}.a_b.example.org. -all | fail
            v=spf1 exp= unknown.one=any/%{d}%% -all         | fail
            v=spf10 -all                                   | none
            spf1 -all                                      | none
            v=spf1 redirect=other.example                  | softfail
            v=spf1 redirect=two.example                    | invalid
            v=spf1 redirect=empty.example                  | invalid
            v=spf1 redirect=circle.example                 | invalid
            v=spf1 redirect=%{d}.example                   | undecided
            v=spf1 redirect=other.example -all             | fail""")
    void spf(String record, String word) throws IOException {
        Map<String, List<String>> texts = new HashMap<>();
        texts.put("example.org", List.of("another text", record));
        texts.put("other.example", List.of("v=spf1 ~all"));
        texts.put("_spf.example.net", List.of("v=spf1 ip4:192.0.2.0/24 ?all"));
        texts.put("open.example", List.of("v=spf1 +all"));
        texts.put("mixed.example", List.of("v=spf1 include:open.example ?all"));
        texts.put("wide.example", List.of("v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all"));
        texts.put("deep.example", List.of("v=spf1 include:other.example redirect=wide.example"));
        texts.put("broken.example", List.of("v=spf1 ip4:192.0.2.0/33 -all"));
        texts.put("two.example", List.of("v=spf1 ~all", "v=spf1 -all"));
        texts.put("circle.example", List.of("v=spf1 redirect=circle.example"));
        Answers known = answering(texts);
        Answers away = question ->
                name(question).equals("away.example") ? answer(question, 0x8182, List.of()) : known.to(question);
        assertThat(mailOf("example.org", away)).containsEntry("spf", word).containsEntry("reply", "answered");
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

    /** Its terms are read in one go, however long somebody makes them. */
    @ParameterizedTest
    @ValueSource(strings = {"ip6:%s!", "ip4:%s!", "a:%s!", "a:%s/33", "exists:%s!%%", "x=%s%%", "redirect=%s!"})
    void aLongTermIsNoTrouble(String term) throws IOException {
        for (String part : List.of(":", "1", "a", ".", "a.", "-", "%{d1", "%{d}", "/2", "//2")) {
            String record = "v=spf1 " + term.formatted(part.repeat(15_000 / part.length())) + " -all";
            assertThat(mail(Map.of("example.org", List.of(record)))).as(part).containsEntry("spf", "invalid");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=DMARC1; p=reject                                       | reject     | reject     | 100
            v=DMARC1;p=quarantine;sp=reject;pct=50                   | quarantine | reject     | 50
            v=DMARC1; p=reject; np=none                              | reject     | monitor    | 100
            v=DMARC1; p=reject; sp=quarantine; NP=reject             | reject     | quarantine | 100
            v=DMARC1; p=none; sp=reject; np=quarantine               | monitor    | quarantine | 100
            v=DMARC1; p=reject; np=                                  | reject     | reject     | 100
            v = DMARC1 ; P = Reject ; SP = None                      | reject     | monitor    | 100
            v=DMARC1; p=none; rua=mailto:a@example.org               | monitor    | monitor    | 100
            v=DMARC1; rua=mailto:a@example.org                       | monitor    | monitor    | 100
            v=DMARC1; p=rejected                                     | invalid    | invalid    | 100
            v=DMARC1                                                 | invalid    | invalid    | 100
            v=DMARC1; p=reject; pct=many                             | reject     | reject     | 100
            v=DMARC1; p=reject; pct=0                                | reject     | reject     | 0
            v=DMARC1; p=reject; t=y                                  | reject     | reject     | 0
            v=DMARC12; p=reject                                      | none       | none       | 0
            p=reject; v=DMARC1                                       | none       | none       | 0""")
    void dmarc(String record, String policy, String below, long percent) throws IOException {
        assertThat(mail(Map.of("_dmarc.example.org", List.of(record))))
                .containsEntry("dmarc", policy)
                .containsEntry("dmarcSubdomains", below)
                .containsEntry("dmarcPercent", percent);
    }

    /** Where a name has no record that of its organisation counts, with what it says of names below (RFC 7489 §6.6.3). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=DMARC1; p=reject                          |                      |                    | reject     | reject     | 100
            v=DMARC1; p=reject; sp=none                 |                      |                    | monitor    | monitor    | 100
            v=DMARC1; p=none; sp=reject; pct=50         |                      |                    | reject     | reject     | 50
            v=DMARC1; p=reject; sp=quarantine; np=none  |                      |                    | quarantine | monitor    | 100
            v=DMARC1; p=reject; t=y                     |                      |                    | reject     | reject     | 0
            v=DMARC1; p=reject                          | v=DMARC1; p=none     |                    | reject     | reject     | 100
            v=DMARC1; p=none                            | v=DMARC1; p=reject   |                    | monitor    | monitor    | 100
            another text                                | v=DMARC1; p=reject   |                    | reject     | reject     | 100
            v=DMARC1; p=reject; sp=none; psd=y          | v=DMARC1; p=reject   |                    | reject     | reject     | 100
            v=DMARC1; p=reject; psd=y                   |                      |                    | reject     | reject     | 100
            v=DMARC1; p=reject                          |                      | v=DMARC1; p=none   | monitor    | monitor    | 100
            v=DMARC1; p=reject                          |                      | v=DMARC1; p=no     | invalid    | invalid    | 100
            v=DMARC1; p=reject                          |                      | v=DMARC12; p=none  | reject     | reject     | 100""")
    void dmarcOfTheOrganisation(
            String organisation,
            @Nullable String between,
            @Nullable String own,
            String policy,
            String below,
            long percent)
            throws IOException {
        Map<String, List<String>> texts = new HashMap<>();
        texts.put("_dmarc.org", List.of("v=DMARC1; p=none"));
        texts.put("_dmarc.example.org", List.of(organisation));
        texts.put("_dmarc.b.example.org", between == null ? List.of() : List.of(between));
        texts.put("_dmarc.a.b.example.org", own == null ? List.of() : List.of(own));
        assertThat(mailOf("a.b.example.org", answering(texts)))
                .containsEntry("reply", "answered")
                .containsEntry("dmarc", policy)
                .containsEntry("dmarcSubdomains", below)
                .containsEntry("dmarcPercent", percent);
    }

    @Test
    void twoRecordsOfTheOrganisationAreNone() throws IOException {
        Map<String, List<String>> texts =
                Map.of("_dmarc.example.org", List.of("v=DMARC1; p=reject", "v=DMARC1; p=quarantine"));
        assertThat(mailOf("a.example.org", answering(texts))).containsEntry("dmarc", "several");
    }

    /** However long the name is. */
    @Test
    void fewNamesAboveAreAskedForDmarc() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        Answers nothing = answering(Map.of());
        mailOf("a.b.c.d.e.f.g.h.i.j.example.org", question -> {
            asked.add(name(question));
            return nothing.to(question);
        });
        assertThat(asked.stream().filter(name -> name.startsWith("_dmarc.")).toList())
                .containsExactly(
                        "_dmarc.a.b.c.d.e.f.g.h.i.j.example.org",
                        "_dmarc.example.org",
                        "_dmarc.j.example.org",
                        "_dmarc.i.j.example.org",
                        "_dmarc.h.i.j.example.org",
                        "_dmarc.g.h.i.j.example.org",
                        "_dmarc.f.g.h.i.j.example.org");
    }

    /** That no record is found has to be told. */
    @ParameterizedTest
    @ValueSource(strings = {"_dmarc.example.org", "_dmarc.b.example.org", "_dmarc.a.b.example.org"})
    void dmarcThatIsNotTold(String failing) throws IOException {
        Answers nothing = answering(Map.of());
        ProbeLimits limits = new ProbeLimits(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536);
        for (boolean silent : List.of(false, true)) {
            Answers answers = question -> !name(question).equals(failing)
                    ? nothing.to(question)
                    : silent ? null : answer(question, 0x8182, List.of());
            assertThat(mailOf("a.b.example.org", answers, limits))
                    .containsEntry("outcome", "response")
                    .containsEntry("reply", "failed");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=STSv1; id=20260301T000000Z;                            | announced
            v=STSv1;id=1                                             | announced
            v=STSv1; id=;                                            | invalid
            v=STSv1; identity=1                                      | invalid
            v=STSv2; id=1                                            | none""")
    void mtaSts(String record, String word) throws IOException {
        assertThat(mail(Map.of("_mta-sts.example.org", List.of(record)))).containsEntry("mtaSts", word);
    }

    /** The record of another domain is never stored, only a word of it. */
    @Test
    void nothingOfARecordComesBack() throws IOException {
        Map<String, List<String>> texts = Map.of(
                "example.org", List.of("secret-verification=4711", "v=spf1 include:customer-4711.example -all"),
                "customer-4711.example", List.of("v=spf1 -all"),
                "_dmarc.example.org", List.of("v=DMARC1; p=reject; rua=mailto:somebody@example.org"));
        assertThat(mail(texts).toString()).doesNotContain("4711", "somebody");
    }

    /** Heads of answers that decide nothing: refused, failed, cut, and none that resolves for us. */
    @ParameterizedTest
    @CsvSource({
        "8185, failed",
        "8182, failed",
        "8380, failed",
        "8180, failed",
        "8100, no-recursion",
        "8105, no-recursion",
        "8183, failed"
    })
    void whatDecidesNothing(String flags, String reply) throws IOException {
        assertEach(saying(question -> answer(question, HexFormat.fromHexDigits(flags), List.of())), reply);
    }

    @ParameterizedTest
    @CsvSource({"15000, answered", "17000, failed"})
    void aVeryLongAnswerDecidesNothing(int length, String reply) throws IOException {
        byte[] text = txt("x".repeat(length));
        assertThat(mailOf("example.org", question -> answer(question, 0x8180, List.of(text), List.of(soa()))))
                .containsEntry("reply", reply);
    }

    /** With the SOA of the zone that says so. */
    @Test
    void noSuchDomain() throws IOException {
        assertEach(saying(question -> answer(question, 0x8183, List.of(), List.of(soa()))), "no-such-domain");
    }

    private static void assertEach(Script script, String reply) throws IOException {
        for (String type : List.of("dns.mail", "dns.authenticity", "dns.dangling")) {
            try (ScriptedServer server = ScriptedServer.start(script)) {
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
                "ID 8180 0001 0001 0000 0000 QUESTION c01d 0010 0001",
                "ID 8180 0001 0001 0000 0000 QUESTION c01d c00c 0005 0001 00000000 0002 c00c",
                "ID 8180 0001 0001 0000 0000 QUESTION c0ff 0005 0001 00000000 0002 c00c",
                "ID 8180 0001 ffff 0000 0000 QUESTION 00 0010 0001 00000000 0002 0161",
                "ID 8180 0001 0001 0000 0000 QUESTION 00 0010 0001 00000000 0004 ff61",
                "ID 8180 0001 0001 0000 0000 QUESTION 00 0010 0001 00000000 ffff 0161",
                "ID 8180 0001 0001 0000 0000 QUESTION 7f61 0010 0001 00000000 0002 0161",
                "0000 8180 0001 0000 0000 0000 QUESTION",
                "ID 0180 0001 0000 0000 0000 QUESTION",
                "ID 8180 0000 0000 0000 0000",
                "ID 8182 0000 0000 0000 0000",
                "ID 8182 0001 0000 0000 0000 00 0010 0001",
                "ID 8182 0001 0000 0000 0000 07 6578616d706c65 03 6f7267 00 ffff 0001",
                "ID 8180"
            })
    void whatDoesNotAddUpIsNoAnswer(String hex) throws IOException {
        HexFormat format = HexFormat.of();
        Script once = peer -> {
            DataInputStream in = new DataInputStream(peer.socket().getInputStream());
            byte[] question = in.readNBytes(in.readUnsignedShort());
            peer.say(framed(format.parseHex(hex.replace("ID", format.formatHex(question, 0, 2))
                    .replace("QUESTION", format.formatHex(question, 12, 29))
                    .replace(" ", ""))));
        };
        assertEach(once, "other");
    }

    /** One that does not know what else is asked for says so, and need not repeat the question. */
    @Test
    void aQuestionThatWasNotUnderstood() throws IOException {
        Answers answers =
                question -> HexFormat.of().parseHex(HexFormat.of().formatHex(question, 0, 2) + "81810000000000000000");
        assertThat(mailOf("example.org", answers)).containsEntry("reply", "failed");
    }

    /** An answer that comes twice is none to the next question, even where that is the same. */
    @Test
    void everyQuestionHasItsOwnAnswer() throws IOException {
        byte[][] first = new byte[1][];
        Answers again = question -> {
            first[0] = first[0] == null ? answer(question, 0x8182, List.of()) : first[0];
            return answer(first[0], 0x8182, List.of());
        };
        assertThat(trust(again)).containsEntry("reply", "other");
    }

    @Test
    void aliasesAreFollowedToTheirEnd() throws IOException {
        Answers answers = leading(
                Map.of(
                        "www.example.org",
                        "chain.example.org",
                        "chain.example.org",
                        "gone.example.net",
                        "ok.example.org",
                        "there.example.net"),
                List.of("ns.gone.example"));
        assertThat(dangling(answers, "www,ok"))
                .containsEntry("reply", "answered")
                .containsEntry("looked", 3L)
                .containsEntry("undecided", 0L)
                .containsEntry(
                        "dangling",
                        List.of(
                                found("cname", "www.example.org", "gone.example.net"),
                                found("ns", "example.org", "ns.gone.example")));
    }

    /** What is listed is looked at beside the domain and www, as it is where it is written in full. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                  | www.example.org",
                "shop                              | www.example.org, shop.example.org",
                "www,shop                          | www.example.org, shop.example.org",
                " SHOP.example.org. ,a.shop        | www.example.org, shop.example.org, a.shop.example.org",
                "example.org,www.example.org       | www.example.org",
                "example.org.net,notexample.org    | www.example.org, example.org.net.example.org, notexample.org.example.org",
            })
    void whatIsListedIsAdded(@Nullable String names, String looked) throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        Answers world = leading(Map.of(), List.of());
        Answers answers = question -> {
            asked.add(name(question));
            return world.to(question);
        };
        dangling(answers, names == null ? "" : names);
        assertThat(asked.stream()
                        .filter(name -> !name.endsWith("invalid") && !name.equals("example.org"))
                        .toList())
                .containsExactly(looked.split(", "));
    }

    /** Who lists a name says that it is there; nobody says so of www. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                    | ''",
                "shop                | ''",
                "shpo,shop           | shpo.example.org",
                "www,shpo            | 'www.example.org, shpo.example.org'",
            })
    void aNameThatIsListedAndIsNotThereIsNamed(@Nullable String names, String missing) throws IOException {
        Answers world = leading(Map.of(), List.of());
        Answers answers =
                question -> Set.of("www.example.org", "shpo.example.org").contains(name(question))
                        ? answer(question, 0x8183, List.of(), List.of(soa()))
                        : world.to(question);
        assertThat(dangling(answers, names == null ? "" : names))
                .containsEntry("reply", "answered")
                .containsEntry("undecided", 0L)
                .containsEntry("missing", missing);
    }

    /** Whatever the order of an answer, and more than are looked at. */
    @Test
    void nameServersAreLookedAtInTheirOwnOrder() throws IOException {
        List<String> servers = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            servers.add("ns" + i + ".gone.example");
        }
        servers.add("ns10.gone.example");
        Map<String, Object> one = dangling(leading(Map.of(), servers), "www");
        Collections.reverse(servers);
        Map<String, Object> other = dangling(leading(Map.of(), servers), "www");
        assertThat(one).containsEntry("looked", 13L).containsEntry("dangling", other.get("dangling"));
        assertThat(String.valueOf(one.get("dangling")))
                .containsOnlyOnce("ns10.")
                .doesNotContain("ns23");
    }

    /** It finds an address even for a name that never exists, so that no target could be gone. */
    @Test
    void aResolverThatRewritesWhatDoesNotExistDecidesNothing() throws IOException {
        Answers answers = question -> answer(
                question,
                0x8180,
                type(question) == Type.A ? List.of(record("", Type.A, new byte[4])) : List.of(),
                List.of(soa()));
        assertThat(dangling(answers, "www")).containsEntry("reply", "failed");
    }

    /** A target of which neither that it is there nor that it is gone is told. */
    @ParameterizedTest
    @ValueSource(ints = {0x8180, 0x8183})
    void withoutASoaNothingIsTold(int flags) throws IOException {
        Answers world = leading(Map.of("www.example.org", "there.example.net"), List.of("ns.example.net"));
        Answers answers = question ->
                name(question).endsWith("example.net") ? answer(question, flags, List.of()) : world.to(question);
        assertThat(dangling(answers, "www"))
                .containsEntry("reply", "answered")
                .containsEntry("looked", 2L)
                .containsEntry("undecided", 2L)
                .containsEntry("dangling", List.of());
    }

    /** A zone that the name is not in cannot say that there is none. */
    @ParameterizedTest
    @CsvSource({"net, 1", "example.net, 1", "example.com, 0", "le.net, 0", "a.there.gone.example.net, 0"})
    void onlyAZoneAboveCanSayThatNothingIsThere(String zone, int found) throws IOException {
        Answers world = leading(Map.of("www.example.org", "there.gone.example.net"), List.of());
        byte[] soa = record(zone, Type.SOA, new byte[22]);
        Answers answers = question -> name(question).endsWith("example.net")
                ? answer(question, 0x8183, List.of(), List.of(soa))
                : world.to(question);
        Map<String, Object> facts = dangling(answers, "www");
        assertThat(facts).containsEntry("looked", 1L).containsEntry("undecided", 1L - found);
        assertThat((List<?>) facts.get("dangling")).hasSize(found);
    }

    /** A label may hold any bytes, dots too; the next question repeats them. */
    @Test
    void anOddTargetIsAskedForAsItStands() throws IOException {
        byte[] odd = HexFormat.of().parseHex("03" + "61ff62" + "04" + "676f6e65" + "00");
        byte[] dotted = HexFormat.of().parseHex("02" + "2e2e" + "04" + "676f6e65" + "00");
        Map<String, byte[]> aliases = Map.of("www.example.org", odd, "shop.example.org", dotted);
        Answers world = leading(Map.of(), List.of());
        Answers answers = question -> {
            byte[] target = aliases.get(name(question));
            return target == null
                    ? world.to(question)
                    : answer(question, 0x8180, List.of(record("", Type.CNAME, target)));
        };
        assertThat(dangling(answers, "www,shop"))
                .containsEntry("undecided", 0L)
                .containsEntry(
                        "dangling",
                        List.of(
                                found("cname", "www.example.org", "a\\255b.gone"),
                                found("cname", "shop.example.org", "\\.\\..gone")));
    }

    /** What was found before is kept, nothing more is asked, and what is left is not told. */
    @Test
    void aResolverThatFallsSilent() throws IOException {
        Answers world = leading(
                Map.of("www.example.org", "gone.example.net", "shop.example.org", "slow.example.net"),
                List.of("ns.gone.example"));
        List<String> asked = new CopyOnWriteArrayList<>();
        Answers answers = question -> {
            asked.add(name(question));
            return name(question).startsWith("slow") ? null : world.to(question);
        };
        ProbeLimits limits = new ProbeLimits(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536);
        assertThat(dangling(answers, "www,shop,mail", limits))
                .containsEntry("outcome", "response")
                .containsEntry("reply", "answered")
                .containsEntry("undecided", 3L)
                .containsEntry("dangling", List.of(found("cname", "www.example.org", "gone.example.net")));
        assertThat(asked).endsWith("slow.example.net");
    }

    /** Its reason is not that nobody was reached. */
    @Test
    void aResolverThatFallsSilentDecidesNothing() throws IOException {
        ProbeLimits limits = new ProbeLimits(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 65_536);
        Answers answers =
                question -> type(question) == Type.MX ? answer(question, 0x8180, List.of(), List.of(soa())) : null;
        assertThat(mailOf("example.org", answers, limits))
                .containsEntry("outcome", "response")
                .containsEntry("reply", "failed");
    }

    /** What comes once without CD is SERVFAIL so many times; signed is whether there are signatures. */
    @ParameterizedTest
    @CsvSource({"1, true, answered, secure", "9, true, answered, bogus", "9, false, failed, none"})
    void aFailureThatPassesIsNoWrongSignature(int failures, boolean signed, String reply, String word)
            throws IOException {
        int[] left = {failures};
        Answers answers = question -> {
            boolean unchecked = (question[3] & 0x10) != 0;
            if (!unchecked && left[0]-- > 0) {
                return answer(question, 0x8182, List.of());
            }
            List<byte[]> records = new ArrayList<>();
            if (signed && type(question) == Type.DS) {
                records.add(record("", Type.DS, new byte[5]));
            }
            List<byte[]> authority = new ArrayList<>(List.of(soa()));
            if (signed) {
                authority.add(record("", Type.RRSIG, new byte[20]));
            }
            return answer(question, 0x8180, records, authority);
        };
        assertThat(trust(answers)).containsEntry("reply", reply).containsEntry("dnssec", word);
    }

    /** The names above are asked up to the last (RFC 8659 §3). */
    @ParameterizedTest
    @ValueSource(strings = {"a.b.c.d.e.example.org", "example.org", "org"})
    void caaIsLookedForUpwards(String holder) throws IOException {
        byte[] issue = HexFormat.of().parseHex("0005" + "6973737565" + "3b");
        Answers answers = question -> answer(
                question,
                0x8180,
                type(question) == Type.CAA && name(question).equals(holder)
                        ? List.of(record("", Type.CAA, issue))
                        : List.of(),
                List.of(soa()));
        assertThat(trust(answers)).containsEntry("reply", "answered").containsEntry("caa", "restricted");
    }

    /** Aliases that lead in a circle, in one answer or in several, lead nowhere that anybody could tell of. */
    @Test
    void aliasesInACircle() throws IOException {
        byte[] there = record("", Type.CNAME, wire("a.example.org"));
        byte[] back = record("a.example.org", Type.CNAME, wire("www.example.org"));
        Answers world = leading(
                Map.of(
                        "shop.example.org",
                        "b.example.org",
                        "b.example.org",
                        "shop.example.org",
                        "me.example.org",
                        "me.example.org"),
                List.of());
        Answers answers = question -> name(question).startsWith("www")
                ? answer(question, 0x8180, List.of(there, back), List.of(soa()))
                : world.to(question);
        assertThat(dangling(answers, "www,shop,me"))
                .containsEntry("reply", "answered")
                .containsEntry("looked", 3L)
                .containsEntry("undecided", 3L)
                .containsEntry("dangling", List.of());
    }

    @ParameterizedTest
    @CsvSource({"example.org, 'a b'", "example.org, 'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p'"})
    void whatIsNoNameIsNotAsked(String domain, String names) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            ProbeResult result = collect("dns.dangling", server.port(), Map.of("domain", domain, "names", names));
            assertThat(((ProbeResult.Failed) result).reason()).isEqualTo(ProbeFailure.BAD_PARAMETER);
            assertThat(server.connections()).isZero();
        }
    }

    /** An asset may have anything for its host name. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "bad name", "192.0.2.1", "2001:db8::1"})
    void whatIsNoDomainIsSaidToBeNone(String domain) throws IOException {
        for (String type : List.of("dns.mail", "dns.authenticity", "dns.dangling")) {
            try (ScriptedServer server = ScriptedServer.start(knowing(Map.of()))) {
                ProbeResult result = collect(type, server.port(), Map.of("domain", domain, "names", "www"));
                assertThat(((ProbeResult.Collected) result).facts().toString())
                        .as(type)
                        .contains("outcome=response", "reply=no-domain");
            }
        }
    }

    /** One connection for all questions, and every question wants recursion, signatures and whether they are right. */
    @Test
    void asksOverOneConnectionInFewBytes() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(knowing(Map.of()))) {
            ProbeResult result = collect("dns.mail", server.port(), Map.of("domain", "example.org"));
            assertThat(result.exchanges()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(result.exchanges().get(0).bytesOut()).isLessThan(250);
        }
        assertThat(HexFormat.of()
                        .formatHex(DnsMessage.signedQuestion(0x524f, DnsMessage.record("example.org", Type.DS), true)))
                .isEqualTo("524f01300001000000000001" + "076578616d706c65036f726700" + "002b0001"
                        + "0000291000000080000000");
    }
}
