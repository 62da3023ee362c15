package dev.ronde.catalogue.cel;

import dev.ronde.platform.problem.DidYouMean;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words what the compiler of expressions says in its own; what it does not know stays as it is. */
final class PlainWords {
    private static final int SHORT_LIST = 12;
    private static final Pattern NAME = Pattern.compile("undeclared reference to '([^']{1,64})'.*", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("undefined field '([^']{1,64})'.*", Pattern.DOTALL);
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']+)' applied to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern RESULT = Pattern.compile("expected type 'bool' but found '([^']+)'.*", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("(?:ERROR: )?missing (\\S+) at '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern UNREAD = Pattern.compile(
            "(?:mismatched input|extraneous input|no viable alternative at input|token recognition error at:) '(.*?)'(?: expecting.*)?",
            Pattern.DOTALL);
    private static final Pattern REGEX = Pattern.compile("Regex validation failed\\. Reason: (.*)", Pattern.DOTALL);
    private static final Pattern LITERAL =
            Pattern.compile("(duration|timestamp) validation failed\\..*", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("[!@]?_?([^A-Za-z_@]{1,3}|in)_?|@(in)");
    private static final Map<String, String> OPERATORS =
            Map.of("_[_]", "[…]", "_?_:_", "? :", "@in", "in", "!_", "!", "-_", "-");
    private static final Map<String, String> TYPES = Map.of(
            "int",
            "a whole number",
            "uint",
            "a whole number",
            "double",
            "a decimal number",
            "string",
            "a text",
            "bool",
            "true or false",
            "google.protobuf.Timestamp",
            "a time",
            "timestamp",
            "a time",
            "google.protobuf.Duration",
            "a span of time",
            "duration",
            "a span of time");

    private PlainWords() {}

    /**
     * Returns the sentence for a message of the compiler.
     *
     * @param names every name and field that an expression can use here
     * @param variables those of them an expression can begin with
     */
    static String of(String message, Set<String> names, Set<String> variables) {
        Matcher name = NAME.matcher(message);
        if (name.matches()) {
            return "unknown name '" + name.group(1) + "'" + meant(name.group(1), names, variables);
        }
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            Set<String> fields = new TreeSet<>(names);
            fields.removeAll(variables);
            return "unknown field '" + field.group(1) + "'" + meant(field.group(1), fields, fields);
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return overload(overload.group(1), overload.group(2));
        }
        Matcher result = RESULT.matcher(message);
        if (result.matches()) {
            return "it gives " + type(result.group(1)) + " and must give true or false";
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            return missing.group(1) + " is missing" + before(missing.group(2));
        }
        Matcher unread = UNREAD.matcher(message);
        if (unread.matches()) {
            return unread.group(1).contains("<EOF>")
                    ? "it ends before it is complete"
                    : "it cannot be read from '" + unread.group(1) + "' on";
        }
        Matcher regex = REGEX.matcher(message);
        if (regex.matches()) {
            return "the regular expression is not valid: " + regex.group(1);
        }
        Matcher literal = LITERAL.matcher(message);
        if (literal.matches()) {
            return literal.group(1).equals("duration")
                    ? "a duration is written as in duration('3600s') or duration('1h')"
                    : "a time is written as in timestamp('2026-01-31T00:00:00Z')";
        }
        return message.replace("FactType_", "");
    }

    private static String before(String token) {
        return token.contains("<EOF>") ? " at the end" : " before '" + token + "'";
    }

    private static String meant(String typed, Set<String> names, Set<String> list) {
        String question = DidYouMean.question(typed, names);
        return question.isEmpty() && !list.isEmpty() && list.size() <= SHORT_LIST
                ? "; known are " + String.join(", ", new TreeSet<>(list))
                : question;
    }

    private static String overload(String function, String applied) {
        String[] types = applied.replaceAll("^\\(|\\)$", "").split(", (?![^(]*\\))", -1);
        StringBuilder operands = new StringBuilder();
        for (String type : types) {
            operands.append(operands.isEmpty() ? "" : " and ").append(type(type));
        }
        Matcher operator = OPERATOR.matcher(function);
        String word = OPERATORS.getOrDefault(function, operator.matches() ? operator.group(1) : function);
        return "'" + word + "' does not work " + (types.length == 1 ? "on " : "between ") + operands;
    }

    private static String type(String raw) {
        String type = raw.strip();
        if (type.startsWith("list")) {
            return "a list";
        }
        if (type.startsWith("map") || type.startsWith("FactType_")) {
            return "an object with fields";
        }
        return TYPES.getOrDefault(type, type);
    }
}
