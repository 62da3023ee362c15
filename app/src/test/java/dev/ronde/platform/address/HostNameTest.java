package dev.ronde.platform.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** A name service that knows a name of numbers is not asked; in a process of its own, since one is chosen once in each. */
    @Test
    void aNumberTooLargeIsNotLookedUp(@TempDir Path folder) throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "10.0.0.1 192.0.2.300\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        "192.0.2.300",
                        "192.0.2.30")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly("Optional.empty", "Optional[/192.0.2.30]");
    }

    /** Prints the addresses that texts are. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] texts) {
            for (String text : texts) {
                System.out.println(HostName.literal(text));
            }
        }
    }
}
