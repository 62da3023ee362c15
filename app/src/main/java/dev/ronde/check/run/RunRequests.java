package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.RunQuota;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.job.Job;
import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people ask to be run now; owners may ask for the assets they answer for. */
public record RunRequests(Database database, CheckLookup lookup, CheckSchedule schedule, Jobs jobs, RunQuota quota) {
    /**
     * Returns the asset somebody wants to run a check on, where they may.
     *
     * @throws Problem 403, 404, 422 or 429, as {@link #start}
     */
    public Asset mayRun(CatalogueEntry entry, String ref, Principal principal) {
        requireRunner(principal);
        if (ref.isEmpty()) {
            throw Problem.invalid("/asset", "required", "Name the asset.");
        }
        quota.take(principal);
        Asset asset = database.read(handle -> lookup.active(handle, ref, principal));
        lookup.requireApplies(entry, asset);
        return asset;
    }

    private static void requireRunner(Principal principal) {
        if (principal.role() == Role.AUDITOR) {
            throw Problem.forbidden("Auditors read; they start no checks.");
        }
    }

    /**
     * Queues a job that runs checks now.
     *
     * @param ref the asset, null for all
     * @param check the check, null for all
     * @throws Problem 403 for auditors, 404 for what an owner does not answer for, 409 in a command that has not the server's folder, 422 for
     *     an unknown check or asset or a check that does not apply to the asset, 429 after many
     */
    public UUID start(@Nullable String ref, @Nullable String check, Principal principal) {
        CatalogueEntry entry = check == null
                ? null
                : lookup.find(check)
                        .orElseThrow(() -> Problem.invalid(
                                "/check", "unknown_check", "There is no check " + check + ". GET /checks lists them."));
        if (ref == null && principal.ownOnly()) {
            throw Problem.invalid("/asset", "required", "Name the asset: you may run checks on your own assets.");
        }
        requireRunner(principal);
        quota.take(principal);
        return database.inTransaction(tx -> {
            schedule.inForce().require(tx);
            if (ref != null) {
                Asset asset = lookup.active(tx, ref, principal);
                if (entry != null) {
                    lookup.requireApplies(entry, asset);
                }
            }
            return jobs.start(tx, RunJob.NAME, new RunJob.Params(ref, check), principal.actorRef());
        });
    }

    public Job job(UUID id) {
        return jobs.get(id);
    }

    /**
     * Queues a job that runs every check of several assets now.
     *
     * @throws Problem 403 for auditors, 409 in a command that has not the server's folder, 429 after many
     */
    public UUID startOn(List<String> refs, Principal principal) {
        requireRunner(principal);
        quota.take(principal);
        return database.inTransaction(tx -> {
            schedule.inForce().require(tx);
            return jobs.start(tx, RunJob.NAME, new RunJob.Params(null, null, refs), principal.actorRef());
        });
    }
}
