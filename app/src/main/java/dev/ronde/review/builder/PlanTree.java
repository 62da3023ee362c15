package dev.ronde.review.builder;

import dev.ronde.review.plan.PlanDefinition;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form as a plan file says it. Whatever is wrong with it is for the reader of plan files to find. */
public record PlanTree(Typed typed) {
    private static final int LONGEST_ID = 48;

    /**
     * The plan in the shape of a plan file.
     *
     * @param before the plan as it stands; null for a new one
     */
    public static Map<String, Object> of(Typed typed, @Nullable PlanDefinition before) {
        PlanTree form = new PlanTree(typed);
        Map<String, Object> was = before == null ? Map.of() : before.toMap();
        Map<String, Object> tree = new LinkedHashMap<>();
        String id = typed.word("id");
        tree.put("id", before != null ? before.id() : id.isEmpty() ? slug(typed.word("title"), "plan") : id);
        FormField.ALL.forEach(field -> field.put(typed, field.in(was), tree));
        tree.putIfAbsent("scope", Map.of());
        tree.put("cadence", form.cadence());
        tree.put("checklist", form.checklist());
        return tree;
    }

    /** A plan of no more than the scope, for telling what that covers while the rest is not written. */
    public static Map<String, Object> ofScope(Typed typed) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", "scope");
        tree.put("title", "scope");
        tree.put("scope", of(typed, null).get("scope"));
        tree.put("cadence", Map.of("monthly", "last_day"));
        return tree;
    }

    /** Empty if nothing was chosen, which the reader of plan files says. */
    private Map<String, Object> cadence() {
        Map<String, Object> cadence = new LinkedHashMap<>();
        String kind = typed.word("cadence");
        switch (kind) {
            case "once" -> cadence.put("once", typed.word("once"));
            case "every" -> cadence.put("every", FormField.span(typed.word("every"), typed.word("every.unit")));
            case "weekday" ->
                cadence.put("monthly", Map.of("weekday", typed.word("weekday"), "nth", typed.word("weekday.nth")));
            case "day" -> cadence.put("monthly", Map.of("day", typed.word("day")));
            case "last_day" -> cadence.put("monthly", "last_day");
            default -> {
                return cadence;
            }
        }
        put(cadence, "every_months", typed.word(kind + ".months"));
        put(cadence, "anchor", typed.word(kind + ".anchor"));
        return cadence;
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
            item.put("required", typed.words(name + "required").isEmpty() ? "false" : "true");
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
