package dev.ronde.asset.inventory;

import dev.ronde.asset.inventory.AssetListener.AssetChange;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** Writes changes of the inventory: rows, tags, evidence, history and listeners, each for the whole batch, in one transaction. */
final class AssetWriter {
    private final EvidenceLog evidence;
    private final List<AssetListener> listeners = new CopyOnWriteArrayList<>();

    AssetWriter(EvidenceLog evidence) {
        this.evidence = evidence;
    }

    void addListener(AssetListener listener) {
        listeners.add(listener);
    }

    /** @throws Problem 409 where one of the assets was changed meanwhile */
    void write(Handle tx, List<AssetChange> changes, AssetPeople people, boolean imported, Actor by) {
        AssetDao dao = tx.attach(AssetDao.class);
        writeRows(tx, dao, changes);
        writeTags(tx, dao, changes);
        List<Map<String, Object>> states = changes.stream()
                .map(change -> AssetConversion.state(change.after(), people))
                .toList();
        List<Evidence> records = new ArrayList<>();
        for (int index = 0; index < changes.size(); index++) {
            records.add(record(changes.get(index), states.get(index), people, by));
        }
        List<UUID> ids = evidence.appendAll(tx, records);
        List<AssetVersion> versions = new ArrayList<>();
        for (int index = 0; index < changes.size(); index++) {
            versions.add(version(changes.get(index), states.get(index), ids.get(index), by));
        }
        AssetInserts.versions(tx, versions);
        listeners.forEach(listener -> listener.changed(tx, changes, imported, by));
    }

    private static void writeRows(Handle tx, AssetDao dao, List<AssetChange> changes) {
        List<Asset> created = rows(changes, true);
        List<Asset> updated = rows(changes, false);
        if (!created.isEmpty()) {
            AssetInserts.assets(tx, created);
        }
        if (!updated.isEmpty()) {
            int[] counts = dao.update(updated.stream().map(AssetRow::new).toList());
            for (int index = 0; index < counts.length; index++) {
                if (counts[index] == 0) {
                    throw Problem.conflict(
                            "changed_meanwhile",
                            "The asset " + updated.get(index).ref()
                                    + " was changed meanwhile. Read it again, then repeat your change.");
                }
            }
        }
    }

    private static List<Asset> rows(List<AssetChange> changes, boolean created) {
        return changes.stream()
                .filter(change -> (change.before() == null) == created)
                .map(AssetChange::after)
                .toList();
    }

    private static void writeTags(Handle tx, AssetDao dao, List<AssetChange> changes) {
        List<UUID> outdated = new ArrayList<>();
        List<Asset> tagged = new ArrayList<>();
        for (AssetChange change : changes) {
            Asset before = change.before();
            if (before != null && before.tags().equals(change.after().tags())) {
                continue;
            }
            if (before != null) {
                outdated.add(before.id());
            }
            tagged.add(change.after());
        }
        Batches.of(outdated).forEach(dao::deleteTags);
        AssetInserts.tags(tx, tagged);
    }

    private static Evidence record(AssetChange change, Map<String, Object> state, AssetPeople people, Actor by) {
        Asset after = change.after();
        Evidence record = Evidence.of(recordType(change), by, subject(after))
                .asset(after.ref())
                .data("after", state)
                .priv("notes", change.before() == null || change.changed().contains("notes") ? after.notes() : null);
        if (change.before() != null) {
            record.changed(change.changed()).data("before", before(change, people));
        }
        return record;
    }

    private static String recordType(AssetChange change) {
        return change.what().equals("restored") ? "asset.updated" : "asset." + change.what();
    }

    private static Map<String, Object> before(AssetChange change, AssetPeople people) {
        Map<String, Object> old = new LinkedHashMap<>();
        Asset before = change.before();
        if (before != null) {
            AssetConversion.state(before, people).forEach((name, value) -> {
                if (change.changed().contains(name)) {
                    old.put(name, value);
                }
            });
        }
        return old;
    }

    private static AssetVersion version(AssetChange change, Map<String, Object> state, UUID recordId, Actor by) {
        Asset after = change.after();
        return new AssetVersion(
                after.id(),
                after.version(),
                recordId,
                change.what(),
                by.ref(),
                after.updatedAt(),
                String.join(",", change.changed()),
                Json.write(state));
    }

    /** The asset as evidence names it: its ref, or its id if the ref is too long. {@code data.asset} always has the ref. */
    static Subject subject(Asset asset) {
        return Subject.of("asset", asset.ref().length() <= 64 ? asset.ref() : asset.id(), asset.version());
    }
}
