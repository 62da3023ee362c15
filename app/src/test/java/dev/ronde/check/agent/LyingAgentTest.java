package dev.ronde.check.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.run.CheckBench;
import dev.ronde.check.run.CheckRunner;
import dev.ronde.check.run.Execution;
import dev.ronde.check.run.OwnVantage;
import dev.ronde.check.run.StoredInputReader;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent brings is held to the same schema, allow-list and redactor as what the server sees itself, and it cannot say where it stands. */
final class LyingAgentTest {
    private final TestClock clock = new TestClock();

    @TempDir
    Path folder;

    @AutoClose
    private CheckBench bench;

    private Asset asset;
    private Catalogue catalogue;

    @BeforeEach
    void open() {
        String external = TestChecks.doorText().replace("type: fake.door,", "type: fake.door, vantage: external,");
        TestChecks.writeDoor(folder, external);
        catalogue = TestChecks.load(folder);
        bench = new CheckBench(DatabaseKind.H2, catalogue, clock, 50);
        asset = bench.door("door-1");
    }

    private Execution judged(String answer) {
        RemoteVantage agent = new RemoteVantage() {
            @Override
            public boolean available(String zone) {
                return zone.equals("external");
            }

            @Override
            public ProbeResult collect(String zone, Errand errand, ProbeTarget target, ProbeLimits limits) {
                return Json.read(answer.replace('\'', '"'), ProbeAnswer.class).result(zone);
            }
        };
        return new CheckRunner(
                        clock,
                        List.of(),
                        List.of(),
                        new OwnVantage("internal", ZoneOffset.UTC, Map.of()),
                        agent,
                        (check, of) -> Optional.empty())
                .run(catalogue.find("door-closed").orElseThrow(), asset, StoredInputReader.StoredInput.NOTHING);
    }

    private static String facts(String door) {
        return "{'facts':{'vantage':{'zone':'internal','canaryOk':true},'door':{" + door
                + "}},'vantage':{'zone':'internal','canary_ok':true,'proof':'answer'},'exchanges':[]}";
    }

    @Test
    void standsWhereItsWorkIsWhateverItSays() {
        Execution ran = judged(facts("'state':'closed','status':0"));
        assertThat(ran.judgement().outcome()).isEqualTo(Outcome.PASS);
        assertThat(ran.kept().toString()).contains("external").doesNotContain("internal");
    }

    @Test
    void bringsNothingTheSchemaOrTheListOfKeptFactsDoesNotKnow() {
        Execution secret = judged(facts("'state':'open','status':200,'secret':'hunter-4711'"));
        assertThat(secret.judgement().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(secret.toString()).doesNotContain("hunter-4711");
        for (String broken : List.of(
                "'state':'open','status':200,'body':'hunter-4711'",
                "'state':'hunter-4711','status':200",
                "'state':'open','status':'200'",
                "'state':'open'",
                "'state':'open','status':1e999",
                "'state':['open'],'status':200")) {
            Execution ran = judged(facts(broken));
            assertThat(ran.judgement().outcome()).as(broken).isEqualTo(Outcome.ERROR);
            assertThat(ran.judgement().reason()).as(broken).isEqualTo("fact-schema");
            assertThat(ran.kept()).isEmpty();
            assertThat(ran.toString()).as(broken).doesNotContain("hunter-4711");
        }
    }

    /** An agent says what it says as an agent, in a line and without secrets. */
    @Test
    void saysNoMoreThanALineAndNoSecrets() {
        Execution ran = judged("{'exchanges':[],'reason':'no-such-reason','said':[{'code':'agent-told','arguments':"
                + "['password=hunter-4711 ask jane.doe @example.org " + "x ".repeat(100) + "']}]}");
        assertThat(ran.judgement().outcome()).isEqualTo(Outcome.ERROR);
        assertThat(ran.judgement().reason()).isEqualTo("probe-crash");
        assertThat(ran.judgement().detail())
                .startsWith("agent: agent: password=«redacted:secret»")
                .doesNotContain("jane");
        String words = "{'exchanges':[],'reason':'probe-crash','said':[";
        String read = "{'code':'name-unresolved','arguments':['" + "y".repeat(250) + "']}";
        String hidden = "{'code':'snapshot-refused','arguments':['','','','','" + "y".repeat(350) + "']}";
        assertThat(judged(words + read + "]}").judgement().detail())
                .startsWith("agent: the name yyy")
                .hasSizeLessThan(400);
        for (String other : List.of(read + "," + read, hidden)) {
            Execution cut = judged(words + other + "]}");
            assertThat(cut.judgement().detail()).startsWith("agent: ").hasSizeLessThan(400);
            assertThat(cut.judgement().said()).extracting(Said::saying).containsExactly(Saying.AGENT_TOLD);
        }
        for (String nothing :
                List.of("", "{'code':'no-such','arguments':[]}", "{'code':'stopped','arguments':['y']}")) {
            assertThat(judged(words + nothing + "]}").judgement().detail())
                    .isEqualTo("agent: the agent gave no reason");
        }
    }

    /** What lacks a part costs itself, not the rest of the answer. */
    @Test
    void leavesOutExchangesThatLackAnything() {
        String wire =
                "'vantage':'x','transport':'tcp','started_at':'2026-03-02T08:00:00Z','remote_address':'192.0.2.1',"
                        + "'remote_port':22";
        String whole = "{'what':'connect 22','outcome':'refused','bytes_out':0,'bytes_read':0,'millis':1,'wire':{"
                + wire + "}}";
        String answer = "{'exchanges':["
                + String.join(
                        ",",
                        "null",
                        whole.replace("'remote_address':'192.0.2.1'", "'remote_address':null"),
                        whole.replace("'what':'connect 22',", ""),
                        whole.replace("'outcome':'refused',", ""),
                        whole.replace("'transport':'tcp',", ""),
                        whole.replace("'started_at':'2026-03-02T08:00:00Z',", ""),
                        whole)
                + "],'reason':'probe-crash'}";
        ProbeAnswer read = Json.read(answer.replace('\'', '"'), ProbeAnswer.class);
        assertThat(read.storable("external")).hasSize(1);
        assertThat(judged(answer).exchanges()).hasSize(1);
        assertThat(Json.read("{\"reason\":\"budget\"}", ProbeAnswer.class).storable("external"))
                .isEmpty();
    }

    @Test
    void countsSixteenExchangesAtMost() {
        String many = IntStream.range(0, 1_000)
                .mapToObj(i -> "{'what':'GET /','outcome':'response','bytes_out':1,'bytes_read':1,'millis':1}")
                .collect(Collectors.joining(","));
        Execution ran = judged("{'exchanges':[" + many + "],'reason':'budget'}");
        assertThat(ran.exchanges()).hasSize(16);
        String wire = ",'wire':{'vantage':'x','transport':'tcp','started_at':'2026-03-02T08:00:00Z',"
                + "'remote_address':'192.0.2.1','remote_port':22}}";
        String late = "{'exchanges':[" + many.replace("}", wire) + "]}";
        assertThat(Json.read(late.replace('\'', '"'), ProbeAnswer.class).storable("external"))
                .hasSize(16);
    }
}
