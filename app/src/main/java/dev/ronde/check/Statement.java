package dev.ronde.check;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
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
 * @param note their words; null where they said none, or these were erased
 * @param recordId its evidence record
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
        UUID recordId) {

    /** Returns the facts of {@code attestation.v1}; names and words of people are none, since records of results cannot be erased. */
    Map<String, Object> facts(ZoneId zone, Instant now) {
        LocalDate statedOn = LocalDate.ofInstant(statedAt, zone);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("attested", attested);
        facts.put("statedAt", statedAt.toString());
        facts.put("statedOn", statedOn.toString());
        facts.put("daysSince", Math.max(0, ChronoUnit.DAYS.between(statedOn, LocalDate.ofInstant(now, zone))));
        facts.put("by", statedBy);
        facts.put("record", recordId.toString());
        return facts;
    }
}
