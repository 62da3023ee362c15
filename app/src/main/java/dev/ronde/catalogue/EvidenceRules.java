package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.FactType;
import dev.ronde.platform.Lazy;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.problem.DidYouMean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code evidence} and holds everything that depends on what is kept: what an expression reads must be kept, or nobody could
 * repeat the judgement; what a message shows must be kept, or it would leak.
 */
final class EvidenceRules {
    static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.]+)\\s*}}");
    private static final String FACTS = "facts.";

    private final Fields file;
    private final FactSchema facts;
    private final Map<String, Param> params;
    private final List<String> keep = new ArrayList<>();

    private EvidenceRules(Fields file, FactSchema facts, Map<String, Param> params) {
        this.file = file;
        this.facts = facts;
        this.params = params;
    }

    /** @param verified whether the expressions are known to read nothing but what is kept or tested */
    static CheckDefinition.EvidenceSpec read(
            Fields file, FactSchema facts, Map<String, Param> params, CheckDefinition.Rules rules, boolean verified) {
        return new EvidenceRules(file, facts, params).evidence(rules, verified);
    }

    private CheckDefinition.EvidenceSpec evidence(CheckDefinition.Rules rules, boolean verified) {
        List<String> fingerprint = new ArrayList<>();
        List<Duration> retention = new ArrayList<>();
        file.require("evidence");
        file.child("evidence").ifPresent(child -> {
            child.require("keep");
            child.texts("keep").forEach(path -> path(child, "keep", path, keep));
            child.texts("fingerprint").forEach(path -> path(child, "fingerprint", path, fingerprint));
            child.duration("retention").ifPresent(retention::add);
            child.noOthers();
            fingerprint.stream()
                    .filter(path -> !isKept(path))
                    .forEach(path -> child.problem("fingerprint", "'facts." + path + "' is not in evidence.keep"));
        });
        if (!verified) {
            readFacts(rules);
            optionalFacts(rules);
        }
        rules.assertions().forEach(this::shown);
        said("applicable", rules.applicable());
        said("require", rules.require());
        return new CheckDefinition.EvidenceSpec(
                List.copyOf(keep),
                fingerprint.isEmpty() ? Lazy.of(() -> readByAssertions(rules)) : () -> fingerprint,
                retention.isEmpty() ? null : retention.get(0));
    }

    private void readFacts(CheckDefinition.Rules rules) {
        rules.expressions()
                .forEach(expression -> expression.pathsRead("facts").stream()
                        .filter(path -> !isKept(path))
                        .forEach(path -> file.problem(
                                "evidence",
                                "'facts" + (path.isEmpty() ? "" : "." + path) + "' is read by \"" + expression.text()
                                        + "\" but is not in evidence.keep")));
    }

    private void path(Fields child, String name, String path, List<String> paths) {
        String fact = path.startsWith(FACTS) ? path.substring(FACTS.length()) : "";
        if (facts.root().at(fact).isEmpty()) {
            child.problem(name, "'" + path + "' is not a path of " + facts.name() + meant(path));
        }
        paths.add(fact);
    }

    private String example() {
        return facts.root().fields().keySet().stream()
                .findFirst()
                .map(FACTS::concat)
                .orElse("facts.x");
    }

    private String meant(String path) {
        List<String> all = new ArrayList<>();
        paths(FACTS, facts.root(), all);
        String question = DidYouMean.question(path, all);
        return question.isEmpty() ? ", such as " + example() : question;
    }

    private static void paths(String before, FactType.ObjectType type, List<String> all) {
        type.fields().forEach((name, field) -> {
            all.add(before + name);
            if (field.type() instanceof FactType.ObjectType object) {
                paths(before + name + ".", object, all);
            }
        });
    }

    private boolean isKept(String path) {
        return keep.stream().anyMatch(kept -> path.equals(kept) || path.startsWith(kept + "."));
    }

    /** An assertion breaks if an optional fact it reads is absent, so {@code require} must ask for the absence. */
    private void optionalFacts(CheckDefinition.Rules rules) {
        Set<String> tested = new TreeSet<>();
        rules.require().forEach(condition -> tested.addAll(condition.expr().pathsTested("facts")));
        rules.applicable().forEach(condition -> tested.addAll(condition.expr().pathsTested("facts")));
        for (CheckDefinition.Assertion assertion : rules.assertions()) {
            for (String path : assertion.expr().pathsNeeded("facts")) {
                if (!covered(path, tested)) {
                    file.problem(
                            "assert",
                            "'facts." + path + "' may be absent; test it with has(facts." + path + ") in 'require'");
                }
            }
        }
    }

    private boolean covered(String path, Set<String> tested) {
        int end = 0;
        while (end >= 0) {
            end = path.indexOf('.', end);
            String step = end < 0 ? path : path.substring(0, end);
            boolean optional =
                    facts.root().field(step).filter(field -> !field.required()).isPresent();
            boolean asked = tested.stream().anyMatch(test -> test.equals(step) || test.startsWith(step + "."));
            if (optional && !asked) {
                return false;
            }
            end = end < 0 ? -1 : end + 1;
        }
        return true;
    }

    private void shown(CheckDefinition.Assertion assertion) {
        for (String path : assertion.show()) {
            String fact = path.startsWith(FACTS) ? path.substring(FACTS.length()) : "";
            if (facts.root().at(fact).isEmpty()) {
                file.problem(
                        line("assert", assertion.id(), "show"),
                        "'show' of " + assertion.id() + ": '" + path + "' is not a path of " + facts.name()
                                + meant(path));
            } else if (!isKept(fact)) {
                file.problem(
                        line("assert", assertion.id(), "show"),
                        "'show' of " + assertion.id() + ": '" + path + "' is not in evidence.keep");
            }
        }
        message("assert", assertion.id(), assertion.message());
    }

    private void message(String list, String id, String message) {
        Matcher matcher = PLACE.matcher(message);
        while (matcher.find()) {
            place(list, id, matcher.group(1));
        }
        if (PLACE.matcher(message).replaceAll("").contains("{{")) {
            file.problem(line(list, id, "message"), "message of " + id + ": places have the form {{facts.path}}");
        }
    }

    private void place(String list, String id, String path) {
        String where = "message of " + id + ": '" + path + "' ";
        if (path.startsWith("params.")) {
            String name = path.substring("params.".length());
            if (!params.containsKey(name)) {
                file.problem(
                        line(list, id, "message"),
                        where + "is not a parameter" + DidYouMean.question(name, params.keySet()));
            }
        } else if (!path.startsWith(FACTS)
                || facts.root().at(path.substring(FACTS.length())).isEmpty()) {
            file.problem(line(list, id, "message"), where + "is not a path of " + facts.name() + meant(path));
        } else if (!isKept(path.substring(FACTS.length()))) {
            file.problem(line(list, id, "message"), where + "is not in evidence.keep");
        }
    }

    /** The line of the key in the entry with this id; the line of the list if it is unknown. */
    private int line(String list, String id, String key) {
        for (Node item : file.items(list)) {
            if (item instanceof Node.Mapping entry
                    && entry.entries().get("id") instanceof Node.Scalar named
                    && named.text().strip().equals(id)) {
                return entry.line("/" + key);
            }
        }
        return file.line(list);
    }

    private void said(String list, List<CheckDefinition.Condition> conditions) {
        for (CheckDefinition.Condition condition : conditions) {
            String message = condition.message();
            if (message != null) {
                message(list, condition.id(), message);
            }
        }
    }

    private static List<String> readByAssertions(CheckDefinition.Rules rules) {
        Set<String> paths = new TreeSet<>();
        rules.assertions().forEach(assertion -> paths.addAll(assertion.expr().pathsRead("facts")));
        paths.remove("");
        return List.copyOf(paths);
    }
}
