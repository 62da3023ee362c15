package dev.ronde.asset;

import dev.ronde.account.People;
import dev.ronde.asset.bulk.AssetBulkPages;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.file.AssetImport;
import dev.ronde.asset.file.ExportPages;
import dev.ronde.asset.file.ImportPages;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.inventory.EstateSize;
import dev.ronde.asset.page.AssetApi;
import dev.ronde.asset.page.AssetChoices;
import dev.ronde.asset.page.AssetFormPages;
import dev.ronde.asset.page.AssetListPages;
import dev.ronde.asset.page.AssetPageParts;
import dev.ronde.asset.page.AssetPages;
import dev.ronde.asset.page.AssetReader;
import dev.ronde.asset.timeline.Timeline;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.schedule.Tick;
import java.time.InstantSource;
import java.util.List;

/** The inventory, its import and its timeline, wired once. Snapshots have their own room: {@link dev.ronde.asset.snapshot}. */
public final class AssetRoom {
    private final Database database;
    private final InstantSource clock;
    private final Messages messages;
    private final AssetWords words;
    private final Assets assets;
    private final AssetImport imports;
    private final Timeline timeline;
    private final KeptFigures<String, AssetChoices> choices;

    public AssetRoom(
            Database database,
            InstantSource clock,
            Messages messages,
            People people,
            EvidenceLog evidence,
            AssetWords words) {
        this.database = database;
        this.clock = clock;
        this.messages = messages;
        this.words = words;
        this.assets = new Assets(clock, people, evidence);
        this.imports = new AssetImport(database, assets, evidence, words, clock);
        this.timeline = new Timeline(assets);
        this.choices = new KeptFigures<>(
                "asset-choices", clock, EstateSize.large(database), "all", all -> AssetChoices.read(database, assets));
    }

    public Assets assets() {
        return assets;
    }

    public AssetImport imports() {
        return imports;
    }

    public Timeline timeline() {
        return timeline;
    }

    public Tick tick() {
        return choices;
    }

    /** Every route of this room, fixed paths before {@code {ref}}; the parts come from the rooms above. */
    public List<Routes> routes(PageRenderer pages, AssetPageParts parts) {
        AssetReader reader = new AssetReader(assets, words, messages, clock);
        ExportPages exports = new ExportPages(database, assets, pages);
        return List.of(
                new AssetApi(database, assets, imports, timeline, messages, reader),
                new ImportPages(database, clock, imports, messages, pages),
                new AssetFormPages(database, assets, reader, words, pages),
                exports,
                new AssetListPages(database, assets, clock, words, choices, pages, parts.columns()),
                new AssetBulkPages(database, clock, assets, words, exports, parts.checks(), pages),
                new AssetPages(database, clock, assets, timeline, messages, pages, parts.panels()));
    }
}
