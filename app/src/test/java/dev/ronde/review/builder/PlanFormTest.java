package dev.ronde.review.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.json.Json;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.plan.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A plan goes through the form and comes out as it was, and whatever is typed is read as a plan file is. */
class PlanFormTest {
    private static final Pattern BLOCK = Pattern.compile("\"\"\"\\n(.*?)\"\"\"", Pattern.DOTALL);

    private final PlanReader reader = new PlanReader(ZoneId.of("Europe/Paris"));

    @Test
    void everyPlanOfTheProductAndOfItsTestsIsTheSameAfterTheForm() throws IOException {
        List<PlanDefinition> plans = new ArrayList<>(plansWrittenAnywhere());
        assertThat(plans).hasSizeGreaterThan(30);
        assertThat(plans).allSatisfy(this::isTheSameAfterTheForm);
    }

    @Test
    void anyPlanIsTheSameAfterTheForm() {
        Random random = new Random(74);
        for (int round = 0; round < 700; round++) {
            Map<String, Object> tree = RandomPlans.tree(random);
            PlanReader.Result read = reader.read(Json.write(tree));
            assertThat(read.faults()).as(Json.write(tree)).isEmpty();
            isTheSameAfterTheForm(read.plans().get(0));
        }
    }

    private void isTheSameAfterTheForm(PlanDefinition plan) {
        Typed typed = PlanFields.of(plan);
        PlanReader.Result back = reader.read(Json.write(PlanTree.of(typed, plan)));
        assertThat(back.faults()).as(PlanText.of(plan)).isEmpty();
        assertThat(back.plans()).containsExactly(plan);
        assertThat(reader.read(PlanText.of(PlanTree.of(typed, plan))).plans()).containsExactly(plan);
    }

    /** Boxes come in the order of the page, which says nothing: a plan that names the same is not changed by being looked at. */
    @Test
    void theOrderOfBoxesChangesNoPlan() {
        PlanDefinition plan = one("""
                id: p
                title: P
                scope: {criticality: [high, critical, low], units: [Zeta, Alpha]}
                cadence: {monthly: last_day}
                required_protections: [b, a]
                """);
        Map<String, List<String>> fields = new HashMap<>(PlanFields.of(plan).fields());
        fields.put("scope.criticality", List.of("low", "high", "critical"));
        fields.put("scope.units", List.of("Alpha", "Zeta", ""));
        fields.put("required_protections", List.of("a", "b"));
        assertThat(read(fields, plan)).isEqualTo(plan);
        fields.put("scope.units", List.of("Alpha", ""));
        assertThat(read(fields, plan).scope().units()).containsExactly("Alpha");
    }

    @Test
    void whatIsLeftEmptyIsProposedOrTheUsual() {
        Map<String, List<String>> fields = new HashMap<>(
                PlanFields.blank(LocalDate.of(2026, 3, 2), "Europe/Paris").fields());
        fields.put("title", List.of("Revue d’été : œuvres & R*D"));
        fields.put("instructions", List.of("One\r\ntwo"));
        fields.put("lead_time", List.of(" "));
        fields.put("scope.assets", List.of("web-01, web-02\r\nweb-03;web-01", "db-01"));
        fields.put("checklist.0.text", List.of("Admins?"));
        fields.put("checklist.1.text", List.of(""));
        fields.put("checklist.2.text", List.of("Admins!"));
        fields.put("checklist.2.required", List.of("true"));
        fields.put("checklist.3.text", List.of("And now?"));
        fields.put("checklist.3.id", List.of("admins-2"));
        PlanDefinition plan = read(fields, null);
        assertThat(plan.id()).isEqualTo("revue-d-ete-oeuvres-r-d");
        assertThat(plan.instructions()).isEqualTo("One\ntwo");
        assertThat(plan.leadTime().getDays()).isEqualTo(14);
        assertThat(plan.scope().assets()).containsExactly("web-01", "web-02", "web-03", "db-01");
        assertThat(plan.checklist().stream().map(item -> item.id() + item.required()))
                .containsExactly("adminsfalse", "admins-3true", "admins-2false");
        assertThat(plan.cadence().toMap()).containsEntry("every", "P3M").containsEntry("anchor", "2026-05-01");
    }

    @Test
    void everyFaultHasItsField() {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("cadence", List.of("every"));
        fields.put("every", List.of("0"));
        fields.put("every.unit", List.of("months"));
        fields.put("id", List.of("Not An Id"));
        fields.put("zone", List.of("UTC+1"));
        fields.put("lead_time", List.of("soon"));
        fields.put("grace", List.of("1"));
        fields.put("grace.unit", List.of("moons"));
        fields.put("max_gap_days", List.of("ninety"));
        fields.put("scope.criticality", List.of("high", "hihg"));
        fields.put("frameworks", List.of("A.8.9"));
        fields.put("assurance.critical", List.of("blood"));
        fields.put("approval.default", List.of("maybe"));
        fields.put("drift.settle", List.of("30"));
        fields.put("drift.settle.unit", List.of("days"));
        fields.put("drift.due", List.of("0"));
        fields.put("drift.due.unit", List.of("days"));
        fields.put("checklist.0.text", List.of(""));
        fields.put("checklist.1.text", List.of("Right?"));
        fields.put("checklist.1.answer", List.of("maybe"));
        Typed typed = new Typed(fields);
        Map<String, Object> tree = PlanTree.of(typed, null);
        List<Fault> faults = reader.read(Json.write(tree)).faults();
        assertThat(faults.stream().map(fault -> FormFault.field(fault.pointer(), typed)))
                .containsExactlyInAnyOrder(
                        "id",
                        "title",
                        "zone",
                        "every",
                        "every.anchor",
                        "lead_time",
                        "grace",
                        "max_gap_days",
                        "scope.criticality",
                        "frameworks",
                        "assurance.critical",
                        "approval.default",
                        "drift.settle",
                        "drift.due",
                        "checklist.0.answer");
        assertThat(faults.stream()
                        .map(fault -> FormFault.word(fault.pointer(), tree))
                        .filter(word -> !word.isEmpty()))
                .containsExactlyInAnyOrder("hihg", "A.8.9");
    }

    private PlanDefinition read(Map<String, List<String>> fields, PlanDefinition before) {
        PlanReader.Result result = reader.read(Json.write(PlanTree.of(new Typed(fields), before)));
        assertThat(result.faults()).isEmpty();
        return result.plans().get(0);
    }

    private PlanDefinition one(String text) {
        PlanReader.Result result = reader.read(text);
        assertThat(result.faults()).isEmpty();
        return result.plans().get(0);
    }

    /** The plans of the demonstration, of README and operations.md, and every text block of a test that is one. */
    private List<PlanDefinition> plansWrittenAnywhere() throws IOException {
        List<PlanDefinition> plans = new ArrayList<>();
        String demo = Files.readString(Path.of("app/src/main/resources/demo/plans.yaml"))
                .replaceAll("anchor: \\{[a-z-]+}", "anchor: 2026-01-31");
        PlanReader.Result packaged = reader.readFile(demo);
        assertThat(packaged.faults()).isEmpty();
        plans.addAll(packaged.plans());
        plans.add(one(PlanText.EXAMPLE));
        try (Stream<Path> files = Files.walk(Path.of("app/src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher block = BLOCK.matcher(Files.readString(file));
                while (block.find()) {
                    String text = block.group(1).stripIndent();
                    plans.addAll(reader.read(text).plans());
                }
            }
        }
        return plans;
    }
}
