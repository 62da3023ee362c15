package dev.ronde.review.plan;

import dev.ronde.platform.json.Json;
import java.util.List;
import java.util.Map;

/** A plan as the text of a plan file. */
public final class PlanText {

    /** A plan to start from. */
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

    private PlanText() {}

    /** One key a line, every value in flow style; the reader reads it back to an equal plan. */
    public static String of(PlanDefinition plan) {
        return of(plan.toMap());
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
                items.forEach(
                        item -> text.append("  - ").append(Json.write(item)).append('\n'));
            } else {
                text.append(' ').append(Json.write(field.getValue())).append('\n');
            }
        }
        return text.toString();
    }
}
