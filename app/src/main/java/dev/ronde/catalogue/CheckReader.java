package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.Expression;
import dev.ronde.catalogue.cel.FactType;
import dev.ronde.catalogue.cel.Language;
import dev.ronde.catalogue.cel.SyntaxException;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one check file; every rule of the format is either here, in one of its parts, or in {@link EvidenceRules}. */
final class CheckReader {
    static final String API_VERSION = "checks/v1";
    private static final int MAX_TITLE = 120;
    private static final FactSchema NO_FACTS = new FactSchema("none", new FactType.ObjectType("none", Map.of()));

    private final String id;
    private final Fields file;
    private final Vocabulary vocabulary;
    private final boolean verified;
    private final boolean fitted;

    private CheckReader(String id, Fields file, Vocabulary vocabulary, boolean verified, boolean fitted) {
        this.id = id;
        this.file = file;
        this.vocabulary = vocabulary;
        this.verified = verified;
        this.fitted = fitted;
    }

    /**
     * Reads a file into a definition, which is only to be used where {@code problems} stays empty; its outline holds what was accepted.
     *
     * @param verified whether its expressions are known to compile
     * @param fitted whether what the operator's own vocabulary lacks is left out instead of being a problem: the check keeps the kinds that
     *     can have its protection, none where no kind can, and the controls that exist
     */
    static CheckDefinition read(
            String id,
            String sha256,
            Node.Mapping file,
            Vocabulary vocabulary,
            boolean verified,
            boolean fitted,
            List<Fault> problems) {
        return new CheckReader(id, new Fields(file, problems), vocabulary, verified, fitted).definition(sha256);
    }

    private CheckDefinition definition(String sha256) {
        identity();
        int version = version();
        Map<String, Param> params = ParamReader.read(file, vocabulary);
        FactSchema facts = facts();
        boolean known = verified && overPackagedFacts();
        Languages languages = Languages.of(facts, params, known);
        CheckDefinition.About about = about(languages);
        CheckDefinition.Scope scope = scope(languages, about.protection());
        fits(about.protection(), scope.kinds());
        ProbeSpec probe = ProbeReader.read(file, vocabulary, params.keySet());
        CheckDefinition.Schedule schedule = ScheduleReader.read(file, probe);
        boolean readable = !facts.root().fields().isEmpty();
        CheckDefinition.Rules rules = readable ? rules(languages.judging(), about.severity(), probe, facts) : noRules();
        CheckDefinition.EvidenceSpec evidence = readable
                ? EvidenceRules.read(file, facts, params, rules, known)
                : new CheckDefinition.EvidenceSpec(List.of(), List::of, null);
        List<CheckDefinition.Fixture> tests = readable ? FixtureReader.read(file, params) : List.of();
        file.noOthers();
        return new CheckDefinition(
                id, version, sha256, about, scope, params, schedule, probe, facts, rules, evidence, tests);
    }

    private void identity() {
        if (!file.requiredText("apiVersion").equals(API_VERSION) && file.has("apiVersion")) {
            file.problem("apiVersion", "'apiVersion' must be " + API_VERSION);
        }
        String named = file.requiredText("id");
        if (file.has("id") && !named.equals(id)) {
            file.problem("id", "'id' is '" + named + "' but the file is named " + id + ".yaml");
        }
        if (!CheckDefinition.isId(id)) {
            file.problem(
                    "id",
                    "an id is kebab-case, at most " + CheckDefinition.MAX_ID
                            + " characters, and so is the name of its file");
        }
    }

    private int version() {
        file.require("version");
        long version = file.whole("version").orElse(1L);
        if (version < 1 || version > 100_000) {
            file.problem("version", "'version' must be 1 or more");
        }
        return (int) version;
    }

    private boolean overPackagedFacts() {
        Vocabulary.LoadedSchema loaded =
                vocabulary.schemas().get(file.text("facts").orElse(""));
        return loaded != null && !loaded.operators();
    }

    private FactSchema facts() {
        String name = file.requiredText("facts");
        Vocabulary.LoadedSchema loaded = vocabulary.schemas().get(name);
        if (name.isEmpty()) {
            return NO_FACTS;
        }
        if (loaded == null) {
            file.known(
                    "facts",
                    "there is no fact schema",
                    List.of(name),
                    vocabulary.schemas().keySet());
            return NO_FACTS;
        }
        loaded.problems().forEach(problem -> file.problem("facts", "facts/" + name + ".yaml is broken: " + problem));
        return loaded.schema() == null ? NO_FACTS : loaded.schema();
    }

