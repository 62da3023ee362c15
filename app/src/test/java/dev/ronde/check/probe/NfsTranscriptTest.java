package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Judgement;
import dev.ronde.testing.OutcomeTable;
import dev.ronde.testing.Stance;
import dev.ronde.testing.services.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mount service of NFS 3 as RFC 1813 (appendix I) and RFC 5531 have it, with the answers that no server gives when asked. */
class NfsTranscriptTest {
    private static final String CHECK = "nfs-world-export";

    /** Answer with our number, accepted, no verifier, success. */
    private static final String ACCEPTED = "524f4e44 00000001 00000000 00000000 00000000 00000000";

    /** A list of exports, each a path and the groups behind it. */
    private static byte[] exports(List<List<String>> exports) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex(ACCEPTED));
        for (List<String> export : exports) {
            number(out, 1);
            text(out, export.get(0));
            export.stream().skip(1).forEach(group -> {
                number(out, 1);
                text(out, group);
            });
            number(out, 0);
        }
        number(out, 0);
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int number) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static void text(ByteArrayOutputStream out, String text) {
        number(out, text.length());
        out.writeBytes(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), (text.length() + 3) / 4 * 4));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] fragment(byte[] bytes, int from, int to, boolean last) {
        return ByteBuffer.allocate(4 + to - from)
                .putInt((last ? 0x80000000 : 0) | (to - from))
                .put(bytes, from, to - from)
                .array();
    }

    private static String word(Stance stance, byte[] record) throws IOException {
        return told(stance, fragment(record, 0, record.length, true));
    }

    private static String told(Stance stance, byte[]... pieces) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.hear();
            for (byte[] piece : pieces) {
                peer.say(piece);
            }
        })) {
            Judgement judgement = ShippedChecks.judge(ShippedChecks.find(CHECK), server.port(), Duration.ofSeconds(2));
            String outcome = judgement.outcome().code();
            OutcomeTable.note(CHECK, "transcripts of RFC 1813", stance, outcome);
            assertThat(server.received(0).getBytes(StandardCharsets.ISO_8859_1))
                    .as("one call, without credentials")
                    .isEqualTo(hex("80000028 524f4e44 00000000 00000002 000186a5 00000003 00000005"
                            + "00000000 00000000 00000000 00000000"));
            return judgement.failed().isEmpty() ? outcome : outcome + " " + judgement.failed();
        }
    }

    @Test
    void exportsOfEverybodyAndOfSome() throws IOException {
        for (String everybody : List.of("*", "(everyone)", "0.0.0.0/0", "::/0")) {
            assertThat(word(
                            Stance.EXPOSED,
                            exports(List.of(List.of("/srv", "10.0.0.0/8"), List.of("/home", everybody)))))
                    .as(everybody)
                    .isEqualTo("fail [no-world-export]");
        }
        assertThat(word(Stance.EXPOSED, exports(List.of(List.of("/srv")))))
                .as("no group is everybody")
                .isEqualTo("fail [no-world-export]");
        assertThat(word(Stance.HALF, exports(List.of(List.of("/srv", "10.0.0.7", "*")))))
                .as("somebody, and everybody")
                .isEqualTo("fail [no-world-export]");
        assertThat(word(
                        Stance.PROTECTED,
                        exports(List.of(List.of("/srv", "*.example.org", "10.0.0.0/8"), List.of("/home", "@staff")))))
                .isEqualTo("pass");
        assertThat(word(Stance.PROTECTED, exports(List.of()))).as("nothing").isEqualTo("pass");
    }

    /** A network that nobody fills is everybody, with a length or a mask, and so is half of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0.0.0.0",
                "0.0.0.0/00",
                "0/0",
                "0.0.0.0/1 128.0.0.0/1",
                "128.0.0.0/128.0.0.0",
                "0.0.0.0/2",
                "10.0.0.0/254.0.0.0",
                "0.0.0.0/0.0.0.127 10.0.0.7",
                "@0.0.0.0/0",
                "0.0.0.0",
                "0::/0",
                "0:0:0:0:0:0:0:0/0",
                "::/::",
                "::0.0.0.0/0",
                "2000::/3",
                "2000::/15",
                "2000::/fffe::",
                "fc00::/6",
                "::"
            })
    void aNetworkThatIsTooWide(String groups) throws IOException {
        List<String> export = new ArrayList<>(List.of("/srv"));
        export.addAll(List.of(groups.split(" ")));
        assertThat(word(Stance.EXPOSED, exports(List.of(export)))).as(groups).isEqualTo("fail [no-world-export]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/8",
                "@10.0.0.0/8",
                "10.0.0.0",
                "10.0.0.7/255.255.255.255",
                "0.0.0.1/0.0.0.255",
                "2001::/16",
                "2001:db8::/ffff:ffff::",
                "fd00::/8",
                "fc00::/7",
                "fe80::/10",
                "gss/krb5p",
                "@0/staff",
                "0.example.org/0",
                "dead/0",
                "0.0.0.0/",
                "0.0.0.0/x",
                "/0",
                "/",
                "@",
                "0",
            })
    void aNetworkOfSomebody(String group) throws IOException {
        assertThat(word(Stance.PROTECTED, exports(List.of(List.of("/srv", group)))))
                .as(group)
                .isEqualTo("pass");
    }

    @Test
    void aListInFragments() throws IOException {
        byte[] record = exports(List.of(List.of("/srv", "10.0.0.7"), List.of("/home")));
        assertThat(told(
                        Stance.EXPOSED,
                        fragment(record, 0, 10, false),
                        fragment(record, 10, 40, false),
                        fragment(record, 40, record.length, true)))
                .isEqualTo("fail [no-world-export]");
    }

    @ParameterizedTest
    @CsvSource({
        "denied, 524f4e44 00000001 00000001 00000001 00000001",
        "no such program, 524f4e44 00000001 00000000 00000000 00000000 00000001",
        "no such version, 524f4e44 00000001 00000000 00000000 00000000 00000002 00000001 00000001",
        "no such procedure, 524f4e44 00000001 00000000 00000000 00000000 00000003",
        "another number, 00000000 00000001 00000000 00000000 00000000 00000000 00000000",
        "a call, 524f4e44 00000000 00000000 00000000 00000000 00000000 00000000",
        "ends too early, 524f4e44 00000001 00000000 00000000 00000000 00000000",
        "half an export, 524f4e44 00000001 00000000 00000000 00000000 00000000 00000001 00000004 2f737276",
        "a length below zero, 524f4e44 00000001 00000000 00000000 00000000 00000000 00000001 ffffffff",
        "a path longer than any, 524f4e44 00000001 00000000 00000000 00000000 00000000 00000001 00000800",
        "neither yes nor no, 524f4e44 00000001 00000000 00000000 00000000 00000000 00000007"
    })
    void whatIsNoList(String what, String record) throws IOException {
        assertThat(word(Stance.OTHER, hex(record))).as(what).isEqualTo("unknown");
    }

    @Test
    void aListThatDoesNotEnd() throws IOException {
        byte[] much = fragment(new byte[60_000], 0, 60_000, false);
        ByteBuffer.wrap(much).putInt(4, 0x524f4e44);
        assertThat(told(Stance.OTHER, much)).isEqualTo("unknown");
    }
}
