package dev.ronde.asset;

import dev.ronde.evidence.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One file against the present inventory: what each row would do, then doing it in batches. */
final class ImportWork {
    private static final int BATCH = 1_000;
    private static final int PREVIEW = 50;

    /** A row that changes something. */
    private record Step(
            long line, AssetFacts facts, @Nullable Asset before, List<AssetField> changed) {}

    private final AssetFile file;
    private final AssetWords words;
    private final OnConflict onConflict;
    private final Instant now;
    private final Supplier<UUID> ids;
    private final AssetPeople people = new AssetPeople();
    private final List<CellError> errors;
    private final List<Step> steps = new ArrayList<>();
    private final List<ImportResult.PreviewRow> preview = new ArrayList<>();
    private final Set<String> unknownAddresses = new TreeSet<>();
    private int created;
    private int updated;
    private int unchanged;
    private int skipped;
    private int refused;
    private boolean stopped;

    private ImportWork(AssetFile file, AssetWords words, OnConflict onConflict, Instant now, Supplier<UUID> ids) {
        this.file = file;
        this.words = words;
        this.onConflict = onConflict;
        this.now = now;
        this.ids = ids;
        this.errors = new ArrayList<>(file.errors());
        this.refused = file.refused();
    }

    static ImportWork compare(
            Handle handle, AssetFile file, AssetWords words, OnConflict onConflict, Instant now, Supplier<UUID> ids) {
        ImportWork work = new ImportWork(file, words, onConflict, now, ids);
        List<AssetFile.Row> rows = file.rows();
        for (int from = 0; from < rows.size(); from += BATCH) {
            work.compareSome(handle, rows.subList(from, Math.min(rows.size(), from + BATCH)));
        }
        work.errors.sort(Comparator.comparingLong(CellError::line));
        if (work.stopped) {
            work.steps.clear();
            work.created = 0;
            work.updated = 0;
        }
        return work;
    }

    private void compareSome(Handle handle, List<AssetFile.Row> rows) {
        Map<String, Asset> known = new HashMap<>();
        List<String> refs = rows.stream().map(row -> row.facts().ref()).toList();
        List<Asset> present = handle.attach(AssetDao.class).listByRefs(refs);
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
            if (!refuseGone(row, complete, List.of(AssetField.values())) && !refuseTags(row, null, complete)) {
                created++;
                plan(new Step(row.line(), complete, null, List.of()), "created", null);
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
            if (!refuseGone(row, merged, changed) && !refuseTags(row, before, merged)) {
                updated++;
                plan(new Step(row.line(), merged, before, changed), "updated", old);
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

    /** Whether the row is refused because it would give the asset to people who have left. */
    private boolean refuseGone(AssetFile.Row row, AssetFacts facts, List<AssetField> changed) {
        List<AssetField> gone = people.gone(facts, changed);
        gone.forEach(field -> errors.add(new CellError(
                row.line(), field.column(), Assets.PERSON_LEFT, List.of(String.valueOf(facts.text(field))))));
        refused += gone.isEmpty() ? 0 : 1;
        return !gone.isEmpty();
    }

    /** Whether the row is refused because it would give the asset a tag that steers a check and cannot be used. */
    private boolean refuseTags(AssetFile.Row row, @Nullable Asset before, AssetFacts facts) {
        List<AssetWords.Refusal> wrong = NewTags.refused(words, before, facts);
        wrong.forEach(refusal -> errors.add(new CellError(
                row.line(), AssetField.TAGS.column(), refusal.code(), refusal.key(), refusal.arguments())));
        refused += wrong.isEmpty() ? 0 : 1;
        return !wrong.isEmpty();
    }

    private void plan(Step step, String what, @Nullable AssetFacts before) {
        steps.add(step);
        step.facts().addresses().stream()
                .filter(address -> !people.knows(address))
                .forEach(unknownAddresses::add);
        show(step.line(), what, step.facts(), before, step.changed());
    }

    private void show(long line, String what, AssetFacts facts, @Nullable AssetFacts before, List<AssetField> changed) {
        if (preview.size() < PREVIEW) {
            preview.add(new ImportResult.PreviewRow(line, what, facts, before, changed));
        }
    }

    void apply(Handle tx, Assets assets, Actor by) {
        for (int from = 0; from < steps.size(); from += BATCH) {
            List<Step> some = steps.subList(from, Math.min(steps.size(), from + BATCH));
            List<PlannedChange> changes = new ArrayList<>();
            for (Step step : some) {
                people.create(tx, assets.people(), step.facts().addresses(), by);
                changes.add(change(step));
            }
            assets.writer().writeImported(tx, changes, people, by);
        }
    }

    private PlannedChange change(Step step) {
        Asset before = step.before();
        return before == null
                ? new PlannedChange(
                        PlannedChange.What.CREATED,
                        null,
                        AssetConversion.create(ids.get(), step.facts(), people, now),
                        List.of())
                : new PlannedChange(
                        PlannedChange.What.UPDATED,
                        before,
                        AssetConversion.update(before, step.facts(), people, now),
                        step.changed().stream().map(AssetField::json).toList());
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
