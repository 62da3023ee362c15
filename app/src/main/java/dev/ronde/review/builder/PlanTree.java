package dev.ronde.review.builder;

import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import java.text.Normalizer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form as a plan file says it. Whatever is wrong with it is for the reader of plan files to find. */
public final class PlanTree {
    /** Lowest first. */
    public static final List<String> CRITICALITIES = List.of("low", "medium", "high", "critical");

    private static final Pattern BETWEEN_REFS = Pattern.compile("[\\s,;]+");
    private static final Set<String> ONE_LINE = Set.of("title", "id", "zone");
    private static final int LONGEST_ID = 48;

    private final Typed typed;
    private final @Nullable PlanDefinition before;
    private final Map<String, Object> tree = new LinkedHashMap<>();

    private PlanTree(Typed typed, @Nullable PlanDefinition before) {
        this.typed = typed;
        this.before = before;
    }

    /**
     * The plan in the shape of a plan file.
     *
     * @param before the plan as it stands; a list that says the same as before keeps its order, since boxes have one of their own
     */
    public static Map<String, Object> of(Typed typed, @Nullable PlanDefinition before) {
        PlanTree plan = new PlanTree(typed, before);
        plan.read();
        return plan.tree;
    }

    /** A plan of no more than the scope, for telling what that covers while the rest is not written. */
    public static Map<String, Object> ofScope(Typed typed) {
        PlanTree plan = new PlanTree(typed, null);
        plan.tree.put("id", "scope");
        plan.tree.put("title", "scope");
        plan.tree.put("scope", plan.scope());
        plan.tree.put("cadence", Map.of("monthly", "last_day"));
        return plan.tree;
    }

    /** True if a browser that shows these fields sends back this same plan. */
    static boolean gives(Typed typed, PlanDefinition plan) {
        Map<String, List<String>> shown = new LinkedHashMap<>();
        typed.fields()
                .forEach((name, values) -> shown.put(
                        name,
                        values.stream()
                                .map(text -> oneLine(name) ? text.replaceAll("[\\r\\n]", "") : text)
                                .toList()));
        PlanReader.Result read = new PlanReader(ZoneOffset.UTC).one(of(new Typed(shown), plan));
        return read.plans().equals(List.of(plan));
    }

    private static boolean oneLine(String name) {
        return ONE_LINE.contains(name) || (name.startsWith("scope.") && !name.equals("scope.assets"));
    }

    private void read() {
        String title = typed.word("title");
        String id = typed.word("id");
        tree.put("id", before != null ? before.id() : id.isEmpty() ? slug(title, "plan") : id);
        put(tree, "title", title);
        put(tree, "instructions", typed.word("instructions"));
        tree.put("scope", scope());
        tree.put("cadence", cadence());
        put(tree, "zone", typed.word("zone"));
        put(tree, "max_gap_days", typed.word("max_gap_days"));
        span(tree, "lead_time", "lead_time");
        span(tree, "grace", "grace");
        span(tree, "missed_after", "missed_after");
        tree.put("frameworks", words("frameworks", before == null ? List.of() : before.frameworks()));
        tree.put("assurance", byCriticality("assurance"));
        tree.put("approval", byCriticality("approval"));
        tree.put("self_approval", flag("self_approval"));
        Map<String, Object> drift = new LinkedHashMap<>();
        drift.put("watch", flag("drift.watch"));
        span(drift, "settle", "drift.settle");
        span(drift, "due", "drift.due");
        tree.put("drift", drift);
        tree.put(
                "required_protections",
                words("required_protections", before == null ? List.of() : before.requiredProtections()));
        tree.put("checklist", checklist());
        tree.put("reminders", "default");
    }

    private Map<String, Object> scope() {
        Map<String, Object> scope = new LinkedHashMap<>();
        Map<String, Object> kept = before == null ? Map.of() : before.scope().toMap();
        for (String name : List.of("criticality", "kinds", "tags", "environments", "units", "assets")) {
            List<String> was = kept.get(name) instanceof List<?> words
                    ? words.stream().map(String::valueOf).toList()
                    : List.of();
            List<String> words = words("scope." + name, was);
            if (!words.isEmpty()) {
                scope.put(name, words);
            }
        }
        return scope;
    }

