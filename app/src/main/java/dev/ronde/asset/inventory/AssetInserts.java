package dev.ronde.asset.inventory;

import dev.ronde.platform.db.RowArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** New rows of the inventory, many in one statement. */
final class AssetInserts {
    private AssetInserts() {}

    private record Tag(UUID assetId, String tag) {}

    static void assets(Handle tx, List<Asset> assets) {
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

    static void tags(Handle tx, List<Asset> assets) {
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

    static void versions(Handle tx, List<AssetVersion> versions) {
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
