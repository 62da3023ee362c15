package dev.ronde.review.plan;

import dev.ronde.platform.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A plan as the text of a plan file. */
public final class PlanText {

    public static final String EXAMPLE = """
            id: quarterly-critical
            title: Quarterly configuration review of critical assets
            scope: {criticality: [high, critical]}
            cadence: {every: P3M, anchor: 2026-01-31}
            max_gap_days: 92
            lead_time: P14D
            grace: P5D
            missed_after: P30D
            frameworks: ["iso27001:A.8.9"]
            assurance: {default: mail_link}
            required_protections: []
            checklist:
              - {id: admins, text: "Are the administrator accounts still the right ones?", answer: yes_no, evidence: optional}
            reminders: default
            """;

    private static final Pattern RAW = Pattern.compile("[\\x7f-\\x84\\x86-\\x9f\\ufffe\\uffff]");

    private PlanText() {}

    /** One key a line, every value in flow style; the reader reads it back to an equal plan. */
    public static String of(PlanDefinition plan) {
        return of(plan.toMap());
    }

    /** JSON that the reader of plan files reads, too: a character that YAML takes in no text but as an escape is one. */
    public static String json(Object value) {
        return RAW.matcher(Json.write(value))
                .replaceAll(match -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) match.group().charAt(0)));
    }

    /** The same of what has the shape of a plan file, also where it is no plan yet. */
    public static String of(Map<String, Object> plan) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> field : plan.entrySet()) {
            boolean list =
                    field.getKey().equals("checklist") && field.getValue() instanceof List<?> items && !items.isEmpty();
            text.append(field.getKey()).append(':');
            if (list && field.getValue() instanceof List<?> items) {
                text.append('\n');
                items.forEach(item -> text.append("  - ").append(json(item)).append('\n'));
            } else {
                text.append(' ').append(json(field.getValue())).append('\n');
            }
        }
        return text.toString();
    }
}
