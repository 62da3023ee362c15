package dev.ronde.review.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.cadence.Cadence.Every;
import dev.ronde.cadence.Cadence.Every.Unit;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.json.Json;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReaderTest {

    static final String CONTRACT = """
            plans:
              - id: quarterly-critical
                title: Quarterly configuration review of critical assets
                scope: {criticality: [high, critical], kinds: ["service.*", "cloud.*"]}
                cadence: {every: P3M, anchor: 2026-01-31}
                zone: Europe/Paris
                max_gap_days: 92
                lead_time: P14D
                grace: P5D
                missed_after: P30D
                frameworks: ["iso27001:A.8.9", "pci:1.2.7"]
                assurance: {default: mail_link, critical: signed_in}
                required_protections: []
                checklist:
                  - {id: admins, text: "Are the administrator accounts still the right ones?", answer: yes_no, evidence: optional}
                reminders: default
            """;

    private final PlanReader reader = new PlanReader(ZoneId.of("Asia/Tokyo"));

    @Test
    void readsTheFileOfTheContract() {
        PlanReader.Result result = reader.readFile(CONTRACT);
        assertThat(result.faults()).isEmpty();
        PlanDefinition plan = result.plans().get(0);
        assertThat(plan.id()).isEqualTo("quarterly-critical");
        assertThat(plan.cadence())
                .isEqualTo(new CadenceRule.Interval(new Every(3, Unit.MONTHS, LocalDate.of(2026, 1, 31))));
        assertThat(plan.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(plan.maxGapDays()).isEqualTo(92);
        assertThat(plan.leadTime()).isEqualTo(Period.ofDays(14));
        assertThat(plan.grace()).isEqualTo(Period.ofDays(5));
        assertThat(plan.assurance().forCriticality("critical")).isEqualTo(Assurance.SIGNED_IN);
        assertThat(plan.assurance().forCriticality("high")).isEqualTo(Assurance.MAIL_LINK);
        assertThat(plan.checklist()).hasSize(1);
        assertThat(plan.checklist().get(0).required()).isFalse();
    }

    @Test
    void fillsTheDefaults() {
        PlanDefinition plan = one("id: p\ntitle: P\nscope: {}\ncadence: {monthly: last_day}\n");
        assertThat(plan.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(plan.leadTime()).isEqualTo(Period.ofDays(14));
        assertThat(plan.grace()).isEqualTo(Period.ZERO);
        assertThat(plan.missedAfter()).isEqualTo(Period.ofDays(30));
        assertThat(plan.maxGapDays()).isNull();
        assertThat(plan.assurance()).isEqualTo(AssuranceRule.LINK);
        assertThat(plan.cadence().from(LocalDate.of(2026, 2, 10)).anchor()).isEqualTo(LocalDate.of(2026, 2, 28));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {every: P2W, anchor: 2026-01-31} | 2026-02-14
            {every: P1Y, anchor: 2024-02-29} | 2026-02-28
            {monthly: {weekday: tuesday, nth: 2}} | 2026-02-10
            {monthly: {weekday: friday, nth: last}, every_months: 3} | 2026-02-27
            {monthly: {day: 15, every_months: 6}} | 2026-02-15
            {monthly: {day: 31}, every_months: 6, anchor: 2026-01-05} | 2026-07-31
            {monthly: last_day, every_months: 12} | 2026-02-28""")
    void knowsEveryCadence(String cadence, LocalDate nextAfterFirstFebruary) {
        PlanDefinition plan = one("id: p\ntitle: P\nscope: {}\ncadence: " + cadence + "\n");
        LocalDate enrolled = LocalDate.of(2026, 2, 2);
        assertThat(plan.cadence().from(enrolled).atOrAfter(enrolled)).isEqualTo(nextAfterFirstFebruary);
        assertThat(one(Json.write(plan.toMap()))).isEqualTo(plan);
    }

    /** Weeks become days, so that the longest number of weeks is a number of days that must be read again: stored plans are. */
    @Test
    void readsBackTheLongestPeriods() {
        PlanDefinition plan = one("id: p\ntitle: P\nscope: {}\ncadence: {monthly: last_day}\n"
                + "lead_time: P9999W\ngrace: P9999Y\nmissed_after: P9999M\ndrift: {due: P9999W}\n");
        assertThat(one(Json.write(plan.toMap()))).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            titel: P | /titel | unknown_field | did you mean 'title'
            cadence: {every: 3 months, anchor: 2026-01-31} | /cadence/every | bad_value | write P<n>D
            cadence: {every: P3M} | /cadence/anchor | required | anchor: 2026-01-31
            cadence: {every: P0M, anchor: 2026-01-31} | /cadence/every | bad_value | 1 to 1000
            cadence: {every: P3M, anchor: 2026-02-30} | /cadence/anchor | bad_value | not in the calendar
            cadence: {every: P3M, anchor: 31/01/2026} | /cadence/anchor | bad_value | YYYY-MM-DD
            cadence: {monthly: {weekday: tuesday, nth: 5}} | /cadence/monthly/nth | bad_value | last
            cadence: {monthly: {day: 32}} | /cadence/monthly/day | bad_value | 1 to 31
            cadence: {monthly: last_day, every_months: 5} | /cadence/every_months | bad_value | 1, 2, 3, 4, 6, 12
            cadence: {} | /cadence | required | every: P3M
            cadence: quarterly | /cadence | not_a_mapping | every
            scope: {criticality: [hihg]} | /scope/criticality/0 | bad_value | did you mean 'high'
            scope: {criticality: high} | /scope/criticality | not_a_list | [a, b]
            zone: UTC+1 | /zone | bad_value | Europe/Paris
            zone: Europe/Pari | /zone | bad_value | Europe/Paris
            max_gap_days: ninety | /max_gap_days | bad_value | whole number
            lead_time: 14 | /lead_time | bad_value | P14D
            frameworks: [A.8.9] | /frameworks/0 | bad_value | iso27001:A.8.9
            assurance: {default: mail} | /assurance/default | bad_value | mail_link
            reminders: weekly | /reminders | bad_value | default
            checklist: [{text: x}] | /checklist/0/id | required | id: admins
            id: Not An Id | /id | bad_value | lower-case""")
    void saysWhatIsWrongWhereAndWhatToWrite(String change, String pointer, String code, String words) {
        String key = change.substring(0, change.indexOf(':'));
        String plan = List.of("id: p", "title: P", "scope: {}", "cadence: {monthly: last_day}").stream()
                        .filter(line -> !line.startsWith(key + ":"))
                        .reduce("", (all, line) -> all + line + "\n")
                + change + "\n";
        PlanReader.Result result = reader.read(plan);
        assertThat(result.plans()).isEmpty();
        assertThat(result.faults()).hasSize(1);
        Fault fault = result.faults().get(0);
        assertThat(fault.pointer()).isEqualTo(pointer);
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.message()).contains(words);
        assertThat(fault.line()).isEqualTo((int) plan.lines().count());
    }

    @Test
    void tellsEveryFaultAtOnceWithItsLine() {
        PlanReader.Result result = reader.readFile("""
                plans:
                  - id: a
                    titel: A
                    cadence: {every: P3M, anchor: yesterday}
                  - id: a
                    title: fine
                    scope: {}
                    cadence: {monthly: last_day}
                """);
        assertThat(result.faults().stream().map(Fault::line)).contains(3, 4, 2);
        assertThat(result.faults().stream().map(Fault::pointer))
                .contains("/plans/0/titel", "/plans/0/title", "/plans/0/scope", "/plans/0/cadence/anchor");
    }

    @Test
    void refusesWhatIsNoPlanFile() {
        assertThat(reader.readFile("").faults()).hasSize(1);
        assertThat(reader.readFile("hello").faults()).hasSize(1);
        assertThat(reader.readFile("plans: []").faults()).hasSize(1);
        assertThat(reader.readFile("plans:\n  - id: x\n   title: y")
                        .faults()
                        .get(0)
                        .code())
                .isEqualTo("syntax");
    }

    private PlanDefinition one(String text) {
        PlanReader.Result result = reader.read(text);
        assertThat(result.faults()).isEmpty();
        return result.plans().get(0);
    }

    private static final String WORDED = """
            id: p
            title: t
            scope: {kinds: ["%s"]}
            cadence: {monthly: last_day}
            frameworks: ["%s"]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            service.redis | iso27001:A.8.9 |
            service.* | iso27001:A.8.34 |
            cloud.azure.* | iso27001:A.8.1 |
            * | iso27001:A.8.9 |
            * | soc2:CC7.1 |
            service.reddis | iso27001:A.8.9 | line 3: 'kinds': there is no kind of asset 'service.reddis'; did you mean 'service.redis'?
            servise.* | iso27001:A.8.9 | line 3: 'kinds': no kind of asset fits 'servise.*'; did you mean 'service.*'?
            service.redis.* | iso27001:A.8.9 | line 3: 'kinds': no kind of asset fits 'service.redis.*'
            service.redis | iso27001:A.99.9 | line 5: 'frameworks': framework iso27001 has no control 'A.99.9'; did you mean 'A.8.9'?
            service.redis | iso27001:A.8.35 | line 5: 'frameworks': framework iso27001 has no control 'A.8.35'
            service.redis | iso27001:A.8.09 | line 5: 'frameworks': framework iso27001 has no control 'A.8.09'
            service.redis | iso27001:A.8.9x | line 5: 'frameworks': framework iso27001 has no control 'A.8.9x'""")
    void kindsAndControlsAreThoseThatExist(String kind, String control, String fault) {
        PlanReader knowing = new PlanReader(ZoneId.of("Asia/Tokyo"), TestVocabulary.SMALL);
        List<String> faults = knowing.read(WORDED.formatted(kind, control)).faults().stream()
                .map(Fault::sentence)
                .toList();
        if (fault == null) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).singleElement().asString().startsWith(fault);
        }
    }

    /** As in the names of assets. */
    @Test
    void refusesTextsThatLie() {
        PlanReader words = new PlanReader(ZoneId.of("UTC"), TestVocabulary.SMALL);
        String plan = """
                {"id":"p","title":"T%s","instructions":"I%s","scope":{"tags":["t%s"]},"cadence":{"monthly":"last_day"},
                 "checklist":[{"id":"a","text":"A%s"}]}""";
        String honest = plan.replace("%s", "");
        assertThat(words.read(honest).faults()).isEmpty();
        for (String[] lie : new String[][] {
            {"\\u202Ex", "bidi_control", "U+202E"},
            {"\\u001b[31mx", "control_character", "U+001B"},
            {"\\u0007x", "control_character", "U+0007"},
            {"\\u200bx", "invisible_character", "U+200B"}
        }) {
            String lying = plan.replace("%s", lie[0]);
            assertThat(words.read(lying).faults()).as(lie[0]).hasSize(4).allSatisfy(fault -> {
                assertThat(fault.reason().key()).isEqualTo(lie[1]);
                assertThat(fault.reason().values()).containsExactly(lie[2]);
            });
        }
        assertThat(words.read(plan.replace("%s", "\\r\\nx")).faults())
                .as("only texts of several lines have line breaks")
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.reason().key()).isEqualTo("line_break"));
    }

    @Test
    void aSecondPlanOfTheSameIdIsNamedWhereItStands() {
        String file =
                CONTRACT + "  - {id: quarterly-critical, title: Again, scope: {}, cadence: {monthly: last_day}}\n";
        assertThat(reader.readFile(file).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo("duplicate_id");
            assertThat(fault.pointer()).isEqualTo("/plans/1/id");
            assertThat(fault.line()).isEqualTo((int) CONTRACT.lines().count() + 1);
        });
    }

    @Test
    void refusesThePageOfNewPlansAsAnIdAndChecklistsNobodyAnswers() {
        PlanReader reader = new PlanReader(ZoneOffset.UTC, TestVocabulary.SMALL);
        String plan = "{id: %s, title: T, scope: {}, cadence: {monthly: last_day}, checklist: [%s],"
                + " drift: {settle: PT0.5S}}";
        assertThat(reader.read(plan.formatted("new", "")).faults())
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder("/id", "/drift/settle");
        String questions = IntStream.rangeClosed(1, 101)
                .mapToObj("{id: q%d, text: Right}"::formatted)
                .collect(Collectors.joining(","));
        assertThat(reader.read(plan.formatted("many", questions)).faults())
                .extracting(Fault::pointer)
                .contains("/checklist");
        PlanReader stored = new PlanReader(ZoneOffset.UTC);
        assertThat(stored.read(plan.formatted("new", questions)).plans())
                .as("what is stored is read")
                .hasSize(1);
    }
}
