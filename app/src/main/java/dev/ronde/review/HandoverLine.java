package dev.ronde.review;

import dev.ronde.account.Person;
import dev.ronde.asset.Asset;

/**
 * What becomes of one asset when somebody who is named there leaves.
 *
 * @param part owner, backup or manager: the first that the person is
 * @param standIn who takes it where backup owners step in; empty where the leads do, or where no owner is needed
 */
public record HandoverLine(String ref, String name, String part, String standIn) {

    static HandoverLine of(Asset asset, Person leaving, String standIn) {
        boolean owner = leaving.id().equals(asset.ownerId());
        String part = owner ? "owner" : leaving.id().equals(asset.backupId()) ? "backup" : "manager";
        return new HandoverLine(asset.ref(), asset.name(), part, owner ? standIn : "");
    }
}
