package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueLoader;
import dev.ronde.catalogue.CheckTexts;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.run.Derivers;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.reminder.FindingLook;
import dev.ronde.reminder.Found;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Findings in memory, in the words of the packaged checks, those whose owner was told, and those that somebody received. */
record SeenFindings(List<Found> findings, List<UUID> notified, Set<UUID> acknowledged) implements FindingLook {
    private static final Catalogue CHECKS =
            new CatalogueLoader(Overlay.of("checks", null), Set.copyOf(Probes.TYPES), Derivers.names()).open();

    @Override
    public List<Found> untold(Handle handle, Set<UUID> back) {
        return findings.stream()
                .filter(found -> found.open() && (!notified.contains(found.id()) || back.contains(found.id())))
                .toList();
    }

    @Override
    public List<Found> open(Handle handle, Set<UUID> ids, Locale language) {
        return ids.stream()
                .flatMap(id -> find(handle, id, language).stream())
                .filter(Found::open)
                .toList();
    }

    @Override
    public Optional<Found> find(Handle handle, UUID id, Locale language) {
        return findings.stream()
                .filter(found -> found.id().equals(id))
                .findFirst()
                .map(found -> CHECKS.find(found.check())
                        .map(check -> said(found, CHECKS.texts(check, language)))
                        .orElse(found));
    }

    /** With the first message of its check, as a failing run says it. */
    private static Found said(Found found, CheckTexts texts) {
        return new Found(
                found.id(),
                found.assetId(),
                found.ownerId(),
                found.asset(),
                found.assetName(),
                found.check(),
                texts.messages().values().iterator().next(),
                texts.remediation().summary(),
                found.severity(),
                found.firstBadAt(),
                found.detectedAt(),
                found.open());
    }

    @Override
    public void notified(Handle tx, UUID id, Instant at) {
        notified.add(id);
    }

    @Override
    public boolean acknowledge(Handle tx, UUID id, Person by, Actor actor) {
        boolean theirs = findings.stream()
                .anyMatch(found ->
                        found.id().equals(id) && found.open() && by.id().equals(found.ownerId()));
        if (theirs) {
            acknowledged.add(id);
        }
        return theirs;
    }

    @Override
    public void firstTold(Handle tx, UUID id, @Nullable Instant at) {
        notified.removeIf(id::equals);
        if (at != null) {
            notified.add(id);
        }
    }
}
