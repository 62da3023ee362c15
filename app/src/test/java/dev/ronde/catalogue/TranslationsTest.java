package dev.ronde.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What checks say in other languages: the packaged French is whole, and a broken file takes only itself away. */
final class TranslationsTest {
    private static final Catalogue PACKAGED =
            new CatalogueLoader(Overlay.of("checks", null), TestChecks.PROBES, TestChecks.DERIVERS).open();
    private static final Pattern STRAIGHT = Pattern.compile("\\p{L}'\\p{L}");
    private static final Pattern TIGHT = Pattern.compile("\\p{L}[;!?»](\\s\\p{L}|$)|«\\S");

    private static final String DOOR = """
            title: La porte est fermée
            rationale: Une porte ouverte laisse entrer des inconnus.
            remediation:
              summary: Fermez-la.
              steps: [Poussez.]
              verify: Tirez.
            messages:
              closed: "Ouverte ({{facts.door.status}})."
            """;

    @TempDir
    Path folder;

    static List<CatalogueEntry> everyCheck() {
        return PACKAGED.entries();
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void everyPackagedCheckSpeaksFrench(CatalogueEntry entry) {
        assertThat(PACKAGED.translations().problems(entry)).as(entry.id()).isEmpty();
        CheckTexts french =
                PACKAGED.translations().find(entry, Locale.FRENCH).orElseThrow(() -> new AssertionError(entry.id()));
        CheckTexts own = PACKAGED.texts(entry, Locale.ENGLISH);
        assertThat(french.messages().keySet()).isEqualTo(own.messages().keySet());
        List<String> all = texts(french);
        List<String> originals = texts(own);
        assertThat(all).hasSameSizeAs(originals);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i))
                    .as(entry.id())
                    .isNotEqualTo(originals.get(i))
                    .doesNotContainPattern(STRAIGHT)
                    .doesNotContainPattern(TIGHT);
        }
    }

    private static List<String> texts(CheckTexts texts) {
        List<String> all = new ArrayList<>(List.of(
                texts.title(),
                texts.rationale(),
                texts.remediation().summary(),
                texts.remediation().verify()));
        all.addAll(texts.remediation().steps());
        all.addAll(texts.messages().values());
        all.addAll(texts.verified());
        return all;
    }

    @Test
    void nothingPackagedTranslatesACheckThatIsNotThere() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("checks/texts/fr"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            PACKAGED.entries().stream().map(CatalogueEntry::id).toList());
        }
    }

    private CatalogueEntry door(Catalogue catalogue) {
        return catalogue.find("door-closed").orElseThrow();
    }

    private Catalogue with(String id, String language, String text) {
        Unchecked.run(() -> {
            Path file = folder.resolve("texts/" + language + "/" + id + ".yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        });
        return TestChecks.withDoor(folder);
    }

    @Test
    void theOperatorTranslatesHisOwnChecks() {
        Catalogue catalogue = with("door-closed", "fr", DOOR);
        CatalogueEntry entry = door(catalogue);
        assertThat(CheckTester.test(entry, catalogue.translations()).problems()).isEmpty();
        assertThat(catalogue.texts(entry, Locale.FRANCE).title()).isEqualTo("La porte est fermée");
        assertThat(catalogue.title("door-closed", Locale.FRENCH)).isEqualTo("La porte est fermée");
        assertThat(catalogue.texts(entry, Locale.ENGLISH).title()).isEqualTo("The door is closed");
        assertThat(catalogue.title("gone", Locale.FRENCH)).isEqualTo("gone");
        assertThat(catalogue.strayFiles()).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            title: La | titel: La | 1: unknown key 'titel'; did you mean 'title'?
            title: La porte est fermée | titel: La porte | 1: required key 'title' is missing
            title: La porte est fermée | title: 7 | 1: 'title' must be a text
            fermée | %s | 1: 'title' has 211 characters; 120 are allowed
            inconnus. | `inconnus\\u202E.` | 2: 'rationale' holds the invisible character U+202E
            Une porte | `|\\n  Une\\n  porte` | 2: 'rationale' holds a line break; fold the text with >-
            [Poussez.] | [Poussez., Encore.] | 5: 'steps' has 2 entries; the check has 1
            [Poussez.] | [] | 5: 'steps' has 0 entries; the check has 1
            verify: Tirez. | verifie: Tirez. | 6: unknown key 'verifie'; did you mean 'verify'?
            closed: | closd: | 8: the check has no assertion 'closd'; did you mean 'closed'?
            closed: | closd: | 8: required key 'closed' is missing
            facts.door.status | facts.door.secret | 8: the check's own message does not show 'facts.door.secret'; did you mean 'facts.door.status'?
            ` ({{facts.door.status}})` | `` | 8: the check's own message shows {{facts.door.status}}; 'closed' does not
            {{facts.door.status}} | `{{facts.door.status}} {{status` | 8: places have the form {{facts.path}}
            verify: Tirez. | `verify: &a Tirez.` | 6: anchors (&name) and aliases (*name)
            messages: | `verified: [tout]\\nmessages:` | 7: unknown key 'verified'
            """)
    void aBrokenFileTakesItsTranslationAwayAndNothingElse(String from, String to, String problem) {
        String broken = DOOR.replace(
                from,
                to.replace("%s", "fermée".repeat(33))
                        .replace("\\n", "\n")
                        .replace("\\u202E", Character.toString(0x202E)));
        assertThat(broken).isNotEqualTo(DOOR);
        Catalogue catalogue = with("door-closed", "fr", broken);
        CatalogueEntry entry = door(catalogue);
        assertThat(entry.problems()).isEmpty();
        assertThat(catalogue.translations().problems(entry))
                .anySatisfy(found -> assertThat(found)
                        .startsWith("texts/fr/door-closed.yaml:")
                        .contains(problem));
        assertThat(catalogue.texts(entry, Locale.FRENCH)).isEqualTo(CheckTexts.of(entry));
        assertThat(CheckTester.test(entry, catalogue.translations()).passed()).isFalse();
    }

    @Test
    void filesThatTranslateNothingAreNamed() throws IOException {
        with("door-close", "fr", DOOR);
        with("door-closed", "french", DOOR);
        Files.writeString(folder.resolve("texts/door-closed.yaml"), DOOR);
        Files.writeString(folder.resolve("texts/fr/door-closed.yml"), DOOR);
        assertThat(TestChecks.load(folder).strayFiles())
                .containsOnly(
                        Map.entry(
                                "texts/fr/door-close.yaml",
                                "there is no check 'door-close'; did you mean 'door-closed'?"),
                        Map.entry("texts/french/door-closed.yaml", "the language is one of en, fr, not 'french'"),
                        Map.entry("texts/door-closed.yaml", "a translation is texts/<language>/<check>.yaml"),
                        Map.entry("texts/fr/door-closed.yml", "a translation is texts/<language>/<check>.yaml"));
    }

    /** Who named a file wrongly believes that his check runs. */
    @Test
    void filesThatAreNotReadAreNamed() throws IOException {
        for (String path :
                new String[] {"our.yml", "team/our.yaml", "facts/our.v1.yml", "fixtures/our/nsg.yaml", ".git/x.yml"}) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "id: our\n");
        }
        Files.writeString(folder.resolve("README.md"), "ours");
        assertThat(TestChecks.load(folder).strayFiles())
                .containsOnly(
                        Map.entry("our.yml", "is not read: files end in .yaml; name it our.yaml"),
                        Map.entry("facts/our.v1.yml", "is not read: files end in .yaml; name it our.v1.yaml"),
                        Map.entry(
                                "team/our.yaml",
                                "is not read: checks stand in the folder itself, not in one below it; move it up"));
    }

    /** A translation translates words: it fits whatever says them to the letter, and nothing that says something else. */
    @Test
    void aReplacedCheckKeepsThePackagedTranslationOnlyWhereItSaysTheSame() throws IOException {
        replaced("telnet-open", "schedule: .*", "schedule: {every: P1D, freshFor: P2D}");
        replaced("redis-anonymous-access", "title: .*", "title: Our Redis asks who is there");
        replaced("memcached-open-tcp", "message: ", "message: Look. ");
        replaced("rsync-anonymous-module", "verify: ", "verify: First think. ");
        Catalogue catalogue = TestChecks.load(folder);
        assertThat(catalogue.title("telnet-open", Locale.FRENCH))
                .isEqualTo(PACKAGED.title("telnet-open", Locale.FRENCH))
                .isNotEqualTo(PACKAGED.title("telnet-open", Locale.ENGLISH));
        CatalogueEntry telnet = catalogue.find("telnet-open").orElseThrow();
        assertThat(catalogue.translations().files(telnet)).containsKey("fr");
        for (String id : List.of("redis-anonymous-access", "memcached-open-tcp", "rsync-anonymous-module")) {
            CatalogueEntry entry = catalogue.find(id).orElseThrow();
            assertThat(entry.problems()).as(id).isEmpty();
            assertThat(catalogue.texts(entry, Locale.FRENCH)).as(id).isEqualTo(CheckTexts.of(entry));
        }
    }

    private void replaced(String id, String from, String to) throws IOException {
        String packaged = PACKAGED.find(id).orElseThrow().text();
        String text = packaged.replaceFirst(from, to);
        assertThat(text).as(id).isNotEqualTo(packaged);
        Files.writeString(folder.resolve(id + ".yaml"), text);
    }

    /** The operator's translation of a packaged check is his word. */
    @Test
    void aPackagedCheckTakesTheOperatorsTranslation() throws IOException {
        String french = Files.readString(Path.of("checks/texts/fr/vnc-no-auth.yaml"));
        Catalogue catalogue = with("vnc-no-auth", "fr", french.replaceFirst("title: .*", "title: VNC est fermé"));
        assertThat(catalogue.title("vnc-no-auth", Locale.FRENCH)).isEqualTo("VNC est fermé");
        assertThat(catalogue.title("redis-anonymous-access", Locale.FRENCH)).startsWith("Redis ou Valkey");
    }

    @Test
    void aMessageIsToldAnewOnlyFromTheFactsThatGaveIt() {
        CheckDefinition check = door(TestChecks.withDoor(folder)).sound().orElseThrow();
        String own = check.rules().assertions().get(0).message();
        String other = "Ouverte ({{facts.door.status}}).";
        assertThat(Judge.retell(check, own, other, "Open (200).", input(Map.of("status", 200L)), same -> same))
                .contains("Ouverte (200).");
        assertThat(Judge.retell(check, own, other, "Open (200).", input(Map.of("status", 201L)), same -> same))
                .isEmpty();
        assertThat(Judge.retell(check, own, other, "Open (200).", input(Map.of()), same -> same))
                .isEmpty();
        assertThat(Judge.retell(check, own, other, "Another wording.", input(Map.of("status", 200L)), same -> same))
                .isEmpty();
    }

    private static Judge.Input input(Map<String, Object> door) {
        return new Judge.Input(Map.of("door", door), Map.of(), Map.of(), Instant.EPOCH);
    }
}
