package dev.ronde.review.builder;

import dev.ronde.cadence.MonthRule;
import dev.ronde.review.plan.ApprovalRule;
import dev.ronde.review.plan.CadenceRule;
import dev.ronde.review.plan.ChecklistItem;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanScope;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan as the fields of the form hold it, and what an empty form begins with. */
public final class PlanFields {
    private static final String DAYS = "days";

    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    private PlanFields() {}

    /** What a new plan begins with: what is most often meant, with nothing to name it. */
    public static Typed blank(LocalDate today, String zone) {
        PlanFields form = new PlanFields();
        form.put("cadence", "every");
        form.put("every", "3");
        form.put("every.unit", "months");
        form.put("every.anchor", today.plusMonths(2).withDayOfMonth(1));
        form.usualCadences();
        form.put("zone", zone);
        form.span("lead_time", new Spans.Span("14", DAYS));
        form.span("grace", new Spans.Span("5", DAYS));
        form.span("missed_after", new Spans.Span("30", DAYS));
        form.put("assurance.default", "mail_link");
        form.put("approval.default", "none");
        form.put("drift.watch", "true");
        form.span("drift.settle", new Spans.Span("10", "minutes"));
        form.span("drift.due", new Spans.Span("7", DAYS));
        return new Typed(form.fields);
    }

    /** The fields of a plan; empty where the form would not give back the same plan, such as for a title of two lines. */
    public static Optional<Typed> of(PlanDefinition plan) {
        PlanFields form = new PlanFields();
        form.usualCadences();
        form.put("id", plan.id());
        form.put("title", plan.title());
        form.put("instructions", plan.instructions());
        form.scope(plan.scope());
        form.cadence(plan.cadence());
        form.put("zone", plan.zone().getId());
        if (plan.maxGapDays() != null) {
            form.put("max_gap_days", plan.maxGapDays());
        }
        form.span("lead_time", Spans.of(plan.leadTime()));
        form.span("grace", Spans.of(plan.grace()));
        form.span("missed_after", Spans.of(plan.missedAfter()));
        form.fields.put("frameworks", plan.frameworks());
        form.put("assurance.default", plan.assurance().base().word());
        plan.assurance().byCriticality().forEach((word, level) -> form.put("assurance." + word, level.word()));
        form.put("approval.default", ApprovalRule.word(plan.approval().needed()));
        plan.approval()
                .byCriticality()
                .forEach((word, needed) -> form.put("approval." + word, ApprovalRule.word(needed)));
        form.flag("self_approval", plan.approval().self());
        form.flag("drift.watch", plan.drift().watched());
        form.span("drift.settle", Spans.of(plan.drift().settle()));
        form.span("drift.due", Spans.of(plan.drift().due()));
        form.fields.put("required_protections", plan.requiredProtections());
        for (int row = 0; row < plan.checklist().size(); row++) {
            form.question("checklist." + row, plan.checklist().get(row));
        }
        Typed typed = new Typed(form.fields);
        return Optional.of(typed).filter(same -> PlanTree.gives(same, plan));
    }

    private void usualCadences() {
        put("every.unit", "months");
        put("weekday", "tuesday");
        put("weekday.nth", "1");
        for (String kind : List.of("weekday", "day", "last_day")) {
            put(kind + ".months", "1");
        }
    }

    private void scope(PlanScope scope) {
        fields.put("scope.criticality", scope.criticality());
        fields.put("scope.kinds", scope.kinds());
        fields.put("scope.tags", scope.tags());
        fields.put("scope.environments", scope.environments());
        fields.put("scope.units", scope.units());
        put("scope.assets", String.join("\n", scope.assets()));
    }

    private void cadence(CadenceRule rule) {
        if (rule instanceof CadenceRule.OneDate date) {
            put("cadence", "once");
            put("once", date.on());
        } else if (rule instanceof CadenceRule.Interval interval) {
            put("cadence", "every");
            put("every", interval.every().count());
            put("every.unit", interval.every().unit().name().toLowerCase(Locale.ROOT));
            put("every.anchor", interval.every().anchor());
        } else if (rule instanceof CadenceRule.OfMonth monthly) {
            String kind = ofMonth(monthly.rule());
            put("cadence", kind);
            put(kind + ".months", monthly.everyMonths());
            put(kind + ".anchor", monthly.anchor());
        }
    }

    private String ofMonth(MonthRule rule) {
        if (rule instanceof MonthRule.LastDay) {
            return "last_day";
        }
        if (rule instanceof MonthRule.Day day) {
            put("day", day.dayOfMonth());
            return "day";
        }
        if (rule instanceof MonthRule.NthWeekday weekday) {
            put("weekday", weekday.weekday().name().toLowerCase(Locale.ROOT));
            put("weekday.nth", weekday.nth());
        } else if (rule instanceof MonthRule.LastWeekday weekday) {
            put("weekday", weekday.weekday().name().toLowerCase(Locale.ROOT));
            put("weekday.nth", "last");
        }
        return "weekday";
    }

    private void question(String name, ChecklistItem item) {
        item.toMap().forEach((key, value) -> put(name + "." + key, value));
        flag(name + ".required", item.required());
    }

    private void span(String name, Spans.Span span) {
        put(name, span.count());
        put(name + ".unit", span.unit());
    }

    private void flag(String name, boolean set) {
        fields.put(name, set ? List.of("true") : List.of());
    }

    private void put(String name, @Nullable Object value) {
        fields.put(name, value == null ? List.of() : List.of(value.toString()));
    }
}
