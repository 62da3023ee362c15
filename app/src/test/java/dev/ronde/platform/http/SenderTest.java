package dev.ronde.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsCheck;
import dev.ronde.platform.config.SettingsReader;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a request comes from, behind proxies we trust and behind none. */
final class SenderTest {
    private static String sender(String trusted, String headers) throws IOException {
        String answer = answer(trusted, headers);
        return answer.substring(answer.indexOf('<') + 1, answer.indexOf('>'));
    }

    private static String answer(String trusted, String headers) throws IOException {
        TrustedProxies proxies = TrustedProxies.of(settings(trusted));
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get(
                    "/",
                    context -> context.result("<" + proxies.client(context) + ">"
                            + TrustedProxies.shared(context, proxies.client(context))));
        });
        server.start("127.0.0.1", 0);
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String head = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + headers.replace('|', '\n').replace("\n", "\r\n") + (headers.isEmpty() ? "" : "\r\n") + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
        } finally {
            server.stop();
        }
    }

    private static Settings settings(String trusted) {
        return SettingsReader.read(Map.of(Setting.TRUSTED_PROXIES, trusted), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                // nobody is trusted: what headers say is not believed
                "'';X-Forwarded-For: 203.0.113.9;127.0.0.1",
                "10.0.0.0/8;X-Forwarded-For: 203.0.113.9;127.0.0.1",
                // read from the right, as far as our proxies go
                "127.0.0.0/8;X-Forwarded-For: 203.0.113.9;203.0.113.9",
                "127.0.0.1;X-Forwarded-For: 198.51.100.1, 203.0.113.9;203.0.113.9",
                "'127.0.0.1,10.0.0.0/8';X-Forwarded-For: 198.51.100.1, 203.0.113.9, 10.1.2.3;203.0.113.9",
                "'127.0.0.1,10.0.0.0/8';X-Forwarded-For: 198.51.100.1|X-Forwarded-For: 203.0.113.9, 10.1.2.3;203.0.113.9",
                "127.0.0.1;X-Forwarded-For: 203.0.113.9:4711;203.0.113.9",
                "127.0.0.1;X-Forwarded-For: [2001:db8::7]:4711;2001:db8::7",
                "127.0.0.1;X-Forwarded-For: 2001:db8::7;2001:db8::7",
                "127.0.0.1;X-Forwarded-For: 203.0.113.9, unknown;127.0.0.1",
                "127.0.0.1;X-Forwarded-For: 203.0.113.9, evil.example;127.0.0.1",
                "127.0.0.1;'Forwarded: for=198.51.100.1, for=203.0.113.9;proto=https';203.0.113.9",
                "127.0.0.1;Forwarded: For=\"[2001:db8::7]:4711\";2001:db8::7",
                // a proxy that writes one of them passes the other on as it came
                "127.0.0.1;Forwarded: for=198.51.100.1|X-Forwarded-For: 203.0.113.9;127.0.0.1",
                "127.0.0.1;Forwarded: for=203.0.113.9|X-Forwarded-For: 203.0.113.9;203.0.113.9",
                "127.0.0.1;X-Real-IP: 203.0.113.9;127.0.0.1"
            })
    void theSenderIsWhoTheNearestStrangerIs(String trusted, String headers, String expected) throws IOException {
        assertThat(sender(trusted, headers)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            '';'';false
            '';X-Forwarded-For: 203.0.113.9;true
            '';X-Real-IP: 203.0.113.9;true
            127.0.0.1;X-Real-IP: 203.0.113.9;true
            127.0.0.1;X-Forwarded-For: 203.0.113.9;false
            127.0.0.1;'';false""")
    void theAddressOfAProxyIsThatOfMany(String trusted, String headers, boolean shared) throws IOException {
        assertThat(answer(trusted, headers)).endsWith(">" + shared);
    }

    @Test
    void aNetworkThatIsNoneStopsTheStart() {
        assertThat(SettingsCheck.look(settings("10.0.0.0/8, proxy.example.org")))
                .singleElement()
                .asString()
                .contains("RONDE_TRUSTED_PROXIES is \"proxy.example.org\"", "10.0.0.0/8");
        assertThat(SettingsCheck.look(settings(""))).isEmpty();
    }
}
