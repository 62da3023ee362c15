package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That one record stands at one index of the log, checkable offline.
 *
 * @param record the exact sealed line; null where the record is gone
 */
public record RecordProof(
        UUID recordId,
        long index,
        Hash leafHash,
        @Nullable String record,
        List<Hash> path,
        SealedCheckpoint checkpoint) {
    /** The C2SP tlog-proof@v1 text. */
    public String text() {
        StringBuilder out = new StringBuilder("c2sp.org/tlog-proof@v1\nindex ")
                .append(index)
                .append('\n');
        path.forEach(hash -> out.append(hash.base64()).append('\n'));
        return out.append('\n').append(checkpoint.note()).toString();
    }

    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("record_id", recordId.toString());
        json.put("index", index);
        json.put("leaf_hash", leafHash.hex());
        json.put("record", record);
        json.put("tree_size", checkpoint.treeSize());
        json.put("root_hash", checkpoint.rootHash().hex());
        json.put("path", path.stream().map(Hash::hex).toList());
        json.put("checkpoint", checkpoint.note());
        json.put("tlog_proof", text());
        return json;
    }
}
