package dev.ronde.review.builder;

import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One field of the form and where its value stands in a plan file; cadence and checklist have a shape of their own.
 *
 * @param name the keys of the plan file with dots between them, and the name of the control
 */
record FormField(String name, Control control) {
    enum Control {
        LINE,
        LINES,
        /** A number and its unit, the latter in the control {@code <name>.unit}. */
        SPAN,
        FLAG,
        /** A list of words, each in a control of this name. */
        WORDS,
        /** A list of refs, all in one control or in several. */
        REFS
    }

    /** Lowest first. */
    static final List<String> CRITICALITIES = List.of("low", "medium", "high", "critical");

    static final List<FormField> ALL = Stream.of(
                    all(Control.LINE, "title"),
                    all(Control.LINES, "instructions"),
                    all(
                            Control.WORDS,
                            "scope.criticality",
                            "scope.kinds",
                            "scope.tags",
                            "scope.environments",
                            "scope.units"),
                    all(Control.REFS, "scope.assets"),
                    all(Control.LINE, "zone", "max_gap_days"),
                    all(Control.SPAN, "lead_time", "grace", "missed_after"),
                    all(Control.WORDS, "frameworks"),
                    byCriticality("assurance"),
                    byCriticality("approval"),
                    all(Control.FLAG, "self_approval", "drift.watch"),
                    all(Control.SPAN, "drift.settle", "drift.due"),
                    all(Control.WORDS, "required_protections"))
            .flatMap(List::stream)
            .toList();

    private static final Pattern BETWEEN_REFS = Pattern.compile("[\\s,;]+");
    private static final Map<String, String> SPANS = Map.of(
            "days", "P%sD",
            "weeks", "P%sW",
            "months", "P%sM",
            "years", "P%sY",
            "seconds", "PT%sS",
            "minutes", "PT%sM",
            "hours", "PT%sH");

    private static List<FormField> all(Control control, String... names) {
        return Stream.of(names).map(name -> new FormField(name, control)).toList();
    }

    private static List<FormField> byCriticality(String rule) {
        return Stream.concat(Stream.of("default"), CRITICALITIES.stream())
                .map(word -> new FormField(rule + "." + word, Control.LINE))
                .toList();
    }

    static boolean isList(String name) {
        return ALL.stream()
                .anyMatch(field ->
                        field.name.equals(name) && (field.control == Control.WORDS || field.control == Control.REFS));
    }

    @Nullable
    Object in(Map<?, ?> tree) {
        @Nullable Object at = tree;
        for (String step : name.split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    /** Puts what is typed where it stands in a plan file; nothing where nothing is typed. */
    @SuppressWarnings("unchecked")
    void put(Typed typed, @Nullable Object before, Map<String, Object> tree) {
        Object value = value(typed, before);
        if (value.equals("") || value.equals(List.of())) {
            return;
        }
        int dot = name.indexOf('.');
        Map<String, Object> into = dot < 0
                ? tree
                : (Map<String, Object>) tree.computeIfAbsent(name.substring(0, dot), key -> new LinkedHashMap<>());
        into.put(name.substring(dot + 1), value);
    }

    /** A list that says the same as before keeps its order, since boxes have one of their own. */
    private Object value(Typed typed, @Nullable Object before) {
        List<String> words = typed.words(name);
        return switch (control) {
            case LINE, LINES -> typed.word(name);
            case SPAN -> typed.word(name).isEmpty() ? "" : span(typed.word(name), typed.word(name + ".unit"));
            case FLAG -> words.isEmpty() ? "false" : "true";
            case WORDS -> inOrder(words, before);
            case REFS ->
                inOrder(
                        words.stream()
                                .flatMap(BETWEEN_REFS::splitAsStream)
                                .filter(ref -> !ref.isEmpty())
                                .distinct()
                                .toList(),
                        before);
        };
    }

    private static List<?> inOrder(List<String> words, @Nullable Object before) {
        return before instanceof List<?> was && words.size() == was.size() && was.containsAll(words) ? was : words;
    }

    /** What the controls of this field hold if a plan file has this value. */
    void show(@Nullable Object value, Map<String, List<String>> fields) {
        switch (control) {
            case LINE, LINES -> fields.put(name, value == null ? List.of() : List.of(value.toString()));
            case FLAG -> fields.put(name, Boolean.TRUE.equals(value) ? List.of("true") : List.of());
            case WORDS -> fields.put(name, strings(value));
            case REFS -> fields.put(name, List.of(String.join("\n", strings(value))));
            case SPAN -> showSpan(name, String.valueOf(value), fields);
        }
    }

    private static List<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** ISO 8601 of what is typed; an unknown unit stays as it is, so that the reader refuses it. */
    static String span(String count, String unit) {
        String form = SPANS.get(unit);
        return form == null ? "P" + count + unit : form.formatted(count);
    }

    /** The largest unit in which an ISO 8601 period or duration is a whole number. */
    static void showSpan(String name, String iso, Map<String, List<String>> fields) {
        long count;
        String unit;
        if (iso.startsWith("PT")) {
            long seconds = Duration.parse(iso).toSeconds();
            long size = seconds != 0 && seconds % 86_400 == 0
                    ? 86_400
                    : seconds != 0 && seconds % 3_600 == 0 ? 3_600 : seconds % 60 == 0 ? 60 : 1;
            count = seconds / size;
            unit = size == 86_400 ? "days" : size == 3_600 ? "hours" : size == 60 ? "minutes" : "seconds";
        } else if (iso.endsWith("W")) {
            count = Long.parseLong(iso.substring(1, iso.length() - 1));
            unit = "weeks";
        } else {
            Period period = Period.parse(iso);
            count = period.getYears() != 0
                    ? period.getYears()
                    : period.getMonths() != 0 ? period.getMonths() : period.getDays();
            unit = period.getYears() != 0 ? "years" : period.getMonths() != 0 ? "months" : "days";
        }
        fields.put(name, List.of(String.valueOf(count)));
        fields.put(name + ".unit", List.of(unit));
    }
}
