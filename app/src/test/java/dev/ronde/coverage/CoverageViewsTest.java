package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Coverage by unit, kind and framework: page, API and file show the same of each line, also where nothing could be on. */
final class CoverageViewsTest {
    private static final List<String> COUNTS =
            List.of("enabled", "available", "partly", "off", "not_verifiable", "accepted_risk", "no_check_yet");
    private static final List<String> TALLY =
            List.of("pass", "assets", "fail", "accepted_risk", "error", "unknown", "stale", "not_credited");
    private static final String NOTHING = "nothing applies";

    /** A kind that can have nothing, and a framework without a control: an operator's own. */
    private static final String BARE_KIND = "  room: []\n";

    private static final String BARE_FRAMEWORK = """
            id: house
            name: House rules
            version: "1"
            basis: Ours
            controls: {}
            """;

    private static final TestClock CLOCK = new TestClock();

    @AutoClose
    private static CheckedEstate estate;

    @BeforeAll
    static void start(@TempDir Path checks) throws IOException {
        try (InputStream packaged = CoverageViewsTest.class.getResourceAsStream("/checks/protections.yaml")) {
            String text = new String(Objects.requireNonNull(packaged).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(checks.resolve("protections.yaml"), text + BARE_KIND);
        }
        Files.createDirectories(checks.resolve("frameworks"));
        Files.writeString(checks.resolve("frameworks/house.yaml"), BARE_FRAMEWORK);
        estate = CheckedEstate.start(CLOCK, Map.of(Setting.CHECKS, checks.toString()));
        estate.asset("host-1", "host.server", "unit", "Web");
        estate.asset("host-2", "host.server", "unit", "Shop");
        estate.asset("host-3", "host.server", "unit", "Shop");
        estate.asset("redis-1", "service.redis");
        estate.asset("room-1", "room", "unit", "Doors");
        estate.settle();
        estate.pushed("host-1", "host.v1", CheckedEstate.host(true));
        estate.pushed("host-2", "host.v1", CheckedEstate.host(false));
        estate.pushed("host-3", "host.v1", CheckedEstate.host(true).replace(":0,", ":40,"));
        estate.accept("host-3", "host-patch-level");
    }

    private static String page(String path) {
        return estate.page(path);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String bare(String html) {
        return html.replaceAll("<[^>]*>", " ").strip();
    }

    private static List<Long> numbers(String html) {
        return found("[0-9]+", bare(html)).stream().map(Long::valueOf).toList();
    }

    /** The rows of a file, by their first column; a file holds what is empty as an empty cell. */
    private static Map<String, Map<String, String>> file(String path) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (Map<String, String> row : rows(path)) {
            rows.put(row.values().iterator().next(), row);
        }
        return rows;
    }

    private static List<Map<String, String>> rows(String path) {
        return estate.csv(path);
    }

    private static List<Long> ofFile(Map<String, String> row, List<String> names) {
        return names.stream().map(name -> Long.valueOf(row.get(name))).toList();
    }

    private static List<Long> ofApi(JsonNode counts, List<String> names) {
        return names.stream().map(name -> counts.path(name).asLong()).toList();
    }

    /** The section of the page whose table has this caption: for each row, its head and the numbers behind it. */
    private static Map<String, List<Long>> table(String page, String caption) {
        String section = Stream.of(page.split("<section", -1))
                .filter(part -> part.contains(">" + caption + "</caption>"))
                .findFirst()
                .orElseThrow();
        Map<String, List<Long>> rows = new LinkedHashMap<>();
        for (String row : found("(?s)<tr><th scope=\"row\">.*?</tr>", section)) {
            String[] parts = row.split("</th>", 2);
            List<Long> numbers = new ArrayList<>(numbers(parts[1]));
            if (parts[1].contains(NOTHING)) {
                // it stands in place of two numbers, and must not be read as everything
                numbers.addAll(numbers.size() - (COUNTS.size() - 2), List.of(0L, 0L));
            }
            rows.put(bare(parts[0]), numbers);
        }
        return rows;
    }

    private static List<Long> headed(long first, List<Long> rest) {
        List<Long> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    @Test
    void ofEachUnitTheSameInPageApiAndFile() {
        Map<String, List<Long>> shown = table(page("/coverage"), "By unit");
        Map<String, Map<String, String>> file = file("/api/v1/coverage.csv?by=unit");
        JsonNode units = estate.get("/api/v1/coverage").path("by_unit");
        assertThat(shown).containsOnlyKeys("Doors", "Shop", "Web", "no unit");
        assertThat(file).containsOnlyKeys("Doors", "Shop", "Web", "");
        assertThat(units).hasSize(4);
        for (JsonNode unit : units) {
            String name = unit.path("unit").asString("");
            List<Long> told = headed(unit.path("assets").asLong(), ofApi(unit.path("counts"), COUNTS));
            assertThat(shown.get(name.isEmpty() ? "no unit" : name))
                    .as("page of " + name)
                    .isEqualTo(told);
            Map<String, String> row = file.get(name);
            assertThat(headed(Long.parseLong(row.get("assets")), ofFile(row, COUNTS)))
                    .as("file of " + name)
                    .isEqualTo(told);
        }
        Map<String, String> shop = file.get("Shop");
        assertThat(shop.get("assets")).isEqualTo("2");
        assertThat(List.of(shop.get("accepted_risk"), shop.get("off")))
                .as("an accepted risk, and a disk in the clear")
                .containsExactly("1", "1");
        assertThat(file.get("Web").get("enabled")).isNotEqualTo("0");
    }

    @Test
    void ofEachAssetTheSameInPageApiAndFile() {
        Map<String, Map<String, String>> file = file("/api/v1/coverage.csv?kind=host.server");
        assertThat(file).hasSize(3);
        Map<String, List<Long>> shown = new TreeMap<>();
        for (String row : page("/coverage/assets?kind=host.server").split("<tr>", -1)) {
            found("(?<=href=\"/assets/)host-[0-9]", row).stream()
                    .findFirst()
                    .ifPresent(ref -> shown.put(ref, numbers(row.substring(row.indexOf("class=\"num")))));
        }
        for (JsonNode line : estate.items("/api/v1/coverage/assets?kind=host.server")) {
            String ref = line.path("asset").asString();
            List<Long> told = ofApi(line.path("counts"), COUNTS);
            assertThat(ofFile(file.get(ref), COUNTS)).as("file of " + ref).isEqualTo(told);
            assertThat(shown.get(ref)).as("page of " + ref).isEqualTo(told);
        }
        assertThat(file.get("host-3").get("accepted_risk")).isEqualTo("1");
    }

    @Test
    void ofEachKindTheSameInPageApiAndFile() {
        Map<String, List<Long>> shown = table(page("/coverage"), "By kind of asset");
        Map<String, Map<String, String>> file = file("/api/v1/coverage.csv?by=kind");
        JsonNode kinds = estate.get("/api/v1/coverage").path("by_kind");
        assertThat(shown).containsOnlyKeys("host.server", "room", "service.redis");
        assertThat(file.keySet()).isEqualTo(shown.keySet());
        assertThat(kinds).hasSize(3);
        shown.forEach((kind, numbers) -> {
            assertThat(ofApi(kinds.path(kind), COUNTS)).as("API of " + kind).isEqualTo(numbers);
            assertThat(ofFile(file.get(kind), COUNTS)).as("file of " + kind).isEqualTo(numbers);
        });
    }

    @Test
    void ofEachFrameworkTheSameInBothPagesBothAnswersAndBothFiles() {
        Map<String, List<Long>> shown = table(page("/coverage"), "By framework");
        Map<String, Map<String, String>> file = file("/api/v1/coverage.csv?by=framework");
        JsonNode frameworks = estate.get("/api/v1/coverage").path("by_framework");
        assertThat(frameworks.size()).isEqualTo(9).isEqualTo(file.size());
        for (JsonNode of : frameworks) {
            String id = of.path("framework").asString();
            List<Long> told = ofApi(of.path("counts"), COUNTS);
            assertThat(shown.get(of.path("name").asString() + " "
                            + of.path("version").asString()))
                    .as("page of " + id)
                    .isEqualTo(told);
            assertThat(ofFile(file.get(id), COUNTS)).as("file of " + id).isEqualTo(told);
            JsonNode own = estate.get("/api/v1/coverage/frameworks/" + id);
            assertThat(ofApi(own.path("counts"), COUNTS)).as("its own answer").isEqualTo(told);
            assertThat(tile(page("/coverage/frameworks/" + id)))
                    .as("its own page, which has how many there are in its first words")
                    .isEqualTo(
                            Stream.concat(Stream.of(told.get(0)), told.stream().skip(2))
                                    .toList());
        }
        assertThat(file.get("nist").get("partly")).isNotEqualTo("0");
        assertThat(file.get("nist").get("no_check_yet")).isNotEqualTo("0");
    }

    private static List<Long> tile(String page) {
        return numbers(found("(?s)<dl class=\"facts\">.*?</dl>", page).get(0));
    }

    @Test
    void ofEachControlTheSameInPageApiAndFile() {
        JsonNode framework = estate.get("/api/v1/coverage/frameworks/nist");
        Map<String, Map<String, List<Long>>> told = new TreeMap<>();
        Map<String, String> states = new TreeMap<>();
        for (JsonNode control : framework.path("controls")) {
            Map<String, List<Long>> behind = new TreeMap<>();
            for (JsonNode check : control.path("checks")) {
                behind.put(check.path("check").asString(), tally(check.path("counts")));
            }
            told.put(control.path("control").asString(), behind);
            states.put(control.path("control").asString(), control.path("state").asString());
        }
        Map<String, Map<String, List<Long>>> filed = new TreeMap<>();
        Map<String, String> statesFiled = new TreeMap<>();
        for (Map<String, String> row : rows("/api/v1/coverage/frameworks/nist/controls.csv")) {
            Map<String, List<Long>> behind = filed.computeIfAbsent(row.get("control"), control -> new TreeMap<>());
            if (row.get("source").equals("check")) {
                behind.put(row.get("source_id"), ofFile(row, TALLY));
            }
            statesFiled.put(row.get("control"), row.get("state"));
        }
        assertThat(filed).isEqualTo(told);
        assertThat(statesFiled).isEqualTo(states);
        Map<String, Map<String, List<Long>>> shown = new TreeMap<>();
        Map<String, String> statesShown = new TreeMap<>();
        for (String row :
                found("(?s)<tr><th scope=\"row\"><span class=\"mono\">.*?</tr>", page("/coverage/frameworks/nist"))) {
            String control =
                    bare(found("(?s)<span class=\"mono\">.*?</span>", row).get(0));
            statesShown.put(
                    control,
                    bare(found("(?s)<td data-label=\"State\">.*?</td>", row).get(0)));
            Map<String, List<Long>> behind = new TreeMap<>();
            found("(?s)<li><a href=\"/checks/.*?</li>", row)
                    .forEach(line -> behind.put(
                            bare(found("(?s)<a .*?</a>", line).get(0)), tally(bare(line.split("<br>", 2)[1]))));
            shown.put(control, behind);
        }
        assertThat(shown).isEqualTo(told);
        Map<String, String> words = Map.of(
                "enabled", "on",
                "partly", "partly on",
                "off", "off",
                "not_verifiable", "not verifiable",
                "accepted_risk", "accepted risk",
                "no_check_yet", "no check yet");
        states.replaceAll((control, state) -> state.equals("no_check_yet")
                        && !told.getOrDefault(control, Map.of()).isEmpty()
                ? "no asset has it"
                : words.get(state));
        assertThat(statesShown).isEqualTo(states);
        assertThat(told.get("SC-28").get("host-disk-encryption"))
                .as("two of three hosts")
                .startsWith(2L, 3L, 1L);
        assertThat(told.get("SI-2").get("host-patch-level"))
                .as("an accepted risk")
                .startsWith(2L, 3L, 0L, 1L);
    }

    /** An answer has no sum; the file and the page have it. */
    private static List<Long> tally(JsonNode counts) {
        List<Long> tally = new ArrayList<>(ofApi(counts, TALLY));
        tally.set(
                TALLY.indexOf("assets"),
                counts.valueStream().mapToLong(JsonNode::asLong).sum());
        return tally;
    }

    /** Reads "2 of 3 pass · one accepted risk · 4 unknown" in the order of {@link #TALLY}. */
    private static List<Long> tally(String words) {
        List<Long> counts = new ArrayList<>();
        if (words.equals("no asset has it")) {
            TALLY.forEach(name -> counts.add(0L));
            return counts;
        }
        counts.addAll(numbers(found("[0-9]+ of [0-9]+ pass", words).get(0)));
        for (String word :
                List.of("fail", "accepted risks?", "errors?", "unknown", "stale", "pass with looser parameters")) {
            List<String> part = found("(one|[0-9]+) " + word + "(?= ·|$)", words);
            counts.add(
                    part.isEmpty()
                            ? 0L
                            : part.get(0).startsWith("one")
                                    ? 1L
                                    : numbers(part.get(0)).get(0));
        }
        return counts;
    }

    @Test
    void whereNothingCouldBeOnItIsSaidAndNoFigureIsMadeOfIt() {
        String page = page("/coverage");
        for (String line :
                List.of("/coverage/assets?unit=Doors", "/coverage/assets?kind=room", "/coverage/frameworks/house")) {
            String row = Stream.of(page.split("<tr>", -1))
                    .filter(part -> part.contains("href=\"" + line + "\""))
                    .findFirst()
                    .orElseThrow();
            assertThat(row).as(line).contains(NOTHING).doesNotContain("%", "0 / 0", "1 / 1");
        }
        assertThat(found(NOTHING, page("/coverage/assets?unit=Doors"))).hasSize(1);
        assertThat(found(NOTHING, page("/coverage/assets?unit=Web"))).isEmpty();
        assertThat(page("/coverage/frameworks/house"))
                .contains("Nothing applies: it has no control.")
                .doesNotContain("0 of 0", "100");
        assertThat(page("/assets/room-1"))
                .contains("Nothing applies to this kind of asset.")
                .doesNotContain("0 of 0");
        assertThat(estate.get("/api/v1/coverage").at("/by_kind/room/available").asInt())
                .isZero();
    }

    @Test
    void anEmptyInventoryIsNotAllOn() {
        Map<String, String> words = Map.of(
                "en", "Nothing applies: there is no asset that could have a protection.",
                "fr", "Sans objet : aucun actif ne pourrait avoir une protection.");
        try (CheckedEstate empty = CheckedEstate.start(new TestClock(), Map.of())) {
            for (String path : List.of("/coverage", "/checks")) {
                words.forEach((language, told) -> assertThat(empty.page(path, language))
                        .as(path)
                        .contains(told)
                        .doesNotContain("100 %", "100%", "0 of 0", "0 sur 0"));
            }
        }
    }
}
