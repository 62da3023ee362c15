package dev.ronde.check.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.snapshot.Unreadable;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.CheckState;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.run.RunRecords;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a run says of having no result is said to everybody in their language. */
final class CheckMessagesTest {
    private static final String CHECK = "redis-anonymous-access";
    private static final Pattern ENGLISH =
            Pattern.compile("(?i)\\b(the|is|are|was|were|not|of|has|cannot|which|and)\\b");

    @TempDir
    Path folder;

    private final Messages messages = new Messages(Overlay.of("templates", null));
    private Catalogue catalogue;
    private CheckMessages reasons;

    @BeforeEach
    void load() {
        catalogue = TestChecks.load(folder);
        reasons = new CheckMessages(catalogue, messages);
    }

    /** A saying without words fails here, and so does one whose words do not take its arguments. */
    @Test
    void everySayingHasWordsInEveryLanguage() {
        for (Saying saying : Saying.values()) {
            Said said = said(saying);
            assertThat(Said.read(saying.code(), said.arguments()))
                    .as(saying.code())
                    .contains(said);
            for (Locale language : Messages.LANGUAGES) {
                String told = CheckMessages.told(List.of(said), messages, language);
                assertThat(told).as(saying + " " + language).isNotBlank().doesNotContain("{");
            }
            assertThat(ENGLISH.matcher(CheckMessages.told(List.of(said), messages, Locale.FRENCH))
                            .find())
                    .as(CheckMessages.told(List.of(said), messages, Locale.FRENCH))
                    .isFalse();
        }
    }

    @Test
    void everyReasonHasWordsInEveryLanguage() {
        Stream<String> own = Stream.of(
                CheckState.NEVER_RUN,
                CheckState.RETIRED,
                CheckState.DEFINITION_INVALID,
                RunRecords.NOT_RUN,
                Judgement.PRODUCT_UNKNOWN,
                "fact-schema",
                "budget",
                "expression",
                "result-not-storable");
        Stream<String> ofProbes = Arrays.stream(ProbeFailure.values()).map(ProbeFailure::code);
        Stream<String> ofChecks = catalogue.entries().stream()
                .flatMap(entry -> entry.sound().stream())
                .flatMap(check -> check.rules().require().stream())
                .map(CheckDefinition.Condition::reason);
        List<String> silent = Stream.of(own, ofProbes, ofChecks)
                .flatMap(all -> all)
                .distinct()
                .filter(reason -> Messages.LANGUAGES.stream()
                        .anyMatch(language -> reasons.reason(reason, language).isEmpty()))
                .toList();
        assertThat(silent).isEmpty();
    }

    /** What an operator wrote for a reason of ours says more than the reason does. */
    @Test
    void theWordsOfACheckFileAreNotReplacedByTheMeaningOfItsReason() {
        TestChecks.writeDoor(
                folder,
                TestChecks.doorText()
                        .replace("reason: vantage-unverified", "reason: vantage-unverified, message: Closed."));
        reasons = new CheckMessages(TestChecks.load(folder), messages);
        String recorded = "{\"detail\":\"The canary kept quiet.\"}";
        assertThat(reasons.why("door-closed", "vantage-unverified", Json.tree(recorded), Locale.FRENCH))
                .contains(new CheckMessages.Why("The canary kept quiet.", false));
        assertThat(reasons.why(CHECK, "vantage-unverified", Json.tree(recorded), Locale.FRENCH)
                        .orElseThrow()
                        .translated())
                .isTrue();
    }

    @Test
    void aRefusedDocumentIsToldByItsOwnReason() {
        for (Unreadable why : Unreadable.values()) {
            Said said = Said.of(
                    Saying.SNAPSHOT_REFUSED, "2026-11-02T08:00:00Z", why.words(), why.code(), "host.v1", "/a/0");
            assertThat(CheckMessages.told(List.of(said), messages, Locale.FRENCH))
                    .contains("host.v1", "/a/0", "2 nov. 2026, 08:00 UTC")
                    .doesNotContain(why.words());
        }
    }

    @Test
    void aRecordIsToldInTheLanguageOfItsReader() {
        Said ended = Said.of(Saying.AUTHORISATION_ENDED, "2026-10-31");
        Said uncovered = Said.of(Saying.NOT_COVERED, "10.0.0.7 port 6379", "10.0.0.7:6379", "10.0.0.7/32:6379");
        String english = Said.english(List.of(uncovered, ended));
        Map<String, Object> record = Map.of("detail", english, "said", List.of(map(uncovered), map(ended)));
        assertThat(english)
                .isEqualTo(
                        "RONDE_PROBE_ALLOW does not cover 10.0.0.7 port 6379: the operator has to add 10.0.0.7/32:6379;"
                                + " probe_authorised_until ended on 2026-10-31: set a later day on the asset");
        assertThat(why("policy-denied", record, Locale.ENGLISH)).contains(english);
        assertThat(why("policy-denied", record, Locale.FRENCH).orElseThrow())
                .startsWith("RONDE_PROBE_ALLOW ne couvre pas 10.0.0.7:6379.")
                .contains("jusqu’au 31 oct. 2026");
    }

    @Test
    void aRecordOfAnOlderReleaseIsToldByItsReason() {
        Map<String, Object> record = Map.of("detail", "the probe broke; the log of this server says how");
        assertThat(why("probe-crash", record, Locale.ENGLISH)).contains(String.valueOf(record.get("detail")));
        assertThat(why("probe-crash", record, Locale.FRENCH).orElseThrow()).startsWith("La sonde a échoué.");
        Map<String, Object> newer = Map.of(
                "detail", "the moon", "said", List.of(Map.of("code", "of-a-newer-release", "arguments", List.of())));
        assertThat(why("no-target", newer, Locale.FRENCH).orElseThrow()).startsWith("L’actif n’a pas d’adresse");
    }

    private Optional<String> why(String reason, Map<String, Object> record, Locale language) {
        return reasons.why(CHECK, reason, Json.tree(Json.write(record)), language)
                .map(CheckMessages.Why::told);
    }

    private static Map<String, Object> map(Said said) {
        return Map.of("code", said.saying().code(), "arguments", said.arguments());
    }

    private static Said said(Saying saying) {
        return IntStream.range(0, 9)
                .mapToObj(count -> Said.read(saying.code(), Collections.nCopies(count, "x-1")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    /** Nobody who owns a system knows what an id of a condition asks of him. */
    @Test
    void everyConditionOfAPackagedCheckIsSaidInWords() {
        List<String> silent = catalogue.entries().stream()
                .flatMap(entry -> entry.sound().stream())
                .flatMap(check -> check.rules().require().stream()
                        .filter(condition -> condition.message() == null)
                        .filter(condition -> CheckMessages.keys(condition.id(), condition.reason())
                                .noneMatch(messages::has))
                        .map(condition -> check.about().title() + ": " + condition.id() + ", " + condition.reason()))
                .toList();
        assertThat(silent).isEmpty();
    }
}
