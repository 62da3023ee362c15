package dev.ronde.asset;

import dev.ronde.account.People;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.schedule.Tick;
import java.time.InstantSource;
import java.util.List;

/**
 * The services of this room, wired once. Snapshots have their own: {@link dev.ronde.asset.snapshot}.
 */
public record AssetRoom(
        Database database,
        InstantSource clock,
        Messages messages,
        AssetWords words,
        Assets assets,
        AssetImport imports,
        AssetExport exports,
        Timeline timeline,
        KeptFigures<String, AssetChoices> choices) {
    /** Wires the room. */
    public static AssetRoom open(
            Database database,
            InstantSource clock,
            Messages messages,
            People people,
            EvidenceLog evidence,
            AssetWords words) {
        Assets assets = new Assets(clock, people, evidence);
        return new AssetRoom(
                database,
                clock,
                messages,
                words,
                assets,
                new AssetImport(database, assets, evidence, words, clock),
                new AssetExport(database, assets),
                new Timeline(assets),
                new KeptFigures<>(
                        "asset-choices", clock, EstateSize.large(database), "all", all -> AssetChoices.read(database)));
    }

    /** What keeps slow readings fresh. */
    public Tick tick() {
        return choices;
    }

    /** Every route of this room, fixed paths before {@code {ref}}; the parts come from the rooms above. */
    public List<Routes> routes(PageRenderer pages, AssetPageParts parts) {
        return List.of(
                new AssetApi(database, assets, imports, exports, timeline, messages, words),
                new ImportPages(this, pages),
                new AssetFormPages(this, pages),
                new AssetListPages(this, pages, parts.columns()),
                new AssetBulkPages(this, pages, parts.checks()),
                new AssetPages(this, pages, parts.panels()));
    }
}