    private CheckDefinition.About about(Languages languages) {
        String title = file.requiredText("title");
        ReadableText.fault(title).ifPresent(found -> file.problem("title", "'title' holds " + found));
        if (title.length() > MAX_TITLE) {
            file.problem("title", "'title' has " + title.length() + " characters; " + MAX_TITLE + " are allowed");
        }
        if (title.matches("(?i)(ensure|check|verify|make sure)\\b.*")) {
            file.problem("title", "'title' states what is true when the check passes, without 'Ensure' or 'Check'");
        }
        String protection = file.requiredText("protection");
        Set<String> protections = vocabulary.protections().keys();
        if (!protection.isEmpty() && !fitted) {
            file.known("protection", "unknown protection", List.of(protection), protections);
        }
        file.require("severity");
        Severity severity =
                file.word("severity", Severity.values(), Severity::code).orElse(Severity.MEDIUM);
        return new CheckDefinition.About(
                ReadableText.cleaned(title, MAX_TITLE),
                fitted || protections.contains(protection) ? protection : "",
                severity,
                lines(file, "rationale"),
                remediation(),
                mappings(languages),
                listOfLines(file, "verified"));
    }

    /** A check counts under its protection, so every kind it is for must be able to have it. */
    private void fits(String protection, List<String> patterns) {
        Protections known = vocabulary.protections();
        if (fitted || !known.keys().contains(protection)) {
            return;
        }
        List<String> without = known.kinds().stream()
                .filter(kind -> patterns.stream().anyMatch(pattern -> Protections.matches(pattern, kind)))
                .filter(kind -> !known.available(kind).contains(protection))
                .toList();
        if (!without.isEmpty()) {
            String kind = without.get(0);
            List<String> with = known.kinds().stream()
                    .filter(other -> known.available(other).contains(protection))
                    .toList();
            file.problem(
                    "protection",
                    "an asset of kind " + String.join(", ", without) + " cannot have the protection '" + protection
                            + "'; kinds that can: " + String.join(", ", with) + "; protections of " + kind + ": "
                            + String.join(", ", known.available(kind)));
        }
    }

    private CheckDefinition.Remediation remediation() {
        file.require("remediation");
        return file.child("remediation")
                .map(child -> {
                    String summary = lines(child, "summary");
                    child.require("steps");
                    List<String> steps = listOfLines(child, "steps");
                    if (steps.isEmpty() && child.has("steps")) {
                        child.problem("steps", "'steps' is empty");
                    }
                    String verify = lines(child, "verify");
                    child.noOthers();
                    return new CheckDefinition.Remediation(summary, steps, verify);
                })
                .orElse(new CheckDefinition.Remediation("", List.of(), ""));
    }

    private static String lines(Fields fields, String name) {
        String text = fields.requiredText(name);
        ReadableText.faultOfLines(text).ifPresent(found -> fields.problem(name, "'" + name + "' holds " + found));
        return text;
    }

    private static List<String> listOfLines(Fields fields, String name) {
        List<String> texts = fields.texts(name);
        texts.forEach(text -> ReadableText.faultOfLines(text)
                .ifPresent(found -> fields.problem(name, "'" + name + "' holds " + found)));
        return texts;
    }

    private List<CheckDefinition.Mapping> mappings(Languages languages) {
        List<CheckDefinition.Mapping> mappings = new ArrayList<>();
        file.require("mappings");
        file.child("mappings").ifPresent(frameworks -> {
            for (String name : frameworks.all().keySet()) {
                Framework framework = vocabulary.frameworks().get(name);
                if (framework == null) {
                    frameworks.known(
                            name,
                            "unknown framework",
                            List.of(name),
                            vocabulary.frameworks().keySet());
                    continue;
                }
                for (Node item : frameworks.items(name)) {
                    mapping(frameworks, framework, item, languages).ifPresent(mappings::add);
                }
            }
        });
        return mappings;
    }

    private Optional<CheckDefinition.Mapping> mapping(
            Fields frameworks, Framework framework, Node item, Languages languages) {
        String control;
        Expression needs = null;
        if (item instanceof Node.Mapping map) {
            Fields guarded = new Fields(map, frameworks.faults());
            control = guarded.requiredText("control");
            needs = compile(guarded, "needs", languages.params()).orElse(null);
            guarded.noOthers();
        } else if (item instanceof Node.Scalar scalar && scalar.kind() == Node.Scalar.Kind.TEXT) {
            control = scalar.text();
        } else {
            control = "";
            frameworks.problem(item.line(), "a control id is a text; put it in quotes");
        }
        if (!control.isEmpty() && !fitted) {
            String lacking = "framework " + framework.id() + " has no control";
            frameworks.known(
                    item.line(), lacking, List.of(control), framework.controls().keySet());
        }
        return framework.controls().containsKey(control)
                ? Optional.of(new CheckDefinition.Mapping(framework.id(), control, needs))
                : Optional.empty();
    }

