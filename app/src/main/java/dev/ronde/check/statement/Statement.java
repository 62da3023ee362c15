package dev.ronde.check.statement;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person said of a protection of an asset that no probe sees. It is never changed: who was wrong states anew.
 *
 * @param attested whether the protection is in place
 * @param statedBy who, as evidence names them
 * @param channel through which door, see {@link dev.ronde.platform.http.Channel}
 * @param note their words; null where they said none
 * @param recordId its evidence record
 * @param checkSha256 SHA-256 of the check file that asked, in hex
 * @param reachSha256 where the asset was then, see {@link #reach}
 */
public record Statement(
        UUID id,
        UUID assetId,
        String checkId,
        boolean attested,
        Instant statedAt,
        String statedBy,
        String channel,
        @Nullable String note,
        UUID recordId,
        String checkSha256,
        String reachSha256) {

    static String reach(Asset asset) {
        return Hash.sha256(Json.write(Arrays.asList(asset.address(), asset.port(), asset.hostname())))
                .hex();
    }

    /** Returns what is another one since it was stated, {@code check} or {@code asset}, so that it answers the question no longer; else null. */
    @Nullable
    public String changed(CatalogueEntry entry, Asset asset) {
        if (!entry.sha256().equals(checkSha256)) {
            return "check";
        }
        return reach(asset).equals(reachSha256) ? null : "asset";
    }

    /**
     * Returns the facts of {@code attestation.v1}; names and words of people are none, since records of results cannot be erased.
     *
     * @param changed as {@link #changed} tells it
     */
    public Map<String, Object> facts(@Nullable String changed, ZoneId zone, Instant now) {
        LocalDate statedOn = LocalDate.ofInstant(statedAt, zone);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("attested", attested);
        facts.put("statedAt", statedAt.toString());
        facts.put("statedOn", statedOn.toString());
        facts.put("daysSince", Math.max(0, ChronoUnit.DAYS.between(statedOn, LocalDate.ofInstant(now, zone))));
        facts.put("by", statedBy);
        facts.put("record", recordId.toString());
        if (changed != null) {
            facts.put("changed", changed);
        }
        return facts;
    }
}