    private Map<String, Object> cadence() {
        Map<String, Object> cadence = new LinkedHashMap<>();
        String kind = typed.word("cadence");
        switch (kind) {
            case "once" -> cadence.put("once", typed.word("once"));
            case "every" -> {
                cadence.put("every", Spans.iso(typed.word("every"), typed.word("every.unit")));
                put(cadence, "anchor", typed.word("every.anchor"));
            }
            case "weekday" -> {
                Map<String, Object> day = new LinkedHashMap<>();
                day.put("weekday", typed.word("weekday"));
                day.put("nth", typed.word("weekday.nth"));
                ofMonth(cadence, kind, day);
            }
            case "day" -> ofMonth(cadence, kind, Map.of("day", typed.word("day")));
            case "last_day" -> ofMonth(cadence, kind, "last_day");
            default -> {
                // nothing was chosen, which the reader of plan files says
            }
        }
        return cadence;
    }

    private void ofMonth(Map<String, Object> cadence, String kind, Object day) {
        cadence.put("monthly", day);
        put(cadence, "every_months", typed.word(kind + ".months"));
        put(cadence, "anchor", typed.word(kind + ".anchor"));
    }

    private Map<String, Object> byCriticality(String rule) {
        Map<String, Object> levels = new LinkedHashMap<>();
        put(levels, "default", typed.word(rule + ".default"));
        CRITICALITIES.forEach(word -> put(levels, word, typed.word(rule + "." + word)));
        return levels;
    }

    private List<Map<String, Object>> checklist() {
        List<Map<String, Object>> items = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Map<String, Integer> numbers = new HashMap<>();
        typed.questions().forEach(row -> ids.add(typed.word("checklist." + row + ".id")));
        for (int row : typed.questions()) {
            String name = "checklist." + row + ".";
            Map<String, Object> item = new LinkedHashMap<>();
            String text = typed.word(name + "text");
            String id = typed.word(name + "id");
            if (id.isEmpty()) {
                id = free(slug(text, "question"), ids, numbers);
            }
            item.put("id", id);
            put(item, "text", text);
            put(item, "answer", typed.word(name + "answer"));
            put(item, "evidence", typed.word(name + "evidence"));
            item.put("required", flag(name + "required"));
            items.add(item);
        }
        return items;
    }

    /** @param numbers the last one given to each id, so that equal texts are not counted up from two each time */
    private static String free(String id, Set<String> taken, Map<String, Integer> numbers) {
        String free = id;
        while (!taken.add(free)) {
            free = id + "-" + numbers.merge(id, 2, (last, none) -> last + 1);
        }
        return free;
    }

    private List<String> words(String name, List<String> was) {
        List<String> words = name.equals("scope.assets")
                ? typed.words(name).stream()
                        .flatMap(BETWEEN_REFS::splitAsStream)
                        .filter(ref -> !ref.isEmpty())
                        .distinct()
                        .toList()
                : typed.words(name);
        return Set.copyOf(words).equals(Set.copyOf(was)) ? was : words;
    }

    private void span(Map<String, Object> into, String key, String name) {
        String count = typed.word(name);
        if (!count.isEmpty()) {
            into.put(key, Spans.iso(count, typed.word(name + ".unit")));
        }
    }

    private String flag(String name) {
        return typed.words(name).isEmpty() ? "false" : "true";
    }

    private static void put(Map<String, Object> into, String key, String word) {
        if (!word.isEmpty()) {
            into.put(key, word);
        }
    }

    /** An id made of a title; the other one where the title has no letter that an id may have. */
    private static String slug(String title, String otherwise) {
        String plain = Normalizer.normalize(letters(title.toLowerCase(Locale.ROOT)), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(LONGEST_ID, plain.length())).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? otherwise : cut;
    }

    private static String letters(String text) {
        return text.replace("œ", "oe")
                .replace("æ", "ae")
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("đ", "d");
    }
}
