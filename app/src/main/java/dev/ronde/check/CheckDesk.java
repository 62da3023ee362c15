package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.limit.Allowance;
import dev.ronde.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** What API and pages of this room do alike. */
final class CheckDesk {
    private static final UUID NO_ASSET = new UUID(0, 0);
    /** Somebody who clicks: a whole estate is one click, so that this is plenty. */
    private static final Allowance PERSON = new Allowance(20, Duration.ofSeconds(10));
    /** Programs are not held below 50 calls a second. */
    private static final Allowance TOKEN = new Allowance(100, Duration.ofMillis(20));

    private final CheckRoom room;

    CheckDesk(CheckRoom room) {
        this.room = room;
    }

    CatalogueEntry check(String id) {
        return room.catalogue().find(id).orElseThrow(() -> Problem.notFound("check", id));
    }

    Asset asset(Handle handle, String ref, Principal principal) {
        Asset asset = room.assets().get(handle, ref);
        requireVisible(asset, principal);
        return asset;
    }

    /** Returns the id to filter by; an unknown ref is an id that nothing has, so that the list is empty. */
    UUID filtered(Handle handle, String ref) {
        return room.assets().find(handle, ref).map(Asset::id).orElse(NO_ASSET);
    }

    /** What somebody may not see does not exist for them. */
    void requireVisible(Asset asset, Principal principal) {
        if (principal.ownOnly() && !asset.answeredBy(principal.standsFor())) {
            throw Problem.notFound("asset", asset.ref());
        }
    }

    /** Returns what is known over the whole estate; at most two minutes old where reading it is slow. */
    CheckFigures figures() {
        return room.figures().get();
    }

    /** Returns the protections over all assets, or over those a person answers for. */
    CoverageReader.Summary coverage(Principal principal) {
        return room.summary(principal.confinedTo());
    }

    List<RunJson> views(Handle handle, List<CheckRun> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        Instant now = room.clock().instant();
        Set<UUID> assetIds = new HashSet<>();
        runs.forEach(run -> assetIds.add(run.assetId()));
        Map<UUID, Asset> assets = room.assets().byIds(handle, assetIds);
        Map<UUID, Map<String, String>> waived = room.waivers().waived(handle, assetIds, now);
        Map<UUID, JsonNode> details = room.runs().details(handle, runs);
        return runs.stream()
                .map(run -> RunJson.of(
                        run,
                        Optional.ofNullable(assets.get(run.assetId()))
                                .map(Asset::ref)
                                .orElse(""),
                        Optional.ofNullable(details.get(run.id())).orElseThrow(),
                        isWaived(run, waived.getOrDefault(run.assetId(), Map.of())),
                        now))
                .toList();
    }

    /** A run is waived where it failed on the very facts that are accepted now. */
    static boolean isWaived(CheckRun run, Map<String, String> accepted) {
        return run.fingerprint() != null && run.fingerprint().equals(accepted.get(run.checkId()));
    }

    /** The limits towards targets hold anyway; this keeps one person from filling the queue. The operator's own commands are free. */
    void refuseTooMany(Principal principal) {
        if (principal.channel() == Channel.COMMAND) {
            return;
        }
        room.allowances()
                .take("run-now " + principal.actorRef(), principal.tokenId() == null ? PERSON : TOKEN)
                .ifPresent(wait -> {
                    throw Problem.tooMany(wait);
                });
    }

    /**
     * Returns the asset somebody wants to run a check on, where they may.
     *
     * @throws Problem 403, 404, 422 or 429, as {@link #start}
     */
    Asset mayRun(String ref, Principal principal) {
        requireRunner(principal);
        if (ref.isEmpty()) {
            throw Problem.invalid("/asset", "required", "Name the asset.");
        }
        refuseTooMany(principal);
        return room.database().read(handle -> runnable(handle, ref, principal));
    }

    private static void requireRunner(Principal principal) {
        if (principal.role() == Role.AUDITOR) {
            throw Problem.forbidden("Auditors read; they start no checks.");
        }
    }

    private Asset runnable(Handle handle, String ref, Principal principal) {
        Asset asset = room.assets()
                .find(handle, ref)
                .filter(Asset::active)
                .orElseThrow(() -> principal.ownOnly()
                        ? Problem.notFound("asset", ref)
                        : Problem.invalid("/asset", "unknown_asset", "There is no active asset " + ref + "."));
        requireVisible(asset, principal);
        return asset;
    }

    /**
     * Queues a job that runs checks now; owners may do so for what they answer for.
     *
     * @throws Problem 403 for auditors, 404 for what an owner does not answer for, 409 in a command that has not the server's folder, 422 for
     *     an unknown check or asset or a check that does not apply to the asset, 429 after many
     */
    UUID start(RunJob.Params wanted, Principal principal) {
        room.schedule().others().refuseElsewhere();
        String ref = wanted.asset();
        String check = wanted.check();
        CatalogueEntry entry = check == null
                ? null
                : room.catalogue()
                        .find(check)
                        .orElseThrow(() -> Problem.invalid(
                                "/check", "unknown_check", "There is no check " + check + ". GET /checks lists them."));
        if (ref == null && principal.ownOnly()) {
            throw Problem.invalid("/asset", "required", "Name the asset: you may run checks on your own assets.");
        }
        requireRunner(principal);
        refuseTooMany(principal);
        return room.database().inTransaction(tx -> {
            if (ref != null) {
                Asset asset = runnable(tx, ref, principal);
                if (entry != null) {
                    Applies.require(room.catalogue(), entry, asset);
                }
            }
            return room.jobs().start(tx, RunJob.NAME, wanted, principal.actorRef());
        });
    }

    /**
     * Queues a job that runs every check of several assets now.
     *
     * @throws Problem 403 for auditors, 409 in a command that has not the server's folder, 429 after many
     */
    UUID startOn(List<String> refs, Principal principal) {
        room.schedule().others().refuseElsewhere();
        requireRunner(principal);
        refuseTooMany(principal);
        return room.database()
                .inTransaction(tx ->
                        room.jobs().start(tx, RunJob.NAME, new RunJob.Params(null, null, refs), principal.actorRef()));
    }
}
