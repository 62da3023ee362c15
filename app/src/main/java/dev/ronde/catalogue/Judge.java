package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.Expression;
import dev.ronde.catalogue.cel.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * Judges facts by the rules of a check; pure. Order: applicable, then what is required, then the assertions, where fail beats error
 * and error beats pass, then what a pass requires.
 */
public final class Judge {
    /** What is said after the id of a condition that has no message of its own. */
    public static final String UNMET = " does not hold";

    static final String FACT_SCHEMA = "fact-schema";

    private Judge() {}

    /**
     * Everything a judgement depends on.
     *
     * @param facts fact document as it came from the probe
     * @param params effective parameter values
     * @param asset fields of the asset as expressions see them
     * @param now time of the judgement
     */
    public record Input(Map<String, ?> facts, Map<String, Object> params, Map<String, Object> asset, Instant now) {}

    /** Judges; never throws for anything in the facts. */
    public static Judgement judge(CheckDefinition check, Input input) {
        return judge(check, check.rules().assertions(), input);
    }

    static Judgement judge(CheckDefinition check, List<CheckDefinition.Assertion> assertions, Input input) {
        Severity severity = check.about().severity();
        FactSchema.Conformance conformed = check.facts().conform(input.facts());
        if (!conformed.violations().isEmpty()) {
            return Judgement.undecided(
                    Outcome.ERROR,
                    FACT_SCHEMA,
                    List.of(Said.of(Saying.FACTS_MISSHAPEN, String.join("; ", first(conformed.violations())))),
                    severity);
        }
        Map<String, Object> variables = variables(conformed.facts(), input);
        Optional<Judgement> stopped = conditions(
                        check.rules().applicable().stream(), variables, Outcome.NOT_APPLICABLE, severity)
                .or(() -> conditions(required(check, false), variables, Outcome.UNKNOWN, severity));
        if (stopped.isPresent()) {
            return stopped.get();
        }
        Judgement judged = assertions(severity, assertions, variables);
        return conditions(required(check, true), variables, Outcome.UNKNOWN, severity)
                .map(unknown -> judged.outcome() == Outcome.FAIL ? judged.withPartUnknown() : unknown)
                .orElse(judged);
    }

    private static Stream<CheckDefinition.Condition> required(CheckDefinition check, boolean forPass) {
        return check.rules().require().stream().filter(condition -> condition.forPass() == forPass);
    }

    private static Map<String, Object> variables(Map<String, Object> facts, Input input) {
        return Map.of("facts", facts, "params", input.params(), "asset", input.asset(), "now", input.now());
    }

    private static Optional<Judgement> conditions(
            Stream<CheckDefinition.Condition> conditions,
            Map<String, Object> variables,
            Outcome otherwise,
            Severity severity) {
        for (CheckDefinition.Condition condition : conditions.toList()) {
            Verdict verdict = condition.expr().evaluate(variables);
            if (verdict.isFalse()) {
                String message = condition.message();
                String detail = message == null ? condition.id() + UNMET : fill(message, variables);
                return Optional.of(Judgement.undecided(otherwise, condition.reason(), detail, severity));
            }
            if (!verdict.holds()) {
                return Optional.of(
                        Judgement.undecided(Outcome.ERROR, reason(verdict), broke(condition.id(), verdict), severity));
            }
        }
        return Optional.empty();
    }

    private static Judgement assertions(
            Severity severity, List<CheckDefinition.Assertion> assertions, Map<String, Object> variables) {
        List<Judgement.AssertionResult> results = new ArrayList<>();
        Severity worst = null;
        Verdict broken = null;
        String brokenId = "";
        for (CheckDefinition.Assertion assertion : assertions) {
            Verdict verdict = assertion.expr().evaluate(variables);
            results.add(result(assertion, verdict, variables));
            if (verdict.isFalse()) {
                worst = worst == null ? assertion.severity() : worst.max(assertion.severity());
            } else if (!verdict.holds() && broken == null) {
                broken = verdict;
                brokenId = assertion.id();
            }
        }
        if (worst != null) {
            return new Judgement(Outcome.FAIL, null, null, worst, broken != null, results, List.of());
        }
        if (broken != null) {
            List<Said> said = broke(brokenId, broken);
            return new Judgement(Outcome.ERROR, reason(broken), Said.english(said), severity, false, results, said);
        }
        return new Judgement(Outcome.PASS, null, null, severity, false, results, List.of());
    }

