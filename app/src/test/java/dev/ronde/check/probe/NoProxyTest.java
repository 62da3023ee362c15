package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proxies of the machine are nothing to a probe. Java knows them as system properties and as the process's {@link ProxySelector}, which
 * is also where {@code HTTP_PROXY} and {@code NO_PROXY} of the environment arrive, where they are read at all.
 */
final class NoProxyTest {
    private static final ProbeLimits LIMITS = new ProbeLimits(5, Duration.ofMillis(300), Duration.ofMillis(300), 4_096);

    private final Map<String, String> before = new HashMap<>();
    private ProxySelector selector;
    private ScriptedServer proxy;

    static Stream<String> tcpTypes() {
        return ProbeBudgetTest.tcpTypes();
    }

    @BeforeEach
    void setProxies() {
        proxy = ScriptedServer.start(ScriptedServer.silence());
        for (String scheme : List.of("socks", "http.", "https.")) {
            set(scheme + (scheme.equals("socks") ? "ProxyHost" : "proxyHost"), "127.0.0.1");
            set(scheme + (scheme.equals("socks") ? "ProxyPort" : "proxyPort"), String.valueOf(proxy.port()));
        }
        set("http.nonProxyHosts", "");
        set("socksNonProxyHosts", "");
        selector = ProxySelector.getDefault();
        ProxySelector.setDefault(new ToTheProxy(proxy.port()));
    }

    @AfterEach
    void restore() throws IOException {
        ProxySelector.setDefault(selector);
        before.forEach((key, value) -> {
            if (value == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
        proxy.close();
    }

    private void set(String key, String value) {
        before.put(key, System.setProperty(key, value));
    }

    /** Sends whoever asks to the proxy. */
    private static final class ToTheProxy extends ProxySelector {
        private final int port;

        ToTheProxy(int port) {
            this.port = port;
        }

        @Override
        public List<Proxy> select(URI uri) {
            Proxy.Type type = uri.getScheme().equals("socket") ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
            return List.of(new Proxy(type, new InetSocketAddress("127.0.0.1", port)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new IllegalStateException("somebody went to " + address + " for " + uri, failure);
        }
    }

    @ParameterizedTest
    @MethodSource("tcpTypes")
    void aProbeGoesToItsTargetItself(String type) throws IOException {
        try (ScriptedServer target = ScriptedServer.start(ScriptedServer.Peer::reset)) {
            ProbeResult result = TestNetwork.probe(type).collect(TestNetwork.target(target.port()), LIMITS);
            assertThat(result.exchanges()).isNotEmpty();
            target.awaitConnections(1);
            assertThat(target.connections()).isPositive();
            assertThat(proxy.connections()).isZero();
        }
    }

    @Test
    void theCanaryDoesToo() throws IOException {
        try (ScriptedServer target = ScriptedServer.start(ScriptedServer.silence())) {
            List<HostPort> canaries = VantageCanary.parse("127.0.0.1:" + target.port());
            assertThat(new VantageCanary(
                                    canaries,
                                    name -> List.of(),
                                    TestNetwork.policy("", name -> List.of()),
                                    System::nanoTime)
                            .vouchesFor(
                                    List.of(TestNetwork.address("127.0.0.2")),
                                    new VantageCanary.Notes("internal", java.time.InstantSource.system(), noted -> {})))
                    .isTrue();
            target.awaitConnections(1);
            assertThat(target.connections()).isEqualTo(1);
            assertThat(proxy.connections()).isZero();
        }
    }
}
