package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.FactType;
import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.problem.DidYouMean;
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

    private static final String FACTS = "facts.";

    private final CheckDefinition check;
    private final Node file;
    private final List<LoadProblem> problems = new ArrayList<>();

    private CheckTester(CheckDefinition check, Node file) {
        this.check = check;
        this.file = file;
    }

    /**
     * What became of one check.
     *
     * @param id id of the check
     * @param fixtures number of fixtures that were run
     * @param problems everything that is wrong, each as {@code file:line: what}, the file in its folder; empty = the check is fine
     */
    public record Report(String id, int fixtures, List<String> problems) {
        public boolean passed() {
            return problems.isEmpty();
        }
    }

    public static Report test(CatalogueEntry entry) {
        String file = entry.id() + ".yaml:";
        return entry.sound()
                .filter(check -> entry.problems().isEmpty())
                .map(check -> new Report(
                        entry.id(),
                        check.tests().size(),
                        named(file, new CheckTester(check, Document.read(entry.text())).run())))
                .orElseGet(() -> new Report(entry.id(), 0, named(file, entry.problems())));
    }

    private static List<String> named(String file, List<LoadProblem> problems) {
        return problems.stream()
                .map(problem -> file + (problem.line() > 0 ? "" : " ") + problem)
                .toList();
    }

    public static Report test(CatalogueEntry entry, Translations translations) {
        Report report = test(entry);
        List<String> problems = new ArrayList<>(report.problems());
        problems.addAll(translations.problems(entry));
        return new Report(report.id(), report.fixtures(), problems);
    }

    private List<LoadProblem> run() {
        List<CheckDefinition.Assertion> all = check.rules().assertions();
        for (int i = 0; i < check.tests().size(); i++) {
            expectation(i, judge(check, all, check.tests().get(i)));
        }
        coverage();
        for (CheckDefinition.Assertion dropped : all) {
            List<CheckDefinition.Assertion> rest = all.stream()
                    .filter(assertion -> !assertion.id().equals(dropped.id()))
                    .toList();
            boolean noticed = check.tests().stream()
                    .anyMatch(fixture -> !same(judge(check, all, fixture), judge(check, rest, fixture)));
            if (!noticed) {
                problem(
                        file.line("/assert/" + all.indexOf(dropped)),
                        "assertion " + dropped.id()
                                + " can be removed and no test notices; add a test in which it alone fails");
            }
        }
        return problems;
    }

    private void problem(int line, String message) {
        problems.add(new LoadProblem(line, message));
    }

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

    private void expectation(int number, Judgement judgement) {
        CheckDefinition.Fixture fixture = check.tests().get(number);
        String name = "test '" + fixture.name() + "': ";
        if (judgement.outcome() != fixture.expect()) {
            problem(
                    line(number, judgement),
                    name + "expected " + fixture.expect().code() + ", got "
                            + judgement.outcome().code()
                            + (judgement.reason() == null
                                    ? ""
                                    : " (" + judgement.reason() + ": " + judgement.detail() + ")")
                            + (judgement.failed().isEmpty() ? "" : " " + judgement.failed())
                            + meant(judgement));
            return;
        }
        if (fixture.failed() != null && !new TreeSet<>(fixture.failed()).equals(judgement.failed())) {
            problem(
                    line(number, "failed"),
                    name + "expected failed " + fixture.failed() + ", got " + judgement.failed());
        }
        if (fixture.reason() != null && !fixture.reason().equals(judgement.reason())) {
            problem(
                    line(number, "reason"),
                    name + "expected reason " + fixture.reason() + ", got " + judgement.reason());
        }
        String stored = PLAIN.writeValueAsString(KeptFacts.keep(check, fixture.facts()))
                + PLAIN.writeValueAsString(judgement.assertions());
        fixture.mustNotStore().stream()
                .filter(stored::contains)
                .forEach(text -> problem(line(number, "mustNotStore"), name + "stores '" + text + "'"));
    }

    private int line(int number, Judgement judgement) {
        String violation = String.valueOf(judgement.detail()).split(":", 2)[0];
        return Judge.FACT_SCHEMA.equals(judgement.reason())
                ? line(number, violation.replaceAll("\\[(\\d+)\\]", "/$1").replace('.', '/'))
                : line(number, "expect");
    }

    private int line(int number, String below) {
        return file.line("/tests/" + number + "/" + below);
    }

    private String meant(Judgement judgement) {
        String detail = String.valueOf(judgement.detail());
        int end = detail.indexOf(FactSchema.NOT_IN_SCHEMA);
        if (!Judge.FACT_SCHEMA.equals(judgement.reason()) || end < 0 || !detail.startsWith(FACTS)) {
            return "";
        }
        String path = detail.substring(FACTS.length(), end);
        int dot = path.lastIndexOf('.');
        String parent = dot < 0 ? "" : path.substring(0, dot);
        FactType.ObjectType root = check.facts().root();
        FactType type = parent.isEmpty() ? root : root.at(parent).orElse(root);
        return type instanceof FactType.ObjectType object
                ? DidYouMean.question(path.substring(dot + 1), object.fields().keySet())
                : "";
    }

    private void coverage() {
        int tests = file.line("/tests");
        Set<Outcome> expected = new TreeSet<>();
        check.tests().forEach(fixture -> expected.add(fixture.expect()));
        if (!expected.contains(Outcome.PASS)) {
            problem(tests, "no test expects pass");
        }
        if (!expected.contains(Outcome.FAIL)) {
            problem(tests, "no test expects fail");
        }
        if (!expected.contains(Outcome.UNKNOWN) && !expected.contains(Outcome.ERROR)) {
            problem(tests, "no test expects unknown or error");
        }
        if (!check.rules().applicable().isEmpty() && !expected.contains(Outcome.NOT_APPLICABLE)) {
            problem(tests, "no test expects not_applicable although 'applicable' exists");
        }
        Set<String> optional = new TreeSet<>();
        check.rules()
                .expressions()
                .forEach(expression -> expression.pathsRead("facts").stream()
                        .filter(path -> check.facts().root().mayBeAbsent(path))
                        .forEach(optional::add));
        optional.stream()
                .filter(path -> check.tests().stream().noneMatch(fixture -> isAbsent(fixture.facts(), path)))
                .forEach(path -> problem(tests, FACTS + path + " may be absent, but no test leaves it out"));
    }

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