    private CheckDefinition.Scope scope(Languages languages, String protection) {
        file.require("appliesTo");
        return file.child("appliesTo")
                .map(child -> {
                    child.require("kinds");
                    List<String> kinds = child.texts("kinds");
                    if (kinds.isEmpty() && child.has("kinds")) {
                        child.problem("kinds", "'kinds' is empty");
                    }
                    if (!fitted) {
                        child.known(
                                "kinds",
                                "unknown kind",
                                kinds.stream()
                                        .filter(kind -> !vocabulary.knowsKind(kind))
                                        .toList(),
                                vocabulary.protections().kinds());
                    }
                    String product = child.text("product")
                            .filter(name -> {
                                if (!Products.NAME.matcher(name).matches()) {
                                    child.problem("product", "'product' is a word such as grafana, in small letters");
                                }
                                return Products.NAME.matcher(name).matches();
                            })
                            .orElse(null);
                    Expression when = compile(child, "when", languages.asset()).orElse(null);
                    child.noOthers();
                    return new CheckDefinition.Scope(
                            fitted
                                    ? vocabulary.protections().able(kinds, protection)
                                    : kinds.stream()
                                            .filter(vocabulary::knowsKind)
                                            .toList(),
                            product,
                            when);
                })
                .orElse(new CheckDefinition.Scope(List.of(), null, null));
    }

    private CheckDefinition.Rules rules(Language language, Severity severity, ProbeSpec probe, FactSchema facts) {
        file.require("assert");
        Set<String> ids = new HashSet<>();
        List<CheckDefinition.Condition> require =
                new ArrayList<>(AttestationRules.required(file, probe, facts, language, ids));
        List<CheckDefinition.Condition> applicable = conditions("applicable", language, ids);
        require.addAll(conditions("require", language, ids));
        List<CheckDefinition.Assertion> assertions = new ArrayList<>();
        for (Fields child : file.children("assert")) {
            String name = conditionId(child, ids);
            Optional<Expression> expr = compile(child, "expr", language);
            child.require("expr");
            Severity own =
                    child.word("severity", Severity.values(), Severity::code).orElse(severity);
            String message = lines(child, "message");
            List<String> show = child.texts("show");
            child.noOthers();
            expr.ifPresent(e -> assertions.add(new CheckDefinition.Assertion(name, e, own, message, show)));
        }
        if (assertions.isEmpty() && file.items("assert").isEmpty()) {
            file.problem("assert", "at least one assertion is needed");
        }
        return new CheckDefinition.Rules(applicable, require, assertions);
    }

    /** Without facts nothing can be said about the rules, so the author hears of the facts first. */
    private CheckDefinition.Rules noRules() {
        List.of("applicable", "require", "assert", "evidence", "tests").forEach(file::node);
        return new CheckDefinition.Rules(List.of(), List.of(), List.of());
    }

    private List<CheckDefinition.Condition> conditions(String list, Language language, Set<String> ids) {
        List<CheckDefinition.Condition> conditions = new ArrayList<>();
        for (Fields child : file.children(list)) {
            String name = conditionId(child, ids);
            child.require("expr");
            Optional<Expression> expr = compile(child, "expr", language);
            String reason = child.requiredText("reason");
            if (!CheckDefinition.isId(reason) && child.has("reason")) {
                child.problem("reason", "a reason is a short kebab-case word such as identity-mismatch");
            }
            String message = child.text("message").orElse(null);
            boolean forPass = list.equals("require") && child.truth("forPass").orElse(false);
            child.noOthers();
            expr.ifPresent(e -> conditions.add(new CheckDefinition.Condition(name, e, reason, forPass, message)));
        }
        return conditions;
    }

    private static String conditionId(Fields child, Set<String> ids) {
        String name = child.requiredText("id");
        if (!name.isEmpty() && !CheckDefinition.isId(name)) {
            child.problem("id", "'" + name + "' must be kebab-case, at most " + CheckDefinition.MAX_ID + " characters");
        }
        if (!name.isEmpty() && !ids.add(name)) {
            child.problem("id", "the id '" + name + "' is used twice");
        }
        return name;
    }

    static Optional<Expression> compile(Fields fields, String name, Language language) {
        return fields.text(name).flatMap(text -> {
            try {
                return Optional.of(language.compile(text));
            } catch (SyntaxException e) {
                fields.problem(name, "'" + name + "' cannot be compiled: " + e.problem());
                return Optional.empty();
            }
        });
    }

    private record Languages(Language judging, Language params, Language asset) {
        static Languages of(FactSchema facts, Map<String, Param> params, boolean verified) {
            Map<String, FactType.Field> fields = new LinkedHashMap<>();
            params.forEach((name, param) ->
                    fields.put(name, new FactType.Field(param.type().factType(), true)));
            FactType.ObjectType paramsType = new FactType.ObjectType("params", fields);
            return new Languages(
                    Language.of(Map.of("facts", facts.root(), "params", paramsType, "asset", AssetType.TYPE), verified),
                    Language.of(Map.of("params", paramsType), verified),
                    Language.of(Map.of("asset", AssetType.TYPE), verified));
        }
    }
}
