package dev.ronde.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the fixtures of a check and looks whether they are enough: every kind of outcome, every optional fact absent once, and no
 * assertion that could be dropped unnoticed.
 */
public final class CheckTester {
    private static final Instant FIXED_NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Map<String, Object> FIXED_ASSET = Map.of(
            "ref",
            "test",
            "name",
            "test",
            "kind",
            "test",
            "criticality",
            "medium",
            "tags",
            List.of(),
            "declared_ports",
            List.of());
    private static final JsonMapper PLAIN = JsonMapper.builder().build();

    private CheckTester() {}

    /**
     * What became of one check.
     *
     * @param id id of the check
     * @param fixtures number of fixtures that were run
     * @param problems everything that is wrong; empty = the check is fine
     */
    public record Report(String id, int fixtures, List<String> problems) {
        /** Returns whether nothing is wrong. */
        public boolean passed() {
            return problems.isEmpty();
        }
    }

    /** Tests one entry; a broken file reports its load problems. */
    public static Report test(CatalogueEntry entry) {
        return entry.sound()
                .map(CheckTester::test)
                .orElseGet(() -> new Report(
                        entry.id(),
                        0,
                        entry.problems().stream().map(LoadProblem::toString).toList()));
    }

    /** Tests one entry and its texts in other languages. */
    public static Report test(CatalogueEntry entry, Translations translations) {
        Report report = test(entry);
        List<String> problems = new ArrayList<>(report.problems());
        problems.addAll(translations.problems(entry));
        return new Report(report.id(), report.fixtures(), problems);
    }

    static Report test(CheckDefinition check) {
        List<String> problems = new ArrayList<>();
        List<CheckDefinition.Assertion> all = check.rules().assertions();
        check.tests().forEach(fixture -> expectation(check, fixture, judge(check, all, fixture), problems));
        coverage(check, problems);
        for (CheckDefinition.Assertion dropped : all) {
            List<CheckDefinition.Assertion> rest = all.stream()
                    .filter(assertion -> !assertion.id().equals(dropped.id()))
                    .toList();
            boolean noticed = check.tests().stream()
                    .anyMatch(fixture -> !same(judge(check, all, fixture), judge(check, rest, fixture)));
            if (!noticed) {
                problems.add("assertion " + dropped.id() + " can be removed and no test notices");
            }
        }
        return new Report(check.id(), check.tests().size(), problems);
    }

    /** Judges the facts of one fixture. */
    static Judgement judge(CheckDefinition check, CheckDefinition.Fixture fixture) {
        return judge(check, check.rules().assertions(), fixture);
    }

    private static Judgement judge(
            CheckDefinition check, List<CheckDefinition.Assertion> assertions, CheckDefinition.Fixture fixture) {
        return Judge.judge(check, assertions, input(check, fixture));
    }

    private static Judge.Input input(CheckDefinition check, CheckDefinition.Fixture fixture) {
        Map<String, Object> params =
                new LinkedHashMap<>(EffectiveParams.defaults(check).values());
        check.params().forEach((name, param) -> {
            Object override = fixture.params().get(name);
            if (override != null) {
                params.put(name, param.merged(override));
            }
        });
        Map<String, Object> asset = new LinkedHashMap<>(FIXED_ASSET);
        asset.putAll(fixture.asset());
        return new Judge.Input(fixture.facts(), params, asset, fixture.now() == null ? FIXED_NOW : fixture.now());
    }

    private static void expectation(
            CheckDefinition check, CheckDefinition.Fixture fixture, Judgement judgement, List<String> problems) {
        String name = "test '" + fixture.name() + "': ";
        if (judgement.outcome() != fixture.expect()) {
            problems.add(name + "expected " + fixture.expect().code() + ", got "
                    + judgement.outcome().code()
                    + (judgement.reason() == null ? "" : " (" + judgement.reason() + ": " + judgement.detail() + ")")
                    + (judgement.failed().isEmpty() ? "" : " " + judgement.failed()));
            return;
        }
        if (fixture.failed() != null && !new TreeSet<>(fixture.failed()).equals(judgement.failed())) {
            problems.add(name + "expected failed " + fixture.failed() + ", got " + judgement.failed());
        }
        if (fixture.reason() != null && !fixture.reason().equals(judgement.reason())) {
            problems.add(name + "expected reason " + fixture.reason() + ", got " + judgement.reason());
        }
        String stored = PLAIN.writeValueAsString(KeptFacts.keep(check, fixture.facts()))
                + PLAIN.writeValueAsString(judgement.assertions());
        fixture.mustNotStore().stream()
                .filter(stored::contains)
                .forEach(text -> problems.add(name + "stores '" + text + "'"));
    }

    private static void coverage(CheckDefinition check, List<String> problems) {
        Set<Outcome> expected = new TreeSet<>();
        check.tests().forEach(fixture -> expected.add(fixture.expect()));
        if (!expected.contains(Outcome.PASS)) {
            problems.add("no test expects pass");
        }
        if (!expected.contains(Outcome.FAIL)) {
            problems.add("no test expects fail");
        }
        if (!expected.contains(Outcome.UNKNOWN) && !expected.contains(Outcome.ERROR)) {
            problems.add("no test expects unknown or error");
        }
        if (!check.rules().applicable().isEmpty() && !expected.contains(Outcome.NOT_APPLICABLE)) {
            problems.add("no test expects not_applicable although 'applicable' exists");
        }
        Set<String> optional = new TreeSet<>();
        check.rules()
                .expressions()
                .forEach(expression -> expression.pathsRead("facts").stream()
                        .filter(path -> check.facts().root().mayBeAbsent(path))
                        .forEach(optional::add));
        optional.stream()
                .filter(path -> check.tests().stream().noneMatch(fixture -> isAbsent(fixture.facts(), path)))
                .forEach(path -> problems.add("facts." + path + " may be absent, but no test leaves it out"));
    }

    /** Whether the facts lack what the path leads to. */
    static boolean isAbsent(Map<String, Object> facts, String path) {
        Object current = facts;
        for (String step : path.split("\\.", -1)) {
            current = current instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return current == null;
    }

    private static boolean same(Judgement left, Judgement right) {
        return left.outcome() == right.outcome()
                && Objects.equals(left.reason(), right.reason())
                && left.severity() == right.severity()
                && left.failed().equals(right.failed());
    }
}
