package dev.ronde.testing.services;

import static dev.ronde.testing.services.ServiceTable.exposed;
import static dev.ronde.testing.services.ServiceTable.guarded;
import static dev.ronde.testing.services.ServiceTable.halfway;
import static dev.ronde.testing.services.ServiceTable.judge;
import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import dev.ronde.testing.services.KafkaBroker.Listener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What applications stand on: the checks against the real servers of Debian, exposed, protected and half-configured. The check of the Docker API against the real daemon of Debian, which starts no container. The check of Kafka against every kind of listener of a real broker. */
@Tag("service")
class PlatformServicesTest {
    @Test
    @Needs("influxd")
    void influxdb() {
        judge(
                "influxdb-anonymous",
                exposed(() -> PlatformServices.influxdb(false), "fail [api-closed]")
                        .other("clickhouse-anonymous", "unknown"),
                // whoever comes first makes himself its administrator
                halfway(() -> PlatformServices.influxd(true), "fail [administrator-exists]"),
                guarded(() -> PlatformServices.influxdb(true), "pass"));
    }

    @Test
    @Needs("/usr/share/java/zookeeper.jar")
    void zookeeper() {
        String sasl = PlatformServices.SASL;
        judge(
                "zookeeper-open",
                exposed(() -> PlatformServices.zookeeper(), "fail [credentials-demanded]"),
                // it can tell who somebody is and does not ask
                halfway(() -> PlatformServices.zookeeper(sasl), "fail [credentials-demanded]"),
                guarded(
                        () -> PlatformServices.zookeeper(
                                sasl, "enforce.auth.enabled=true", "enforce.auth.schemes=sasl"),
                        "pass"),
                guarded(() -> PlatformServices.zookeeper(sasl, "sessionRequireClientSASLAuth=true"), "pass"));
    }

    @Test
    @Needs({"jupyter-notebook", "/usr/sbin/nginx"})
    void jupyter() {
        String none = "--NotebookApp.token=";
        String password = "--NotebookApp.password=sha1:0123456789ab:e952d8c1986a723beda5b7bda1c783577cede92c";
        try (Service open = PlatformServices.jupyter(none)) {
            judge(
                    "jupyter-anonymous",
                    exposed(() -> open, "fail [api-closed]").other("grafana-anonymous", "unknown"),
                    // a proxy asks before the pages and not before the API
                    halfway(
                            () -> Services.before(open, "location / { {ask} {pass} } location /api/ { {pass} }"),
                            "fail [api-closed]"),
                    exposed(() -> PlatformServices.jupyter(none, "--NotebookApp.base_url=/lab"), "unknown")
                            .and("prefix", "/lab", "fail [api-closed]"),
                    guarded(() -> PlatformServices.jupyter(none, password), "pass"),
                    guarded(() -> PlatformServices.jupyter("--NotebookApp.token=s3cret"), "pass"));
        }
    }

    /** RabbitMQ itself lets nobody in, not even where who publishes needs no credentials; a proxy before it may. */
    @Test
    @Needs({"/usr/lib/rabbitmq/bin/rabbitmq-server", "epmd", "/usr/sbin/nginx"})
    void rabbitmq() {
        String guest = "proxy_set_header Authorization \"" + PlatformServices.RABBIT_GUEST + "\"; {pass} }";
        try (Service closed = PlatformServices.rabbitmq("anonymous_login_user = guest")) {
            judge(
                    "rabbitmq-management-anonymous",
                    guarded(() -> closed, "pass"),
                    exposed(() -> Services.before(closed, "location / { " + guest), "fail [api-closed]"),
                    // the pages ask, the API does not
                    halfway(
                            () -> Services.before(closed, "location / { {ask} {pass} } location /api/ { " + guest),
                            "fail [api-closed]"));
        }
    }

    @Test
    @Needs({"dockerd", "openssl"})
    void docker() {
        String[] tls = {"", "--tlscert={cert}", "--tlskey={key}", "--tlscacert={cert}"};
        judge(
                "docker-api-anonymous",
                exposed(() -> PlatformServices.dockerd(), "fail [api-closed]"),
                // encrypted, and for whoever comes
                halfway(() -> PlatformServices.dockerd(with("--tlsverify=false", tls)), "fail [api-closed]"),
                // it verifies unless it is told not to
                guarded(() -> PlatformServices.dockerd(with("--tls", tls)), "pass"),
                guarded(() -> PlatformServices.dockerd(with("--tlsverify", tls)), "pass"));
    }

    private static String[] with(String first, String... options) {
        String[] all = options.clone();
        all[0] = first;
        return all;
    }

    @Test
    @Needs({"target/nodes/kafka/lib", "openssl"})
    void everyKindOfListener() {
        try (KafkaBroker broker = KafkaBroker.start()) {
            assertListener(exposed(broker.at(Listener.OPEN)), "fail [credentials-demanded]");
            assertListener(halfway(broker.at(Listener.TLS)), "fail [credentials-demanded]");
            assertListener(halfway(broker.at(Listener.REQUESTED)), "fail [credentials-demanded]");
            assertListener(guarded(broker.at(Listener.PASSWORD)), "pass");
            assertListener(guarded(broker.at(Listener.CERTIFICATE)), "pass");
        }
    }

    private static void assertListener(Service listener, String word) {
        assertThat(ServiceProbes.check("kafka-plaintext-anonymous", listener).word())
                .as(listener.toString())
                .isEqualTo(word);
    }
}
