package dev.ronde.check.statement;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.asset.timeline.TimelineSource;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.statement.Statements.StatementDao;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Puts what people state of protections that no probe sees on the timeline of the asset, with a link while the check still asks for it. */
public record StatementTimeline(Catalogue catalogue) implements TimelineSource {
    private static final String STATED = "check.attested";

    @Override
    public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
        return handle.attach(StatementDao.class).listUntil(asset.id(), atOrBefore, limit).stream()
                .map(statement -> entry(asset, statement))
                .toList();
    }

    private TimelineEntry entry(Asset asset, Statement statement) {
        return new TimelineEntry(
                statement.statedAt(),
                statement.id().toString(),
                STATED,
                statement.attested() ? "check.timeline.in_place" : "check.timeline.not_in_place",
                List.of(statement.checkId()),
                statement.statedBy(),
                catalogue
                        .find(statement.checkId())
                        .filter(CatalogueEntry::asksPerson)
                        .map(check -> "/assets/" + asset.ref() + "/checks/" + check.id() + "/attestation")
                        .orElse(null),
                Map.of("check", statement.checkId(), "attested", statement.attested(), "channel", statement.channel()));
    }

    @Override
    public List<TimelineEntry> translated(Handle handle, List<TimelineEntry> entries, Locale language) {
        return entries.stream()
                .map(entry -> entry.type().equals(STATED)
                        ? entry.saying(List.of(catalogue.title(entry.arguments().get(0), language)))
                        : entry)
                .toList();
    }
}
