package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.config.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers meant to hurt whoever reads them. */
final class DnsAnswerTest {
    private static final int LARGEST = 16_384;
    private static final int HOST_IDENTITY = 55;

    private static byte[] real() throws IOException {
        Message message = new Message(DnsMessage.ID);
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(DnsMessage.record("www.example.org", Type.A), Section.QUESTION);
        String zone = """
                www.example.org. 60 IN CNAME a.example.net.
                a.example.net. 60 IN A 192.0.2.1
                example.org. 60 IN NS ns.example.org.
                example.org. 60 IN MX 10 mx.example.org.
                example.org. 60 IN TXT "v=spf1 -all" "more"
                example.org. 60 IN CAA 0 issue "ca.example"
                example.org. 60 IN DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000
                example.org. 60 IN SOA ns.example.org. mail.example.org. 1 2 3 4 5
                example.org. 60 IN HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1
                example.org. 60 IN NSEC a.example.org. A MX RRSIG
                """;
        try (Master records = new Master(new ByteArrayInputStream(zone.getBytes(StandardCharsets.US_ASCII)))) {
            for (Record record = records.nextRecord(); record != null; record = records.nextRecord()) {
                message.addRecord(record, Section.ANSWER);
            }
        }
        return message.toWire();
    }

    /** Damaged and cut anywhere, it is an answer or none, and never another failure. */
    @Test
    void aDamagedAnswerIsReadOrRefused() throws IOException {
        Random random = new Random(20191228);
        byte[] real = real();
        Record question = DnsMessage.record("www.example.org", Type.A);
        assertThat(DnsAnswer.read(real, question).told()).isTrue();
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(real, random.nextInt(4) > 0 ? real.length : random.nextInt(real.length) + 1);
            for (int i = random.nextInt(6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                DnsAnswer answer = DnsAnswer.read(bytes, question);
                answer.told();
                List.of(Type.CNAME, Type.TXT, Type.NS, Type.MX, Type.CAA).forEach(answer::texts);
                read++;
            } catch (ProtocolException e) {
                assertThat(e.getMessage()).contains("an answer");
            }
        }
        assertThat(read).isBetween(1_000, 19_000);
    }

    /** Every two bytes point to those before them, and a record holds nothing but names that begin at the last. */
    @Test
    void namesThatLeadThroughEachOtherAreReadInTime() {
        ByteBuffer bomb = ByteBuffer.allocate(LARGEST);
        bomb.putShort((short) DnsMessage.ID)
                .putInt(0x8180_0000)
                .putInt(0x0002_0000)
                .putShort((short) 0);
        bomb.put(head(10, LARGEST / 2 - 24)).putShort((short) 0);
        int last = bomb.position() - 2;
        while (bomb.position() < LARGEST / 2 - 1) {
            int at = bomb.position();
            bomb.putShort((short) (0xc000 | last));
            last = at;
        }
        bomb.put(head(HOST_IDENTITY, bomb.remaining() - 11)).putInt(0x0102_0001).putShort((short) 0);
        while (bomb.remaining() > 1) {
            bomb.putShort((short) (0xc000 | last));
        }
        assertTimeout(Duration.ofSeconds(10), () -> new Message(bomb.array()));
    }

    private static byte[] head(int type, int length) {
        return ByteBuffer.allocate(11)
                .putShort(1, (short) type)
                .putShort(3, (short) 1)
                .putShort(9, (short) length)
                .array();
    }

    private static Settings settings(String resolver) {
        return SettingsReader.read(Map.of(Setting.PROBE_RESOLVER, resolver, Setting.HOME, "target/none"), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.53, 10.0.0.53, 53",
        "10.0.0.53:5353, 10.0.0.53, 5353",
        "2001:db8::53, 2001:db8:0:0:0:0:0:53, 53",
        "[2001:db8::53]:5353, 2001:db8:0:0:0:0:0:53, 5353"
    })
    void isAnAddressWithItsPort(String text, String host, int port) {
        assertThat(NameServer.of(settings(text))).isEqualTo(new NameServer(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resolver.example.org", "resolver.example.org:53", "10.0.0.53:0", "10.0.53", "fe80::1%eth0"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> NameServer.of(settings(text)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("RONDE_PROBE_RESOLVER is " + text)
                .hasMessageContaining("10.0.0.53");
        assertThatThrownBy(() -> Probes.require(settings(text)))
                .as("said before anything is made in the home")
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void isTheFirstOfThisMachineWhereNoneIsNamed() {
        assertThat(NameServer.first(List.of(
                        "# nameserver 192.0.2.9",
                        "search example.org",
                        "nameserver fe80::1%eth0",
                        " nameserver\t192.0.2.1 ",
                        "nameserver 192.0.2.2")))
                .contains("192.0.2.1");
        assertThat(NameServer.first(List.of("options ndots:1", "nameserver"))).isEmpty();
        assertThat(NameServer.of(SettingsReader.read(Map.of(Setting.HOME, "target/none"), Map.of()))
                        .port())
                .isEqualTo(53);
    }
}
