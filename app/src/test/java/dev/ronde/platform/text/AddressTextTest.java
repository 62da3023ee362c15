package dev.ronde.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of RFC 5952 §4. */
final class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0DB8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "192.0.2.1, 192.0.2.1",
    })
    void isWrittenInOneWay(String address, String text) throws UnknownHostException {
        assertThat(AddressText.shown(address)).isEqualTo(text);
        assertThat(AddressText.of(InetAddress.getByName(address))).isEqualTo(text);
        assertThat(AddressText.shown(text)).isEqualTo(text);
    }

    @Test
    void standsInBracketsBesideAPort() throws UnknownHostException {
        assertThat(AddressText.of(InetAddress.getByName("2001:db8::1"), 443)).isEqualTo("[2001:db8::1]:443");
        assertThat(AddressText.of(InetAddress.getByName("192.0.2.1"), 443)).isEqualTo("192.0.2.1:443");
        assertThat(AddressText.shown("fe80:0:0:0:0:0:0:1%eth0")).isEqualTo("fe80::1");
        assertThat(AddressText.shown("db.example.org")).isEqualTo("db.example.org");
    }
}
