package dev.ronde.asset.file;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.field.CellParser;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetConversion;
import dev.ronde.asset.inventory.AssetDraft;
import dev.ronde.asset.inventory.AssetPeople;
import dev.ronde.asset.inventory.AssetRules;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One file against the present inventory: what each row would do, then doing it in batches. */
final class ImportWork {
    private static final int BATCH = 1_000;
    private static final int PREVIEW = 50;

    private final Assets assets;
    private final AssetFile file;
    private final AssetWords words;
    private final OnConflict onConflict;
    private final AssetPeople people = new AssetPeople();
    private final List<CellError> errors;
    private final List<AssetDraft> drafts = new ArrayList<>();
    private final List<ImportResult.PreviewRow> preview = new ArrayList<>();
    private final Set<String> unknownAddresses = new TreeSet<>();
    private int created;
    private int updated;
    private int unchanged;
    private int skipped;
    private int refused;
    private boolean stopped;

    private ImportWork(Assets assets, AssetFile file, AssetWords words, OnConflict onConflict) {
        this.assets = assets;
        this.file = file;
        this.words = words;
        this.onConflict = onConflict;
        this.errors = new ArrayList<>(file.errors());
        this.refused = file.refused();
    }

    static ImportWork compare(Handle handle, Assets assets, AssetFile file, AssetWords words, OnConflict onConflict) {
        ImportWork work = new ImportWork(assets, file, words, onConflict);
        List<AssetFile.Row> rows = file.rows();
        for (int from = 0; from < rows.size(); from += BATCH) {
            work.compareSome(handle, rows.subList(from, Math.min(rows.size(), from + BATCH)));
        }
        work.errors.sort(Comparator.comparingLong(CellError::line));
        if (work.stopped) {
            work.drafts.clear();
            work.created = 0;
            work.updated = 0;
        }
        return work;
    }

    private void compareSome(Handle handle, List<AssetFile.Row> rows) {
        Map<String, Asset> known = new HashMap<>();
        List<String> refs = rows.stream().map(row -> row.facts().ref()).toList();
        List<Asset> present = assets.listByRefs(handle, refs);
        present.forEach(asset -> known.put(asset.ref(), asset));
        people.load(handle, present);
        people.find(
                handle,
                rows.stream()
                        .flatMap(row -> row.facts().addresses().stream())
                        .filter(address -> !people.knows(address))
                        .toList());
        rows.forEach(row -> compareOne(row, known.get(row.facts().ref())));
    }

    private void compareOne(AssetFile.Row row, @Nullable Asset before) {
        if (before == null) {
            AssetFacts complete = complete(row.facts());
            if (!refuseBreaches(row, null, complete, List.of(AssetField.values()))) {
                created++;
                plan(row.line(), new AssetDraft(null, complete, List.of()), "created", null);
            }
            return;
        }
        if (!before.active()) {
            refuse(row, "retired");
            return;
        }
        AssetFacts old = AssetConversion.facts(before, people);
        AssetFacts merged = old.with(row.facts(), file.fields());
        List<AssetField> changed = old.changed(merged);
        if (changed.isEmpty()) {
            unchanged++;
            show(row.line(), "unchanged", merged, old, changed);
        } else if (onConflict == OnConflict.UPDATE) {
            if (!refuseBreaches(row, before, merged, changed)) {
                updated++;
                plan(row.line(), new AssetDraft(before, merged, changed), "updated", old);
            }
        } else if (onConflict == OnConflict.SKIP) {
            skipped++;
            show(row.line(), "skipped", merged, old, changed);
        } else {
            stopped = true;
            refuse(row, "exists");
        }
    }

    private static AssetFacts complete(AssetFacts facts) {
        Map<AssetField, Object> values = new HashMap<>(facts.values());
        for (AssetField field : AssetField.values()) {
            Object empty = CellParser.emptyValue(field);
            if (empty != null) {
                values.putIfAbsent(field, empty);
            }
        }
        return new AssetFacts(values);
    }

    private void refuse(AssetFile.Row row, String code) {
        refused++;
        errors.add(new CellError(
                row.line(), AssetField.REF.column(), code, List.of(row.facts().ref())));
    }

    private boolean refuseBreaches(
            AssetFile.Row row, @Nullable Asset before, AssetFacts facts, List<AssetField> changed) {
        List<AssetRules.Breach> breaches = AssetRules.breaches(words, people, before, facts, changed);
        breaches.forEach(
                breach -> errors.add(new CellError(row.line(), breach.field().column(), breach.why())));
        refused += breaches.isEmpty() ? 0 : 1;
        return !breaches.isEmpty();
    }

    private void plan(long line, AssetDraft draft, String what, @Nullable AssetFacts before) {
        drafts.add(draft);
        draft.facts().addresses().stream()
                .filter(address -> !people.knows(address))
                .forEach(unknownAddresses::add);
        show(line, what, draft.facts(), before, draft.changed());
    }

    private void show(long line, String what, AssetFacts facts, @Nullable AssetFacts before, List<AssetField> changed) {
        if (preview.size() < PREVIEW) {
            preview.add(new ImportResult.PreviewRow(line, what, facts, before, changed));
        }
    }

    void apply(Handle tx, Actor by) {
        for (int from = 0; from < drafts.size(); from += BATCH) {
            assets.importAll(tx, drafts.subList(from, Math.min(drafts.size(), from + BATCH)), people, by);
        }
    }

    ImportResult result(boolean dryRun) {
        return new ImportResult(
                dryRun,
                created,
                updated,
                unchanged,
                skipped,
                refused,
                List.copyOf(unknownAddresses),
                List.copyOf(errors),
                List.copyOf(preview));
    }
}
