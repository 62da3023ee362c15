package dev.ronde.review.plan;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A plan as it stands: its newest version.
 *
 * @param planVersion 1 for the first; also the version of the resource
 * @param definition JSON in the shape of a plan file
 * @param announcedAt when what waited was announced; null while nobody has
 * @param retiredAt when it ended; null while it expects reviews
 * @param retireReason in the words of whoever ended it
 */
public record Plan(
        String id,
        int planVersion,
        String title,
        String definition,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant announcedAt,
        @Nullable Instant retiredAt,
        @Nullable String retireReason) {

    private static final PlanReader READER = new PlanReader(ZoneOffset.UTC);
    private static final int KEPT = 500;
    private static final Map<String, PlanDefinition> READ = new ConcurrentHashMap<>();

    /** What the plan says. The same text says the same, and every review and mail asks: what was read lately is kept. */
    public PlanDefinition read() {
        PlanDefinition known = READ.get(definition);
        if (known != null) {
            return known;
        }
        PlanDefinition said = parse();
        if (READ.size() >= KEPT) {
            READ.clear();
        }
        READ.put(definition, said);
        return said;
    }

    private PlanDefinition parse() {
        PlanReader.Result result = READER.one(Node.of(tree()));
        if (result.plans().isEmpty()) {
            throw new IllegalStateException("stored plan " + id + " cannot be read: " + result.faults());
        }
        return result.plans().get(0);
    }

    /**
     * Passes while it expects reviews.
     *
     * @throws Problem 409 for a plan that is retired
     */
    public Plan inForce() {
        if (retiredAt != null) {
            throw Problem.conflict(
                    "plan_retired",
                    "The plan '" + id + "' was retired on " + LocalTimes.dayOf(retiredAt, read().zone()) + " ("
                            + retireReason + "); it cannot be changed. Add a plan with another id.");
        }
        return this;
    }

    public static String text(PlanDefinition definition) {
        return PlanText.json(definition.toMap());
    }

    public JsonNode tree() {
        return Json.tree(definition);
    }
}
