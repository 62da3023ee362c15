package dev.ronde.evidence.export;

import dev.ronde.evidence.RecordRow;
import dev.ronde.evidence.ledger.Canonical;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record as the API lists it; {@code idx} is null while it waits to be sealed, {@code payload} where retention took it. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record RecordItem(
        UUID recId,
        byte @Nullable [] payload,
        @Nullable Long idx,
        String recType,
        Instant occurredAt,
        Instant recordedAt) {
    /** Everything comes from the payload, which is the truth; {@code record} is the sealed document itself. */
    Map<String, @Nullable Object> json() {
        Map<String, Object> document = payload == null ? null : Canonical.parse(payload);
        RecordRow row = document == null
                ? new RecordRow(recId, recType, "", "", null, null, null, "", occurredAt, recordedAt)
                : RecordRow.of(document);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", recId);
        json.put("index", idx);
        json.put("type", row.recType());
        json.put("subject_kind", row.subjectKind());
        json.put("subject_id", row.subjectId());
        json.put("asset", row.assetRef());
        json.put("check", row.checkId());
        json.put("outcome", row.outcome());
        json.put("actor", row.actorRef());
        json.put("occurred_at", row.occurredAt());
        json.put("recorded_at", row.recordedAt());
        json.put("record", document);
        return json;
    }
}