    private static Judgement.AssertionResult result(
            CheckDefinition.Assertion assertion, Verdict verdict, Map<String, Object> variables) {
        Map<String, Object> observed = new LinkedHashMap<>();
        assertion.show().forEach(path -> lookup(path, variables).ifPresent(value -> observed.put(path, plain(value))));
        return switch (verdict.truth()) {
            case TRUE ->
                new Judgement.AssertionResult(assertion.id(), Outcome.PASS, assertion.severity(), null, observed);
            case FALSE ->
                new Judgement.AssertionResult(
                        assertion.id(),
                        Outcome.FAIL,
                        assertion.severity(),
                        fill(assertion.message(), variables),
                        observed);
            case ERROR, BUDGET ->
                new Judgement.AssertionResult(
                        assertion.id(), Outcome.ERROR, assertion.severity(), verdict.problem(), observed);
        };
    }

    private static List<Said> broke(String rule, Verdict verdict) {
        return List.of(Said.of(Saying.RULE_BROKE, rule, verdict.problem()));
    }

    private static String reason(Verdict verdict) {
        return verdict.truth() == Verdict.Truth.BUDGET ? "budget" : "expression";
    }

    private static List<String> first(List<String> violations) {
        return violations.subList(0, Math.min(3, violations.size()));
    }

    private static String fill(String template, Map<String, Object> variables) {
        Matcher matcher = EvidenceRules.PLACE.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String found = lookup(matcher.group(1), variables)
                    .map(value -> String.valueOf(plain(value)))
                    .orElse("(absent)");
            matcher.appendReplacement(filled, Matcher.quoteReplacement(found));
        }
        return matcher.appendTail(filled).toString();
    }

    /**
     * Says a stored message again in other words.
     *
     * @param own message of the check file with its places
     * @param other the same in another language
     * @param stored the filled message as it was recorded
     * @param input what was recorded with it
     * @param words says facts in the other language
     * @return empty where these facts do not give the stored message: the file has changed since, or the facts were redacted
     */
    public static Optional<String> retell(
            CheckDefinition check,
            String own,
            String other,
            String stored,
            Input input,
            UnaryOperator<Map<String, Object>> words) {
        Map<String, Object> facts = check.facts().conform(input.facts()).facts();
        return fill(own, variables(facts, input)).equals(stored)
                ? Optional.of(fill(other, variables(words.apply(facts), input)))
                : Optional.empty();
    }

    private static Optional<Object> lookup(String path, Map<String, Object> variables) {
        Object current = variables;
        for (String step : path.split("\\.", -1)) {
            current = current instanceof Map<?, ?> map ? map.get(step) : null;
            if (current == null) {
                return Optional.empty();
            }
        }
        return Optional.of(current);
    }

    private static Object plain(Object value) {
        return value instanceof Instant || value instanceof java.time.Duration ? value.toString() : value;
    }

    /**
     * Returns the value of each part of each expression, for {@code check explain}.
     *
     * <p>Stored facts lack what was not kept; expressions read nothing else, so that does no harm here.
     *
     * @return steps by the id of the condition or assertion, in the order of judgement
     */
    public static Map<String, List<Expression.Step>> explain(CheckDefinition check, Input input) {
        FactSchema.Conformance conformed = check.facts().conform(input.facts());
        Map<String, List<Expression.Step>> explained = new LinkedHashMap<>();
        Map<String, Object> variables = variables(conformed.facts(), input);
        CheckDefinition.Rules rules = check.rules();
        rules.applicable().forEach(rule -> explained.put(rule.id(), rule.expr().explain(variables)));
        rules.require().forEach(rule -> explained.put(rule.id(), rule.expr().explain(variables)));
        rules.assertions().forEach(rule -> explained.put(rule.id(), rule.expr().explain(variables)));
        return explained;
    }
}
