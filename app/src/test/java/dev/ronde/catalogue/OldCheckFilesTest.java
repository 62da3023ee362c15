package dev.ronde.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A fact schema with a number does not change under who uses it: check files that were written for it before, as an operator has them in
 * a folder, go on judging what probes say today.
 */
final class OldCheckFilesTest {
    private static final Path BEFORE = Path.of("app/src/test/resources/checks-of-before");
    private static final Catalogue LOADED = TestChecks.load(BEFORE);
    private static final String KAFKA = "kafka-plaintext-anonymous";
    private static final String FTP = "ftp-anonymous-and-tls";

    @ParameterizedTest
    @ValueSource(strings = {KAFKA, FTP})
    void passTheirOwnFixtures(String id) {
        CatalogueEntry entry = LOADED.find(id).orElseThrow();
        assertThat(entry.operators()).isTrue();
        assertThat(CheckTester.test(entry).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "response, metadata, false, FAIL",
        "response, closed-before-sasl, true, PASS",
        "closed, none, false, UNKNOWN"
    })
    void judgeWhatTheKafkaProbeSaysNow(String outcome, String reply, boolean named, Outcome expected) {
        Map<String, Object> facts = kafka(outcome, reply);
        facts.put("saslNamed", named);
        assertThat(judged(KAFKA, "metadata", facts)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"refused, true, true, PASS", "offered, true, true, FAIL", "refused, false, true, FAIL"})
    void judgeWhatTheFtpProbeSaysNow(String reply, boolean offered, boolean asked, Outcome expected) {
        Map<String, Object> facts = ftp(reply, offered);
        facts.put("tlsAsked", asked);
        assertThat(judged(FTP, "user", facts)).isEqualTo(expected);
    }

    private static Map<String, Object> kafka(String outcome, String reply) {
        return new HashMap<>(Map.of("outcome", outcome, "reply", reply, "bytesRead", 20L, "overTls", false));
    }

    private static Map<String, Object> ftp(String reply, boolean tlsOffered) {
        return new HashMap<>(
                Map.of("outcome", "response", "reply", reply, "tlsOffered", tlsOffered, "bytesRead", 200L));
    }

    private static Outcome judged(String id, String part, Map<String, Object> facts) {
        CheckDefinition check = LOADED.find(id).flatMap(CatalogueEntry::sound).orElseThrow();
        Map<String, Object> all = Map.of("vantage", Map.of("zone", "internal", "canaryOk", true), part, facts);
        return CheckTester.judge(
                        check,
                        new CheckDefinition.Fixture(
                                "now", Outcome.PASS, null, null, all, Map.of(), Map.of(), null, List.of()))
                .outcome();
    }
}
