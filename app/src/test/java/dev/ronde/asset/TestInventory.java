package dev.ronde.asset;

import dev.ronde.account.People;
import dev.ronde.account.PersonRecords;
import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.Criticality;
import dev.ronde.asset.file.AssetImport;
import dev.ronde.asset.file.ImportResult;
import dev.ronde.asset.file.OnConflict;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An inventory for tests of every room to its right: real services over a test database. */
public final class TestInventory {
    public final Database database;
    public final InstantSource clock;
    public final Settings settings;
    public final EvidenceLog evidence;
    public final People people;
    public final Assets assets;
    public final AssetImport imports;

    public TestInventory(Database database, InstantSource clock, Set<String> kinds) {
        this.database = database;
        this.clock = clock;
        this.settings = SettingsReader.read(Map.of(), Map.of("RONDE_ZONE", "Europe/Paris"));
        this.evidence = new EvidenceLog(clock, "test/1");
        this.people = new People(database, settings, clock, new PersonRecords(evidence));
        this.assets = new Assets(clock, people, evidence);
        this.imports = new AssetImport(database, assets, evidence, () -> kinds, clock);
    }

    /** Adds an active asset owned by {@code owner@example.com}, at 127.0.0.1. */
    public Asset asset(String ref, String kind) {
        return asset(ref, kind, "owner@example.com");
    }

    public Asset asset(String ref, String kind, String owner) {
        return asset(ref, kind, owner, Map.of());
    }

    /** Adds an active asset; {@code more} are values as {@link AssetFacts} holds them. */
    public Asset asset(String ref, String kind, String owner, Map<AssetField, Object> more) {
        Map<AssetField, Object> values = new TreeMap<>(Map.of(
                AssetField.REF,
                ref,
                AssetField.NAME,
                "Asset " + ref,
                AssetField.KIND,
                kind,
                AssetField.OWNER,
                owner,
                AssetField.CRITICALITY,
                Criticality.MEDIUM,
                AssetField.ADDRESS,
                "127.0.0.1"));
        values.putAll(more);
        return database.inTransaction(tx -> assets.create(tx, new AssetFacts(values), Actor.SYSTEM));
    }

    public ImportResult importCsv(String csv) {
        return imports.run(csv.getBytes(StandardCharsets.UTF_8), false, OnConflict.UPDATE, Actor.SYSTEM);
    }
}
