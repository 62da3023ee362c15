package dev.ronde.finding.waiver;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.evidence.Actor;
import dev.ronde.finding.Finding;
import dev.ronde.finding.Findings;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.DidYouMean;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Asks for the waivers of a list that nobody asked for yet: all of them or, where one may not be asked for, none. */
record WaiverApplication(Waivers waivers, WaiverReader reader, Findings findings, Assets assets, Catalogue catalogue) {
    enum Change {
        /** It was asked for, or would be. */
        REQUESTED,
        /** The same was asked for before, however it was decided. */
        UNCHANGED
    }

    /**
     * One entry of the answer.
     *
     * @param waiver the waiver, null where it would be asked for
     */
    record Result(
            String asset,
            String check,
            Change change,
            @Nullable WaiverJson waiver) {}

    private record Step(
            WaiverList.Wanted wanted,
            @Nullable Waiver known,
            @Nullable Finding finding) {}

    /**
     * Applies a list.
     *
     * @param dryRun only say what would be asked for
     * @throws Problem 422 with a pointer for every entry that may not be asked for; nothing is asked for then
     */
    List<Result> apply(Handle handle, List<WaiverList.Wanted> list, Principal principal, boolean dryRun) {
        List<FieldError> faults = new ArrayList<>();
        List<Step> steps = list.stream()
                .map(wanted -> step(handle, wanted, principal, faults))
                .toList();
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults.stream().distinct().toList());
        }
        List<Result> applied = new ArrayList<>();
        for (Step step : steps) {
            WaiverList.Wanted wanted = step.wanted();
            Waiver waiver = step.known();
            if (waiver == null && !dryRun) {
                waiver = waivers.request(
                        handle, Objects.requireNonNull(step.finding()), wanted.draft(), Actor.of(principal));
            }
            applied.add(new Result(
                    wanted.asset(),
                    wanted.check(),
                    step.known() == null ? Change.REQUESTED : Change.UNCHANGED,
                    waiver == null ? null : reader.view(handle, waiver)));
        }
        return applied;
    }

    private Step step(Handle handle, WaiverList.Wanted wanted, Principal principal, List<FieldError> faults) {
        Optional<Asset> asset = assets.find(handle, wanted.asset())
                .filter(Asset::active)
                .filter(found -> !principal.ownOnly() || found.answeredBy(principal.standsFor()));
        if (asset.isEmpty()) {
            faults.add(new FieldError(
                    wanted.assetPointer(), "unknown_asset", "There is no active asset " + wanted.asset() + "."));
            return new Step(wanted, null, null);
        }
        Optional<Finding> finding = findings.open(handle, asset.get().id()).stream()
                .filter(open -> open.checkId().equals(wanted.check()))
                .findFirst();
        String boundTo = Optional.ofNullable(wanted.boundTo())
                .orElse(finding.map(Finding::fingerprint).orElse(null));
        Optional<Waiver> known = handle
                .attach(WaiverDao.class)
                .listOf(asset.get().id(), wanted.check())
                .stream()
                .filter(waiver -> same(waiver, wanted.draft(), boundTo)
                        && finding.map(Finding::severity).map(waiver::bears).orElse(true))
                .findFirst();
        if (known.isPresent()) {
            return new Step(wanted, known.get(), null);
        }
        if (finding.isEmpty() && catalogue.find(wanted.check()).isEmpty()) {
            faults.add(new FieldError(
                    wanted.pointer() + "/check",
                    "unknown_check",
                    "There is no check " + wanted.check()
                            + DidYouMean.question(
                                    wanted.check(),
                                    catalogue.entries().stream()
                                            .map(CatalogueEntry::id)
                                            .toList())));
        } else if (finding.isEmpty()) {
            faults.add(new FieldError(
                    wanted.assetPointer(),
                    "nothing_fails",
                    "The check " + wanted.check() + " does not fail on " + wanted.asset()
                            + ": there is nothing to accept. Take it out of the list."));
        } else if (!finding.get().fingerprint().equals(boundTo)) {
            faults.add(new FieldError(
                    wanted.pointer() + "/bound_to",
                    "facts_changed",
                    "What fails on " + wanted.asset() + " now is "
                            + finding.get().fingerprint() + ". Look at it; then write that, or leave the field out."));
        } else {
            refusals(handle, finding.get(), wanted, faults);
        }
        return new Step(wanted, null, finding.orElse(null));
    }

    private void refusals(Handle handle, Finding finding, WaiverList.Wanted wanted, List<FieldError> faults) {
        try {
            waivers.require(handle, finding, wanted.draft());
        } catch (Problem refused) {
            if (refused.errors().isEmpty()) {
                faults.add(new FieldError(wanted.assetPointer(), refused.code(), String.valueOf(refused.getMessage())));
            }
            refused.errors().forEach(error -> faults.add(error.under(wanted.pointer())));
        }
    }

    /** Null {@code boundTo} means any failure. */
    private static boolean same(Waiver waiver, Waiver.Draft draft, @Nullable String boundTo) {
        return (boundTo == null || boundTo.equals(waiver.boundTo()))
                && waiver.category().equals(draft.category())
                && waiver.reason().equals(draft.reason())
                && waiver.untilOn().equals(draft.until())
                && (draft.from() == null || waiver.fromOn().equals(draft.from()))
                && (draft.assertions() == null
                        || Set.copyOf(waiver.assertionIds()).equals(Set.copyOf(draft.assertions())))
                && Objects.equals(waiver.compensatingCheck(), draft.compensatingCheck())
                && Objects.equals(waiver.ticket(), draft.ticket());
    }
}
