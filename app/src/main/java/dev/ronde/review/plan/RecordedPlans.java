package dev.ronde.review.plan;

import dev.ronde.evidence.Values;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What the records say of plans: each version, by the hash of what it says, and which is the newest. */
public final class RecordedPlans {
    private static final String RETIRED = "plan.retired";

    private RecordedPlans() {}

    public static List<StateSource> sources() {
        return List.of(new StateSource(
                "plan",
                "plan",
                Set.of("plan.created", "plan.changed", RETIRED),
                "",
                RecordedPlans::rows,
                (handle, limit) -> handle.attach(PlanDao.class).listLost(limit),
                RecordedPlans::plan));
    }

    private static List<StateRow> rows(Handle handle, String after, int limit) {
        PlanDao dao = handle.attach(PlanDao.class);
        List<Plan> plans = dao.listAfter(after, limit);
        Map<String, List<PlanDao.VersionText>> versions = plans.isEmpty()
                ? Map.of()
                : dao.listVersionTexts(plans.stream().map(Plan::id).toList()).stream()
                        .collect(Collectors.groupingBy(PlanDao.VersionText::planId));
        return plans.stream()
                .map(plan -> row(plan, versions.getOrDefault(plan.id(), List.of())))
                .toList();
    }

    private static StateRow row(Plan plan, List<PlanDao.VersionText> versions) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("plan_version", plan.planVersion());
        fields.put("retired_at", plan.retiredAt());
        fields.put("retire_reason", plan.retireReason());
        fields.put("versions", versions.stream().map(RecordedPlans::line).toList());
        return new StateRow(plan.id(), plan.id(), plan.id(), fields);
    }

    private static Map<String, @Nullable Object> plan(List<Leaf> records) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        List<String> versions = new ArrayList<>();
        for (Leaf record : records) {
            if (record.type().equals(RETIRED)) {
                String reason = record.privateText("reason");
                row.put("retired_at", record.data().get("retired_at"));
                row.put("retire_reason", reason.isEmpty() ? StateSource.UNSAID : reason);
            } else {
                versions.add(line(versions.size() + 1, record.actorRef(), record.after()));
            }
        }
        row.put("plan_version", versions.size());
        row.put("versions", versions);
        return row;
    }

    private static String line(PlanDao.VersionText version) {
        try {
            return line(
                    version.planVersion(),
                    version.createdBy(),
                    Objects.requireNonNull(Values.of(Json.tree(version.definition()))));
        } catch (JacksonException e) {
            return version.planVersion() + " by " + version.createdBy() + " that cannot be read";
        }
    }

    private static String line(int version, String by, Object said) {
        return version + " by " + by + " saying "
                + Hash.sha256(Canonical.write(said)).hex();
    }
}
