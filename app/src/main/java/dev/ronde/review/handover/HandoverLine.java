package dev.ronde.review.handover;

import dev.ronde.asset.inventory.Asset;

/**
 * What becomes of one asset when somebody who is named there leaves.
 *
 * @param part owner, backup or manager: the first that the person is, or a team they are the last of
 * @param standIn who takes it where backup owners step in; empty where the leads do, or where no owner is needed
 */
public record HandoverLine(String ref, String name, String part, String standIn) {

    static HandoverLine of(Asset asset, Leavers leavers, String standIn) {
        boolean owner = leavers.include(asset.ownerId());
        String part = owner ? "owner" : leavers.include(asset.backupId()) ? "backup" : "manager";
        return new HandoverLine(asset.ref(), asset.name(), part, owner ? standIn : "");
    }
}
