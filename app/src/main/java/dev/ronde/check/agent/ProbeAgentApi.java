package dev.ronde.check.agent;

import dev.ronde.asset.inventory.TokenAssets;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where agents take work and bring back facts. */
public record ProbeAgentApi(Database database, ProbeTasks tasks) implements Routes {
    /** Agents only if their token names no assets, see {@link #requireWhole}: agents ran so before probers. */
    private static final Access AGENTS = Access.of(Role.PROBER, Role.AGENT, Role.ADMIN);

    private static final int MOST = 50;
    private static final long LOOK_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 2_000;
    private static final long WAIT_WHILE_RUNNING_MILLIS = 400;

    @Override
    public void register(Router router) {
        router.post("/api/v1/probe-agent/work", AGENTS, this::work);
        router.post("/api/v1/probe-agent/work/{id}/answer", AGENTS, this::answer);
    }

    record Asking(
            @Nullable Integer form,
            @Nullable String zone,
            @Nullable Integer limit,
            @Nullable List<UUID> running,
            @Nullable Long waitMillis) {}

    private void work(Context context) {
        requireWhole(context);
        Asking asking = Requests.body(context, Asking.class);
        if (asking.form() == null || asking.form() != ProbeTask.FORM) {
            throw Problem.conflict("other_release", "The releases of agent and server differ. Update the older.");
        }
        String zone = asking.zone() == null ? "external" : asking.zone();
        if (!zone.equals("external") && !zone.equals("internal")) {
            throw Problem.invalid("/zone", "bad_value", "The zone is internal or external.");
        }
        String agent = Requests.principal(context).actorRef();
        List<UUID> running = asking.running() == null ? List.of() : asking.running();
        int limit = asking.limit() == null ? MOST : Math.max(0, Math.min(MOST, asking.limit()));
        await(zone, running.isEmpty(), asking.waitMillis() == null ? 0 : asking.waitMillis());
        List<Item> items = tasks.take(agent, zone, limit).stream()
                .map(open -> new Item(open.id(), Json.tree(open.task())))
                .toList();
        context.json(Map.of("items", items, "stop", tasks.unwanted(agent, running)));
    }

    private record Item(UUID id, JsonNode task) {}

    private void await(String zone, boolean idle, long wanted) {
        long wait = Math.min(wanted, idle ? LONGEST_WAIT_MILLIS : WAIT_WHILE_RUNNING_MILLIS);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
        try {
            while (System.nanoTime() - until < 0 && !tasks.waiting(zone)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireWhole(Context context) {
        if (database.read(handle -> TokenAssets.confined(handle, Requests.principal(context)))) {
            throw Problem.forbidden("This token pushes for its assets only. Probing takes a token of the role prober.");
        }
    }

    private void answer(Context context) {
        requireWhole(context);
        ProbeAnswer answer = Requests.body(context, ProbeAnswer.class);
        UUID id = PathIds.of(context, "id", "piece of work");
        boolean taken = tasks.answer(id, Requests.principal(context).actorRef(), answer);
        context.json(Map.of("taken", taken));
    }
}
