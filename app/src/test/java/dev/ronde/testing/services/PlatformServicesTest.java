package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.another;
import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What applications stand on: the checks against the real servers of Debian, exposed, protected and half-configured. */
@Tag("service")
class PlatformServicesTest {
    @Test
    @Needs("influxd")
    void influxdb() {
        try (Service open = exposed(PlatformServices.influxdb(false));
                Service half = halfway(PlatformServices.influxdbWithoutAdministrator());
                Service closed = guarded(PlatformServices.influxdb(true))) {
            assertThat(word("influxdb-anonymous", open)).isEqualTo("fail [api-closed]");
            assertThat(word("influxdb-anonymous", half))
                    .as("whoever comes first makes himself its administrator")
                    .isEqualTo("fail [administrator-exists]");
            assertThat(word("influxdb-anonymous", closed)).isEqualTo("pass");
            assertThat(word("clickhouse-anonymous", another(open)))
                    .as("another database")
                    .isEqualTo("unknown");
        }
    }

    @Test
    @Needs("/usr/share/java/zookeeper.jar")
    void zookeeper() {
        String sasl = PlatformServices.SASL;
        try (Service open = exposed(PlatformServices.zookeeper());
                Service half = halfway(PlatformServices.zookeeper(sasl));
                Service enforced = guarded(
                        PlatformServices.zookeeper(sasl, "enforce.auth.enabled=true", "enforce.auth.schemes=sasl"));
                Service required = guarded(PlatformServices.zookeeper(sasl, "sessionRequireClientSASLAuth=true"))) {
            assertThat(word("zookeeper-open", open)).isEqualTo("fail [credentials-demanded]");
            assertThat(word("zookeeper-open", half))
                    .as("it can tell who somebody is and does not ask")
                    .isEqualTo("fail [credentials-demanded]");
            assertThat(word("zookeeper-open", enforced)).isEqualTo("pass");
            assertThat(word("zookeeper-open", required)).isEqualTo("pass");
        }
    }

    @Test
    @Needs({"jupyter-notebook", "/usr/sbin/nginx"})
    void jupyter() {
        String none = "--NotebookApp.token=";
        try (Service open = exposed(PlatformServices.jupyter(none));
                Service prefixed = exposed(PlatformServices.jupyter(none, "--NotebookApp.base_url=/lab"));
                Service password = guarded(PlatformServices.jupyter(
                        none, "--NotebookApp.password=sha1:0123456789ab:e952d8c1986a723beda5b7bda1c783577cede92c"));
                Service token = guarded(PlatformServices.jupyter("--NotebookApp.token=s3cret"));
                Service half = halfway(
                        before(
                                open,
                                "location / { auth_basic r; auth_basic_user_file {passwords}; {pass} } location /api/ { {pass} }"))) {
            assertThat(word("jupyter-anonymous", open)).isEqualTo("fail [api-closed]");
            assertThat(word("jupyter-anonymous", half))
                    .as("a proxy asks before the pages and not before the API")
                    .isEqualTo("fail [api-closed]");
            assertThat(word("jupyter-anonymous", prefixed)).isEqualTo("unknown");
            assertThat(word("jupyter-anonymous", prefixed, Map.of("prefix", "/lab")))
                    .isEqualTo("fail [api-closed]");
            assertThat(word("jupyter-anonymous", password)).isEqualTo("pass");
            assertThat(word("jupyter-anonymous", token)).isEqualTo("pass");
            assertThat(word("grafana-anonymous", another(open)))
                    .as("another product")
                    .isEqualTo("unknown");
        }
    }

    /** RabbitMQ itself lets nobody in; a proxy before it may. */
    @Test
    @Needs({"/usr/lib/rabbitmq/bin/rabbitmq-server", "epmd", "/usr/sbin/nginx"})
    void rabbitmq() {
        String guest = "proxy_set_header Authorization \"" + PlatformServices.RABBIT_GUEST + "\"; ";
        try (Service closed = guarded(PlatformServices.rabbitmq("anonymous_login_user = guest"));
                Service open = exposed(before(closed, "location / { " + guest + "{pass} }"));
                Service half = halfway(before(
                        closed,
                        "location / { auth_basic r; auth_basic_user_file {passwords}; {pass} } location /api/ { "
                                + guest + "{pass} }"))) {
            assertThat(word("rabbitmq-management-anonymous", closed))
                    .as("who publishes without credentials does not manage")
                    .isEqualTo("pass");
            assertThat(word("rabbitmq-management-anonymous", open)).isEqualTo("fail [api-closed]");
            assertThat(word("rabbitmq-management-anonymous", half))
                    .as("the pages ask, the API does not")
                    .isEqualTo("fail [api-closed]");
        }
    }

    /** nginx before a service; {@code {pass}} hands on to it. */
    private static Service before(Service service, String locations) {
        String pass = "proxy_pass http://127.0.0.1:" + service.port() + ";";
        return NetworkServices.nginx("listen {port}; " + locations.replace("{pass}", pass));
    }

    private static String word(String check, Service service, Map<String, String> options) {
        return ServiceProbes.checkWith(check, service, options).word();
    }

    private static String word(String check, Service service) {
        return ServiceProbes.check(check, service).word();
    }
}
