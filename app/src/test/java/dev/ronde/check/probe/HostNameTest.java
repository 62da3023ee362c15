package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "127.1",
                "127.0.1",
                "127.0.0.01",
                "256.1.1.1",
                "1.2.3.4.5",
                "０x7f000001",
                "１２７.１",
                "127.0.0.1.",
                "example.123",
                "fe80::1%eth0",
                "::g",
                "a b",
                "a..b",
                "",
                ".",
                "-a.example",
                "a\r\nb",
                "user@host",
                "http://host",
                "host:80",
                "[::1",
                "a/b"
            })
    void refusesEverythingThatIsNotOnePlainHost(String host) {
        assertThatThrownBy(() -> HostName.parse(host)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Example.ORG.,example.org",
        "bücher.example,xn--bcher-kva.example",
        "bücher。example,xn--bcher-kva.example",
        "my_service,my_service",
        "１２７.０.０.１x,127.0.0.1x",
        "10.0.0.7,10.0.0.7",
        "::ffff:10.0.0.7,10.0.0.7",
        "[2001:DB8::1],2001:db8:0:0:0:0:0:1",
        "::1,0:0:0:0:0:0:0:1"
    })
    void bringsHostsToOneForm(String host, String expected) {
        assertThat(HostName.parse(host).text()).isEqualTo(expected);
    }
}
