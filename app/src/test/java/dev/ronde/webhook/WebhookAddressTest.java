package dev.ronde.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.problem.Problem;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/x",
                "http://hooks.example.org/x",
                "https://169.254.169.254/latest/meta-data",
                "https://[fd00:ec2::254]/latest",
                "https://[fe80::1]/",
                "https://[::ffff:169.254.169.254]/latest",
                "https://100.100.100.200/latest",
                "https://224.0.0.1/",
                "https://user:word@example.org/",
                "https://0.0.0.0/",
                "https://0.1.2.3/",
                "https://168.63.129.16/machine",
                "https://192.0.0.192/opc/v1/instance",
                "https://255.255.255.255/",
                "https://[64:ff9b::a9fe:a9fe]/latest",
                "https://[64:ff9b:1::a9fe:a9fe]/latest",
                "https://[2002:a9fe:a9fe::1]/latest",
                "https://[2002:a83f:8110::1]/machine",
                "https://[2001:0:a83f:8110::1]/machine",
                "https://[::a9fe:a9fe]/latest",
                "https://example.org/#part",
                "https:///path",
                "not an address",
                ""
            })
    void whatMayNotBeUsedIsRefused(String url) {
        assertThatThrownBy(() -> WebhookAddress.of(url))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors().get(0).pointer()).isEqualTo("/url"));
    }

    /** A name may lead elsewhere by the time a message is sent; its addresses are looked at again, whatever was saved. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://168.63.129.16/machine",
                "https://[64:ff9b::a9fe:a9fe]/latest",
                "https://[2002:a9fe:a9fe::1]/latest",
                "http://10.1.2.3/hook",
                "http://hooks.invalid/x"
            })
    void whatMayNotBeUsedIsNotSentToEither(String url) {
        assertThat(WebhookAddress.refusal(URI.create(url))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.invalid/services/a?b=c",
                "https://10.1.2.3:8443/hook",
                "http://127.0.0.1:9000/hook",
                "http://[::1]:9000/hook"
            })
    void whatMayBeUsedIs(String url) {
        assertThat(WebhookAddress.of(" " + url + " ")).hasToString(url);
        assertThat(WebhookAddress.refusal(URI.create(url))).isEmpty();
    }
}
