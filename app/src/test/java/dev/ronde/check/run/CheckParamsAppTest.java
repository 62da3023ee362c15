package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the tags of an asset say reaches the question that is put to it: another port, a path, which product it is. */
final class CheckParamsAppTest {
    private final TestClock clock = new TestClock();

    private static void asset(CheckedEstate app, String ref, String kind, int port, String... tags) {
        app.asset(
                ref,
                kind,
                "address",
                "127.0.0.1",
                "port",
                port,
                "tags",
                List.of(tags),
                "probe_authorised_until",
                "2026-12-31");
    }

    private static TestApp.Answer tagged(CheckedEstate app, String... tags) {
        return app.call("PATCH", "/api/v1/assets/plain", Map.of("tags", List.of(tags)));
    }

    private static Set<String> asked(CheckedEstate app, String ref) {
        Set<String> checks = new TreeSet<>();
        for (JsonNode entry : app.items("/api/v1/probe-log?asset=" + ref)) {
            checks.add(entry.path("check").asString() + " "
                    + entry.path("remote_port").asInt());
        }
        return checks;
    }

    @Test
    void tagsChooseThePortThePathAndTheProduct() throws IOException {
        try (ScriptedServer telnet = ScriptedServer.start(ScriptedServer.greet("login: "));
                ScriptedServer named = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 404 Not Found\r\n\r\n"));
                ScriptedServer unnamed = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 404 Not Found\r\n\r\n"));
                CheckedEstate app = CheckedEstate.start(clock, Map.of(Setting.PROBE_ALLOW, "127.0.0.1/32"))) {
            int port = telnet.port();
            asset(app, "switch", "host.network-device", 161, "param:network-device-telnet.port=" + port);
            String prefix = "param:prometheus-anonymous.prefix=/prom";
            asset(app, "named", "service.monitoring", named.port(), "product:prometheus", prefix);
            asset(app, "unnamed", "service.monitoring", unnamed.port());
            app.settle();

            assertThat(asked(app, "switch")).contains("network-device-telnet " + port);
            assertThat(asked(app, "named")).containsExactly("prometheus-anonymous " + named.port());
            assertThat(named.received(0)).startsWith("GET /prom/api/v1/status/buildinfo HTTP/1.1");
            assertThat(asked(app, "unnamed"))
                    .contains("prometheus-anonymous " + unnamed.port(), "alertmanager-anonymous " + unnamed.port());
        }
    }

    private static String checks(CheckedEstate app, String ref) {
        return app.app.get("/api/v1/assets/" + ref + "/protections").body();
    }

    @Test
    void aMistypedProductIsRefusedAndAnUnknownOneTakesNoCheckAway() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 404 Not Found\r\n\r\n"));
                CheckedEstate app = CheckedEstate.start(clock, Map.of(Setting.PROBE_ALLOW, "127.0.0.1/32"))) {
            asset(app, "plain", "service.monitoring", server.port());
            TestApp.Answer typo = tagged(app, "product:promethues").is(422);
            assertThat(typo.body()).contains("/tags", "unknown_product_near", "Did you mean product:prometheus?");
            assertThat(tagged(app, "product:prometheuss").body())
                    .as("a single letter more is a slip")
                    .contains("unknown_product_near", "Did you mean product:prometheus?");
            TestApp.Answer imported = app.call(
                    "POST",
                    "/api/v1/assets/import",
                    "ref,name,kind,owner_email,tags\nfine,Fine,service.monitoring,o@example.com,product:prometheus\n"
                            + "typo,Typo,service.monitoring,o@example.com,product:promethues\n"
                            + "path,Path,service.monitoring,o@example.com,param:prometheus-anonymous.prefix=prom\n",
                    "Content-Type",
                    "text/csv");
            assertThat(imported.json().path("created").asInt())
                    .as(imported.body())
                    .isOne();
            assertThat(imported.body()).contains("\"line\":3", "\"line\":4", "prefix must match");

            TestApp.Answer parameter = tagged(app, "param:prometheus-anonymous.prefix=prom");
            assertThat(parameter.text("/errors/0/code")).as(parameter.body()).isEqualTo("bad_parameter_tag");

            String once = "param:prometheus-anonymous.prefix=/a";
            String twice = "param:prometheus-anonymous.prefix=/b";
            assertThat(tagged(app, once, twice).is(422).body())
                    .contains("bad_parameter_tag", "Two tags set prometheus-anonymous.prefix");
            tagged(app, once).is(200);

            // names that only look a little like known ones are products that no check knows
            asset(app, "jupyterhub", "service.admin-ui", server.port(), "product:jupyterhub");
            asset(app, "conjur", "service.secrets", server.port(), "product:conjur");
            asset(app, "cert-manager", "service.monitoring", server.port(), "product:cert-manager");
            asset(app, "prometheus2", "service.monitoring", server.port(), "product:prometheus2");
            asset(app, "zabbix", "service.monitoring", server.port(), "product:zabbix");
            asset(app, "of-another-kind", "service.monitoring", server.port(), "product:grafana");
            asset(app, "other", "service.monitoring", server.port(), "product:other");
            String[] neither = {"alertmanager-anonymous", "prometheus-anonymous"};
            assertThat(checks(app, "zabbix")).contains(neither);
            assertThat(checks(app, "of-another-kind")).contains(neither);
            assertThat(checks(app, "fine")).contains(neither[1]).doesNotContain(neither[0]);
            assertThat(checks(app, "other")).doesNotContain(neither);
        }
    }
}
