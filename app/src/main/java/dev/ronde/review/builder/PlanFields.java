package dev.ronde.review.builder;

import dev.ronde.review.plan.DriftRule;
import dev.ronde.review.plan.PlanDefinition;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan as the fields of the form hold it, and what an empty form begins with. */
public final class PlanFields {
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    private PlanFields() {}

    /** What a new plan begins with: what is most often meant, with nothing to name it. */
    public static Typed blank(LocalDate today, String zone) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("approval", Map.of("default", "none"));
        plan.put("drift", DriftRule.USUAL.toMap());
        LocalDate anchor = today.plusMonths(2).withDayOfMonth(1);
        plan.put("cadence", Map.of("every", "P3M", "anchor", anchor.toString()));
        plan.put("zone", zone);
        plan.put("lead_time", "P14D");
        plan.put("grace", "P5D");
        plan.put("missed_after", "P30D");
        plan.put("assurance", Map.of("default", "mail_link"));
        return of(plan);
    }

    public static Typed of(PlanDefinition definition) {
        return of(definition.toMap());
    }

    private static Typed of(Map<String, Object> plan) {
        PlanFields form = new PlanFields();
        form.put("id", plan.get("id"));
        FormField.ALL.forEach(field -> field.show(field.in(plan), form.fields));
        form.usualCadences();
        if (plan.get("cadence") instanceof Map<?, ?> cadence) {
            form.cadence(cadence);
        }
        List<?> questions = plan.get("checklist") instanceof List<?> list ? list : List.of();
        for (int row = 0; row < questions.size(); row++) {
            form.question("checklist." + row + ".", (Map<?, ?>) questions.get(row));
        }
        return new Typed(form.fields);
    }

    private void usualCadences() {
        put("every.unit", "months");
        put("weekday", "tuesday");
        put("weekday.nth", "1");
        for (String kind : List.of("weekday", "day", "last_day")) {
            put(kind + ".months", "1");
        }
    }

    private void cadence(Map<?, ?> rule) {
        String kind;
        if (rule.get("monthly") instanceof Map<?, ?> day) {
            kind = day.containsKey("day") ? "day" : "weekday";
            put(kind, day.get(kind));
            put("weekday.nth", day.containsKey("nth") ? day.get("nth") : "1");
        } else {
            kind = rule.containsKey("once") ? "once" : rule.containsKey("every") ? "every" : "last_day";
            put("once", rule.get("once"));
        }
        if (kind.equals("every")) {
            FormField.showSpan(kind, String.valueOf(rule.get(kind)), fields);
        }
        put("cadence", kind);
        put(kind + ".months", rule.get("every_months"));
        put(kind + ".anchor", rule.get("anchor"));
    }

    private void question(String name, Map<?, ?> item) {
        item.forEach((key, value) -> put(name + key, value));
        fields.put(name + "required", Boolean.TRUE.equals(item.get("required")) ? List.of("true") : List.of());
    }

    private void put(String name, @Nullable Object value) {
        fields.put(name, value == null ? List.of() : List.of(value.toString()));
    }
}
