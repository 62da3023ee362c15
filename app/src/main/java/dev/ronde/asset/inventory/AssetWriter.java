package dev.ronde.asset.inventory;

import dev.ronde.asset.inventory.AssetListener.AssetChange;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.RowArrays;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

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
        insertVersions(tx, versions);
        listeners.forEach(listener -> listener.changed(tx, changes, imported, by));
    }

    private static void writeRows(Handle tx, AssetDao dao, List<AssetChange> changes) {
        List<Asset> created = rows(changes, true);
        List<Asset> updated = rows(changes, false);
        if (!created.isEmpty()) {
            insertAssets(tx, created);
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
        insertTags(tx, tagged);
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

    private record Tag(UUID assetId, String tag) {}

    private static void insertAssets(Handle tx, List<Asset> assets) {
        Update insert = tx.createUpdate("""
                insert into asset (id, ref, name, kind, owner_id, backup_id, manager_id, environment, criticality, data_class, unit,
                    address, port, hostname, starttls, zone, tags, declared_ports, expected_closed, probe_authorised_until,
                    last_review_on, notes, created_at, updated_at, retired_at, version)
                select c.* from unnest(cast(:ids as uuid array), cast(:refs as varchar array), cast(:names as varchar array),
                    cast(:kinds as varchar array), cast(:owners as uuid array), cast(:backups as uuid array),
                    cast(:managers as uuid array), cast(:environments as varchar array), cast(:criticalities as varchar array),
                    cast(:dataClasses as varchar array), cast(:units as varchar array), cast(:addresses as varchar array),
                    cast(:ports as integer array), cast(:hostnames as varchar array), cast(:starttls as varchar array),
                    cast(:zones as varchar array), cast(:tags as varchar array), cast(:declared as varchar array),
                    cast(:closed as boolean array),
                    cast(:authorised as date array), cast(:reviewed as date array), cast(:notes as varchar array),
                    cast(:created as timestamp(6) with time zone array), cast(:updated as timestamp(6) with time zone array),
                    cast(:retired as timestamp(6) with time zone array), cast(:versions as bigint array)) as c""");
        new RowArrays<>(insert, assets)
                .uuid("ids", Asset::id)
                .text("refs", Asset::ref)
                .text("names", Asset::name)
                .text("kinds", Asset::kind)
                .uuid("owners", Asset::ownerId)
                .uuid("backups", Asset::backupId)
                .uuid("managers", Asset::managerId)
                .text("environments", Asset::environment)
                .text("criticalities", asset -> asset.criticality().word())
                .text("dataClasses", Asset::dataClass)
                .text("units", Asset::unit)
                .text("addresses", Asset::address)
                .integer("ports", Asset::port)
                .text("hostnames", Asset::hostname)
                .text("starttls", Asset::starttls)
                .text(
                        "zones",
                        asset -> asset.zone() == null ? null : asset.zone().getId())
                .text("tags", asset -> new AssetRow(asset).tags())
                .text("declared", asset -> new AssetRow(asset).ports())
                .flag("closed", Asset::expectedClosed)
                .date("authorised", Asset::probeAuthorisedUntil)
                .date("reviewed", Asset::lastReviewOn)
                .text("notes", Asset::notes)
                .time("created", Asset::createdAt)
                .time("updated", Asset::updatedAt)
                .time("retired", Asset::retiredAt)
                .number("versions", Asset::version);
        insert.execute();
    }

    private static void insertTags(Handle tx, List<Asset> assets) {
        List<Tag> tags = new ArrayList<>();
        assets.forEach(asset -> asset.tags().forEach(tag -> tags.add(new Tag(asset.id(), tag))));
        if (tags.isEmpty()) {
            return;
        }
        Update insert = tx.createUpdate("""
                insert into asset_tag (tag, asset_id)
                select c.* from unnest(cast(:tags as varchar array), cast(:assets as uuid array)) as c""");
        new RowArrays<>(insert, tags).text("tags", Tag::tag).uuid("assets", Tag::assetId);
        insert.execute();
    }

    private static void insertVersions(Handle tx, List<AssetVersion> versions) {
        Update insert = tx.createUpdate("""
                insert into asset_version (asset_id, rev, rec_id, what, actor_ref, recorded_at, changed, state)
                select c.* from unnest(cast(:assets as uuid array), cast(:revs as bigint array), cast(:records as uuid array),
                    cast(:whats as varchar array), cast(:actors as varchar array),
                    cast(:recorded as timestamp(6) with time zone array), cast(:changed as varchar array),
                    cast(:states as varchar array)) as c""");
        new RowArrays<>(insert, versions)
                .uuid("assets", AssetVersion::assetId)
                .number("revs", AssetVersion::rev)
                .uuid("records", AssetVersion::recId)
                .text("whats", AssetVersion::what)
                .text("actors", AssetVersion::actorRef)
                .time("recorded", AssetVersion::recordedAt)
                .text("changed", AssetVersion::changed)
                .text("states", AssetVersion::state);
        insert.execute();
    }
}
