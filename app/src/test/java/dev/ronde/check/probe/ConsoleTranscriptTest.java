package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Judgement;
import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the published APIs of products without a Debian package answer when they are open and when they are not, through the
 * real probe to the verdict of the check. Written from the documentation, not recorded from the products.
 */
class ConsoleTranscriptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            docker-api-anonymous | 200 OK; Api-Version: 1.45; Server: Docker/26.1.5 (linux) | OK | fail
            docker-api-anonymous | 401 Unauthorized | {"message":"authorization denied by plugin"} | pass
            clickhouse-anonymous | 200 OK; X-ClickHouse-Summary: {"read_rows":"1"} | 1 | fail
            clickhouse-anonymous | 401 Unauthorized; WWW-Authenticate: Basic realm="ClickHouse server HTTP API" | Code: 194. DB::Exception: default: Authentication failed | pass
            consul-acl | 200 OK | {"Config":{"Datacenter":"dc1","NodeName":"hush"},"Member":{}} | fail
            consul-acl | 403 Forbidden | Permission denied: anonymous token lacks permission 'agent:read' | pass
            influxdb-anonymous | 200 OK; X-Influxdb-Version: 1.8.10 | {"results":[{"statement_id":0,"error":"database not found: ronde_probe_does_not_exist"}]} | fail
            influxdb-anonymous | 401 Unauthorized; X-Influxdb-Version: 1.8.10 | {"error":"unable to parse authentication credentials"} | pass
            influxdb-anonymous | 403 Forbidden; X-Influxdb-Version: 1.8.10 | {"error":"error authorizing query: create admin user first or disable authentication"} | fail
            jenkins-anonymous-read | 200 OK; X-Jenkins: 2.440.1 | {"_class":"hudson.model.Hudson"} | fail
            jenkins-anonymous-read | 403 Forbidden; X-Jenkins: 2.440.1; X-You-Are-Authenticated-As: anonymous | Authentication required | pass
            jupyter-anonymous | 200 OK | {"connections": 0, "kernels": 2, "last_activity": "2026-03-01T08:00:00Z", "started": "2026-03-01T07:00:00Z"} | fail
            jupyter-anonymous | 403 Forbidden | {"message": "Forbidden", "reason": null} | pass
            jupyter-anonymous | 302 Found; Location: /login?next=%2Fapi%2Fstatus | - | pass
            kibana-anonymous | 200 OK; kbn-name: hush | {"name":"hush","status":{"overall":{"level":"available"}}} | fail
            kibana-anonymous | 401 Unauthorized; kbn-name: hush | {"statusCode":401,"error":"Unauthorized"} | pass
            kibana-anonymous | 302 Found; kbn-name: hush; Location: /login?next=%2Fapi%2Fstatus | - | pass
            opensearch-dashboards-anonymous | 200 OK; osd-name: hush | {"name":"hush","status":{"overall":{"state":"green"}}} | fail
            opensearch-dashboards-anonymous | 401 Unauthorized; osd-name: hush | {"statusCode":401,"error":"Unauthorized"} | pass
            kubelet-anonymous | 200 OK | {"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"hush"}}]} | fail
            kubelet-anonymous | 401 Unauthorized | Unauthorized | pass
            kubelet-anonymous | 403 Forbidden | Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource=proxy) | pass
            kubelet-read-only-port | 200 OK | ok | fail
            kubernetes-api-anonymous | 200 OK | {"kind":"NamespaceList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]} | fail
            kubernetes-api-anonymous | 403 Forbidden | {"kind":"Status","status":"Failure","message":"namespaces is forbidden: User \\"system:anonymous\\" cannot list","code":403} | pass
            kubernetes-api-anonymous | 401 Unauthorized | {"kind":"Status","status":"Failure","message":"Unauthorized","code":401} | pass
            prometheus-anonymous | 200 OK | {"status":"success","data":{"version":"2.53.0","revision":"x","goVersion":"go1.22.4"}} | fail
            prometheus-anonymous | 401 Unauthorized; WWW-Authenticate: Basic | Unauthorized | pass
            rabbitmq-management-anonymous | 200 OK | {"name":"guest","tags":["administrator"]} | fail
            rabbitmq-management-anonymous | 401 Unauthorized; www-authenticate: Basic realm="RabbitMQ Management" | {"error":"not_authorized","reason":"Login failed"} | pass
            vault-seal-status | 200 OK | {"type":"shamir","initialized":true,"sealed":false,"t":3,"n":5} | pass
            vault-seal-status | 200 OK | {"type":"shamir","initialized":true,"sealed":true,"t":3,"n":5} | fail
            vault-seal-status | 200 OK | {"type":"shamir","initialized":false,"sealed":true,"t":0,"n":0} | fail""")
    void oneAnswer(String check, String head, String body, String outcome) throws IOException {
        assertOutcome(check, outcome, answer(head, body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            couchdb-anonymous | {"couchdb":"Welcome","version":"3.3.3"} | 200 OK | fail
            couchdb-anonymous | {"couchdb":"Welcome","version":"3.3.3"} | 401 Unauthorized | pass
            grafana-anonymous | {"commit":"x","database":"ok","version":"11.1.0"} | 200 OK | fail
            grafana-anonymous | {"commit":"x","database":"ok","version":"11.1.0"} | 401 Unauthorized | pass""")
    void theProductNamesItselfThenSaysWhetherItIsClosed(String check, String hello, String head, String outcome)
            throws IOException {
        assertOutcome(check, outcome, answer("200 OK", hello), answer(head, "-"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 OK | {"allowed": true} | fail
            200 OK | {"allowed":true} | fail
            200 OK | {"allowed": false} | pass
            404 Not Found | 404 page not found | pass
            502 Bad Gateway | - | unknown""")
    void influxDbThatDemandsATokenSaysWhetherItWasSetUp(String head, String setup, String outcome) throws IOException {
        assertOutcome(
                "influxdb-anonymous",
                outcome,
                answer(
                        "401 Unauthorized; X-Influxdb-Version: v2.7.6",
                        "{\"code\":\"unauthorized\",\"message\":\"Unauthorized\"}"),
                answer(head, setup));
    }

    private static void assertOutcome(String check, String outcome, Script... answers) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(answers)) {
            Judgement judgement = ShippedChecks.judge(ShippedChecks.find(check), server.port(), PATIENCE);
            assertThat(judgement.outcome().code()).as(judgement.toString()).isEqualTo(outcome);
            assertThat(judgement.toString()).doesNotContain("hush");
        }
    }

    private static Script answer(String head, String body) {
        String content = body.equals("-") ? "" : body;
        int length = content.getBytes(StandardCharsets.ISO_8859_1).length;
        return ScriptedServer.answer(
                "HTTP/1.1 " + head.replace("; ", "\r\n") + "\r\nContent-Length: " + length + "\r\n\r\n" + content);
    }
}
