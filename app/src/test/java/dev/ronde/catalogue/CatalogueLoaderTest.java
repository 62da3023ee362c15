package dev.ronde.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.resource.Overlay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class CatalogueLoaderTest {
    @TempDir
    static Path alone;

    @TempDir
    Path folder;

    private static Catalogue alone(String text) {
        TestChecks.writeDoor(alone, text);
        return TestChecks.loadAlone(alone);
    }

    private static CatalogueEntry door(String text) {
        return alone(text).find("door-closed").orElseThrow();
    }

    private static List<String> problems(String from, String to) {
        assertThat(TestChecks.DOOR).contains(from);
        return door(TestChecks.DOOR.replace(from, to)).problems().stream()
                .map(LoadProblem::toString)
                .toList();
    }

    @Test
    void aBrokenAssertionIsNamedOnceAndNotByEveryTestThatExpectsIt() {
        String expected =
                TestChecks.DOOR.replace("{name: open, expect: fail,", "{name: open, expect: fail, failed: [closed],");
        assertThat(door(expected).problems()).isEmpty();
        assertThat(door(expected.replace("facts.door.state != 'open'", "facts.door.stat != 'open'"))
                        .problems())
                .singleElement()
                .asString()
                .contains("unknown field 'stat'; did you mean 'state'?");
        assertThat(door(expected.replace("[closed]", "[closd]")).problems())
                .singleElement()
                .asString()
                .contains("no assertion 'closd'; did you mean 'closed'?");
    }

    /** Whose file counts is told at start, so that a log shows when another one came. */
    @Test
    void theOperatorsFilesAreNamedWithTheirDigest() {
        Logger logger = (Logger) LoggerFactory.getLogger(CatalogueLoader.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        logger.setLevel(Level.INFO);
        try {
            CatalogueEntry door = door(TestChecks.DOOR);
            assertThat(said.list)
                    .filteredOn(event -> event.getLevel() == Level.INFO)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("check door-closed comes from the operator's folder, sha256 " + door.sha256())
                    .anyMatch(line -> line.matches(
                            "facts/fake\\.door\\.v1\\.yaml comes from the operator's folder, sha256 [0-9a-f]{64}"));
        } finally {
            logger.setLevel(null);
            logger.detachAppender(said);
        }
    }

    @Test
    void anIndentationThatDoesNotFitIsSaidInWords() {
        assertThat(problems("tests:\n", "  tests:\n"))
                .singleElement()
                .asString()
                .contains("look at the indentation")
                .doesNotContain("<block");
    }

    @Test
    void aFaultOfSyntaxHasTheNumberOfItsLine() {
        List<String> lines = TestChecks.DOOR.lines().toList();
        int line = 1 + lines.indexOf("appliesTo: {kinds: [service.redis]}");
        assertThat(problems("kinds: [service.redis]}", "kinds: [service.redis}}"))
                .singleElement()
                .asString()
                .startsWith(line + ": ")
                .contains("a bracket or brace is not closed, or a comma is missing")
                .doesNotContain("reader");
        assertThat(problems("severity: high", "severity: \"high"))
                .singleElement()
                .asString()
                .doesNotContain("reader");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            severity: high | severity: hihg | 6: 'hihg' is not a valid severity; one of info, low, medium, high, critical; did you mean 'high'?
            severity: high | severty: high | 6: unknown key 'severty'; did you mean 'severity'?
            severity: high | severity: high\\nseverity: low | stands twice; keep one
            version: 1 | version: one | 3: 'version' must be a whole number
            remediation: {summary | remediation: &a {summary | 8: anchors (&name) and aliases (*name)
            version: 1 | version: &a 1 | 3: anchors (&name) and aliases (*name)
            kinds: [service.redis] | kinds: [&a service.redis] | anchors (&name) and aliases (*name)
            version: 1 | version: *a | 3: anchors (&name) and aliases (*name)
            version: 1 | version: !!int 1 | 3: tags such as !!type are not allowed
            id: door-closed | id: door | 2: 'id' is 'door' but the file is named door-closed.yaml
            apiVersion: checks/v1 | apiVersion: checks/v2 | 1: 'apiVersion' must be checks/v1
            title: The door is closed | title: Ensure the door is closed | without 'Ensure' or 'Check'
            title: The door is closed | titel: The door is closed | did you mean 'title'?
            protection: anonymous-access-blocked | protection: anonymous-acces-blocked | 5: unknown protection 'anonymous-acces-blocked'; did you mean 'anonymous-access-blocked'?
            kinds: [service.redis] | kinds: [service.reddis] | unknown kind 'service.reddis'; did you mean 'service.redis'?
            nist: [AC-3] | nist: [AC-99] | framework nist has no control 'AC-99'
            nist: [AC-3] | nits: [AC-3] | unknown framework 'nits'; did you mean 'nist'?
            freshFor: PT3H | freshFor: PT1H | 'freshFor' must be at least twice 'every' (PT2H)
            every: PT1H, | every: 1h, | 13: 'every' must be a duration such as PT1H or P7D, not '1h'; did you mean 'PT1H'?
            freshFor: PT3H | freshFor: 2 days | not '2 days'; did you mean 'P2D'?
            type: fake.door, | type: fake.door, limits: {connect: 2s}, | not '2s'; did you mean 'PT2S'?
            freshFor: PT3H | freshFor: three hours | 'freshFor' must be a duration
            every: PT1H, | `` | 'schedule' needs 'every'
            every: PT1H, | every: PT9223372036854775807S, | 'every' may be at most P366D
            freshFor: PT3H | freshFor: P733D | 'freshFor' may be at most P732D
            title: The door is closed | title: "The\\u0000door" | 'title' holds the invisible character U+0000
            summary: Close it. | summary: "Close\\u202Eit" | 'summary' holds the invisible character U+202E
            message: "Open | message: "\\u0007Open | 'message' holds the invisible character U+0007
            every: PT1H, | every: PT1H, onChange: true, | 'onChange' works with probe type snapshot only
            type: fake.door, | type: fake.dor, | there is no probe 'fake.dor'; did you mean 'fake.door'?
            type: fake.door, | type: fake.door, safety: intrusive, | intrusive checks are never loaded
            type: fake.door, | type: fake.door, derive: x/1, | there is no deriver 'x/1'
            type: fake.door, | type: fake.door, limits: {total: PT60S}, | 'total' may be at most PT15S
            type: fake.door, | type: fake.door, limits: {redirects: 3}, | redirects are recorded, never followed
            host: "{{asset.address}}" | host: "{{asset.adress}}" | assets have no field 'adress'; did you mean 'address'?
            host: "{{asset.address}}" | host: "{{owner}}" | places have the form
            facts: fake.door.v1 | facts: fake.dor.v1 | there is no fact schema 'fake.dor.v1'; did you mean 'fake.door.v1'?
            facts: fake.door.v1 | facts: ../../secrets | there is no fact schema
            facts.door.state != 'open' | facts.door.sate != 'open' | unknown field 'sate'; did you mean 'state'?
            facts.door.state != 'open' | facts.door.status == '200' | found no matching overload for '_==_' applied to '(int, string)'
            facts.door.state != 'open' | facts.door.status | found no matching overload
            facts.vantage.canaryOk", reason | facts.door.status", reason | expected type 'bool' but found 'int'
            facts.door.state != 'open' | facts.door.state.matches('(a') | Regex validation failed
            facts.door.state != 'open' | facts.door.secret == 'a' | 'facts.door.secret' is read by
            facts.door.state != 'open' | facts.door.secret == 'a' | may be absent; test it with has(facts.door.secret)
            show: [facts.door.status] | show: [facts.door.stats] | 'facts.door.stats' is not a path of fake.door.v1
            show: [facts.door.status] | show: [facts.door.secret] | 'facts.door.secret' is not in evidence.keep
            ({{facts.door.status}}) | ({{facts.door.statsu}}) | did you mean 'facts.door.status'?
            evidence: {keep: | evidence: {retention: ever, keep: | retention
            ({{facts.door.status}}) | ({{facts.door.secret}}) | is not in evidence.keep
            ({{facts.door.status}}) | ({{facts.door.status + 1}}) | places have the form {{facts.path}}
            keep: [facts.vantage, | keep: [facts.vantge, | 'facts.vantge' is not a path of fake.door.v1
            keep: [facts.vantage, | keep: [../door, | '../door' is not a path of fake.door.v1
            allowed: [401, 403] | allowed: [401] | 'denied' may only hold [401]
            type: "list<int>" | type: "list<itn>" | is not a valid type; one of int, string
            reason: vantage-unverified | reason: Vantage Unverified | a reason is a short kebab-case word
            {id: closed, | {id: vantage-verified, | the id 'vantage-verified' is used twice
            expect: fail | expect: failed | 'failed' is not a valid expect; one of
            expect: fail, | expect: fail, failed: [colsed], | no assertion 'colsed'; did you mean 'closed'?
            rationale: An open door lets strangers in. | rationale: "" | 'rationale' is empty
            verify: Pull. | verfy: Pull. | did you mean 'verify'?
            """)
    void refuses(String from, String to, String problem) {
        assertThat(problems(from, to == null ? "" : to.replace("\\n", "\n")))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    /** The address of the resolver of this server is nobody's business outside, and means nothing there. */
    @Test
    void refusesOurResolverForAnOutsideAgent() {
        assertThat(problems("asset.address", "resolver.host")).isEmpty();
        for (String word : List.of("host", "port")) {
            assertThat(problems(
                            "probe: {type: fake.door, target: {host: \"{{asset.address}}\"",
                            "probe: {type: fake.door, vantage: external, target: {host: \"{{ resolver." + word
                                    + " }}\""))
                    .singleElement()
                    .asString()
                    .contains("14: the resolver is the one this server asks", "write vantage: any");
        }
    }

    @Test
    void refusesAPortThatIsNone() {
        for (String wrong : List.of("6379000", "65536", "0", "redis", "+1")) {
            String problem =
                    "14: '" + wrong + "' is not a port; a number from 1 to 65535, for example {{asset.port | 443}}";
            assertThat(problems("{{asset.port | 6379}}", "{{asset.port | " + wrong + "}}"))
                    .containsExactly(problem);
            assertThat(problems("{{asset.port | 6379}}", wrong)).containsExactly(problem);
        }
        for (String right : List.of("{{asset.port}}", "{{asset.port | 65535}}", "23")) {
            assertThat(problems("{{asset.port | 6379}}", right)).isEmpty();
        }
    }

    /** Only the probe that connects and says nothing goes over many ports, within bounds that no file widens. */
    @Test
    void refusesASweepThatIsNone() {
        String one = "type: fake.door, target: {host: \"{{asset.address}}\", port: \"{{asset.port | 6379}}\"}";
        String sweep =
                "type: tcp.connect, target: {host: \"{{asset.address}}\", ports: \"22/tcp, {{asset.declared_ports}}\"}";
        assertThat(problems(one, sweep)).isEmpty();
        assertThat(problems(one, sweep + ", limits: {ports: 64, sweep: PT15M}")).isEmpty();
        assertThat(problems(one, sweep + ", limits: {ports: 65}"))
                .containsExactly("14: 'ports' must be between 1 and 64");
        assertThat(problems(one, sweep + ", limits: {sweep: PT16M}"))
                .containsExactly("14: 'sweep' may be at most PT15M");
        assertThat(problems(one, sweep.replace("22/tcp", "22/udp")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("14: '22/udp' is not a port; a comma list");
        assertThat(problems(one, sweep.replace("asset.declared_ports", "asset.declared_port")))
                .containsExactly("14: assets have no field 'declared_port'; did you mean 'declared_ports'?");
        assertThat(problems(one, one + ", limits: {ports: 3}"))
                .containsExactly("14: 'ports' bounds probes that go over many ports, which this one does not");
        assertThat(problems(one, one.replace(", port:", ", ports: \"22\", port:")))
                .containsExactly("14: probe fake.door speaks to one 'port'; only tcp.connect goes over 'ports'");
        assertThat(problems(one, one.replace("fake.door", "tcp.connect")))
                .containsExactlyInAnyOrder(
                        "14: required key 'ports' is missing",
                        "14: probe tcp.connect goes over 'ports', a comma list; name the port there");
    }

    /** A check that a person answers asks nobody else, and says how long an answer counts. */
    @Test
    void refusesAQuestionToAPersonThatIsNone() {
        String one = "type: fake.door, target: {host: \"{{asset.address}}\", port: \"{{asset.port | 6379}}\"}";
        assertThat(problems(one, "type: attestation"))
                .contains("14: probe type attestation needs 'frequency', such as P365D");
        for (String wrong : List.of("PT23H", "P1097D")) {
            assertThat(problems(one, "type: attestation, frequency: " + wrong))
                    .contains("14: 'frequency' must be between P1D and P1096D");
        }
        assertThat(problems(one, "type: attestation, frequency: 365 days"))
                .anySatisfy(problem -> assertThat(problem).contains("did you mean 'P365D'?"));
        for (String none : List.of(
                "target: {host: a}",
                "vantage: any",
                "limits: {requests: 1}",
                "source: host.v1",
                "derive: port.exposure/1")) {
            String name = none.substring(0, none.indexOf(':'));
            assertThat(problems(one, "type: attestation, frequency: P365D, " + none))
                    .contains("14: probe type attestation asks a person and sends no packet; it has no '" + name + "'");
        }
        assertThat(problems(one, "type: attestation, frequency: P365D, safety: read-only"))
                .contains("14: probe type attestation sends no packet: passive");
        assertThat(problems(one, "type: attestation, frequency: P365D"))
                .contains("15: probe type attestation gives the facts attestation.v1, not fake.door.v1");
        assertThat(problems(one, one + ", frequency: P365D"))
                .containsExactly("14: 'frequency' works with probe type attestation only");
        assertThat(problems("type: fake.door", "type: attestaton"))
                .anySatisfy(problem -> assertThat(problem).contains("did you mean 'attestation'?"));
    }

    /** Whatever the file asks for: that somebody said anything, and in time, is asked first, and explained like the rest. */
    @Test
    void whatAPersonStatedCountsForItsFrequency() {
        CheckDefinition check = TestChecks.load(folder)
                .find("registrar-lock-attested")
                .orElseThrow()
                .sound()
                .orElseThrow();
        assertThat(check.rules().require())
                .extracting(CheckDefinition.Condition::reason)
                .containsExactly(
                        "never-attested", "attestation-outdated", "attestation-outdated", "attestation-overdue");
        Instant statedAt = Instant.parse("2025-03-02T08:00:00Z");
        Judge.Input last = new Judge.Input(
                Map.of("attested", true, "statedAt", statedAt.toString()),
                Map.of(),
                Map.of(),
                statedAt.plus(Duration.ofDays(365)).minusMillis(1));
        assertThat(Judge.judge(check, last).outcome()).isEqualTo(Outcome.PASS);
        Judge.Input over = new Judge.Input(last.facts(), Map.of(), Map.of(), statedAt.plus(Duration.ofDays(365)));
        assertThat(Judge.judge(check, over).reason()).isEqualTo("attestation-overdue");
        assertThat(Judge.explain(check, over)).containsKeys("ever-attested", "attested-in-time", "locked");
    }

    @Test
    void knowsAFileThatIsTooLargeByAllOfItsBytes() {
        String large = TestChecks.DOOR + "# " + "x".repeat(CatalogueLoader.MAX_BYTES);
        CatalogueEntry one = door(large + "1");
        CatalogueEntry other = door(large + "2");
        assertThat(one.problems()).singleElement().asString().contains("larger than 262144 bytes");
        assertThat(one.sha256()).isEqualTo(Hash.sha256(large + "1").hex()).isNotEqualTo(other.sha256());
    }

    @Test
    void itsBasisIsWhatChecksStandOnAndNoCheck() throws IOException {
        String packaged = TestChecks.load(null).basis();
        Files.writeString(folder.resolve("door-closed.yaml"), TestChecks.DOOR);
        Files.createDirectories(folder.resolve("texts/fr"));
        Files.writeString(folder.resolve("texts/fr/door-closed.yaml"), "title: La porte");
        Files.writeString(folder.resolve("README"), "ours");
        assertThat(TestChecks.load(folder).basis()).isEqualTo(packaged);
        Overlay shipped = Overlay.of("checks", null);
        Set<String> seen = new HashSet<>(Set.of(packaged));
        for (String path : List.of(
                "protections.yaml",
                "sensitive-ports.yaml",
                "frameworks/nist.yaml",
                "facts/host.v1.yaml",
                "sources/host.v1.yaml")) {
            Path own = folder.resolve(path);
            Files.createDirectories(own.getParent());
            Files.write(own, shipped.read(path).orElseThrow());
            assertThat(seen.add(TestChecks.load(folder).basis())).as(path).isTrue();
        }
        Files.writeString(
                folder.resolve("sources/host.v1.yaml"), "# ours\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        assertThat(seen.add(TestChecks.load(folder).basis())).isTrue();
    }

    @Test
    void refusesASecondDocumentAndDeepNesting() {
        assertThat(door(TestChecks.DOOR + "---\na: 1\n").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("only one document"));
        for (String deep : List.of(
                "[".repeat(60) + "]".repeat(60),
                "{a: ".repeat(60) + "1" + "}".repeat(60),
                "[".repeat(20_000),
                "[".repeat(24) + "]".repeat(24))) {
            assertThat(door("a: 1\nb: " + deep).problems())
                    .singleElement()
                    .hasToString("2: nested deeper than 24 levels");
        }
        assertThat(door("a: 1\nb: " + "[".repeat(23) + "]".repeat(23)).problems())
                .noneMatch(problem -> problem.message().contains("deep"));
    }

    @Test
    void whatHasTheNameOfACheckAndIsNoFileIsABrokenCheckThatIsNeverOpened() throws Exception {
        Files.createDirectory(folder.resolve("a-folder.yaml"));
        Files.createSymbolicLink(folder.resolve("a-device.yaml"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder.resolve("a-link.yaml"), folder.resolve("gone"));
        Path pipe = folder.resolve("redis-anonymous-access.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Catalogue catalogue = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> TestChecks.load(folder));
        for (String id : List.of("a-folder", "a-device", "a-link", "redis-anonymous-access")) {
            CatalogueEntry entry = catalogue.find(id).orElseThrow();
            boolean packaged = id.startsWith("redis");
            assertThat(entry.sound().isPresent()).as(id).isEqualTo(packaged);
            assertThat(entry.operators()).as(id).isEqualTo(!packaged);
            assertThat(entry.problems()).singleElement().asString().contains("checks/" + id + ".yaml", "not a file");
        }
    }

    @Test
    void aVocabularyThatIsNoFileStopsTheStartWithItsName() throws IOException {
        Files.createDirectory(folder.resolve("protections.yaml"));
        assertThatThrownBy(() -> TestChecks.load(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("checks/protections.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a", "[[[", "\u0000 not yaml: [", "id: redis-anonymous-access\nseverity: nope\n"})
    void thePackagedCheckStaysInForceWhereTheOperatorsFileIsBroken(String text) throws IOException {
        Files.writeString(folder.resolve("redis-anonymous-access.yaml"), text);
        CatalogueEntry entry =
                TestChecks.load(folder).find("redis-anonymous-access").orElseThrow();
        assertThat(entry.sound()).isPresent();
        assertThat(entry.operators()).isFalse();
        assertThat(entry.text())
                .isEqualTo(Overlay.of("checks", null)
                        .text("redis-anonymous-access.yaml")
                        .orElseThrow());
        assertThat(CheckTester.test(entry).problems())
                .as("what is wrong with the operator's file")
                .isNotEmpty()
                .allMatch(problem -> problem.startsWith("redis-anonymous-access.yaml:"));
    }

    @Test
    void aBrokenFileThatParsesIsForTheAssetsItNames() {
        Catalogue catalogue = alone(TestChecks.DOOR
                .replace("severity: high", "severity: nope")
                .replace("kinds: [service.redis]", "kinds: [service.redis, service.redi], product: valkey"));
        CatalogueEntry entry = catalogue.find("door-closed").orElseThrow();
        assertThat(entry.sound()).isEmpty();
        assertThat(entry.outline().title()).isEqualTo("The door is closed");
        assertThat(entry.outline().kinds()).containsExactly("service.redis");
        assertThat(entry.outline().product()).isEqualTo("valkey");
        assertThat(entry.outline().protections()).containsExactly("anonymous-access-blocked");
        assertThat(entry.outline().controls()).containsExactly("nist:AC-3", "iso27001:A.8.9");
        assertThat(catalogue.products("service.redis")).contains("valkey");
        assertThat(catalogue.applicable("service.redis", Map.of()).map(CatalogueEntry::id))
                .contains("door-closed");
    }

    @Test
    void aFileThatDoesNotParseIsOnlyListed() {
        CatalogueEntry entry = door(TestChecks.DOOR.replace("version: 1", "version: [1"));
        assertThat(entry.sound()).isEmpty();
        assertThat(entry.problems()).isNotEmpty();
        assertThat(entry.outline().title()).isEqualTo("door-closed");
        assertThat(entry.outline().kinds()).isEmpty();
    }

    @Test
    void namesTheLineOfWhatIsWrongInAnAssertionAndOfTheFirstByteThatIsNoText() throws IOException {
        String wrong = TestChecks.DOOR.replace("show: [facts.door.status]", "show: [facts.door.statsu]");
        long assertion = wrong.substring(0, wrong.indexOf("show:")).lines().count();
        assertThat(door(wrong).problems()).singleElement().asString().startsWith(assertion + ": 'show' of closed");
        assertThat(door(TestChecks.DOOR.replace("Open ({{facts.door.status}})", "Open ({{facts.door.statsu}})"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith(assertion + ": message of closed");
        TestChecks.writeDoor(folder, TestChecks.DOOR);
        Files.write(
                folder.resolve("door-closed.yaml"),
                TestChecks.DOOR.replace("An open door", "Une porte ferm\u00e9e").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(TestChecks.load(folder).find("door-closed").orElseThrow().problems())
                .singleElement()
                .asString()
                .startsWith("7: the file is not UTF-8");
    }

    @Test
    void refusesAProtectionThatAKindOfTheCheckCannotHave() {
        assertThat(door(TestChecks.DOOR.replace("anonymous-access-blocked", "strong-authentication"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("5: an asset of kind service.redis cannot have the protection 'strong-authentication'")
                .contains("kinds that can: service.postgresql, ", "identity.tenant")
                .endsWith(
                        "protections of service.redis: anonymous-access-blocked, network-exposure-restricted, encryption-in-transit, patch-level");
        assertThat(door(TestChecks.DOOR.replace("service.redis", "service.*")).problems())
                .singleElement()
                .asString()
                .contains("of kind service.ntp cannot");
    }

    @Test
    void reportsABrokenSchemaAtTheChecksThatUseIt() throws IOException {
        TestChecks.writeDoor(folder, TestChecks.DOOR);
        Files.writeString(
                folder.resolve("facts/fake.door.v1.yaml"), TestChecks.DOOR_FACTS.replace("boolean", "boolaen"));
        assertThat(TestChecks.load(folder).find("door-closed").orElseThrow().problems())
                .anySatisfy(problem -> assertThat(problem.message())
                        .contains("facts/fake.door.v1.yaml is broken: 10: 'boolaen' is not a valid type")
                        .contains("did you mean 'boolean'?"));
    }

    @Test
    void stopsAtABrokenVocabulary() throws IOException {
        Files.writeString(folder.resolve("protections.yaml"), "protections: {}\nkinds: {a.b: [nothing]}\n");
        assertThatThrownBy(() -> TestChecks.load(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(folder.resolve("protections.yaml") + " line 2: unknown protection 'nothing'");
    }

    @Test
    void theTesterNoticesWhatFixturesDoNotCover() {
        String twin = "assert:\n  - {id: twin, expr: \"facts.door.status < 1000\", message: Twin.}";
        assertThat(CheckTester.test(door(TestChecks.DOOR.replace("assert:", twin)))
                        .problems())
                .containsExactly(
                        "door-closed.yaml:19: assertion twin can be removed and no test notices; add a test in which it alone fails");
        assertThat(CheckTester.test(door(TestChecks.DOOR.replace("expect: unknown", "expect: pass")))
                        .problems())
                .containsExactly(
                        "door-closed.yaml:24: test 'blind': expected pass, got unknown (vantage-unverified: vantage-verified does not hold)",
                        "door-closed.yaml:21: no test expects unknown or error");
        assertThat(CheckTester.test(door(
                                TestChecks.DOOR.replace("status: 200}}}", "status: 200}}, mustNotStore: ['200']}")))
                        .problems())
                .containsExactly("door-closed.yaml:22: test 'open': stores '200'");
    }
}
