package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** That the log of a checkpoint begins with its first {@code from} records, checkable offline. */
public record ConsistencyProof(long from, List<Hash> path, SealedCheckpoint checkpoint) {
    /** The body of a C2SP tlog-witness {@code add-checkpoint} request. */
    public String text() {
        StringBuilder out = new StringBuilder("old ").append(from).append('\n');
        path.forEach(hash -> out.append(hash.base64()).append('\n'));
        return out.append('\n').append(checkpoint.note()).toString();
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", from);
        json.put("to", checkpoint.treeSize());
        json.put("root_hash", checkpoint.rootHash().hex());
        json.put("path", path.stream().map(Hash::hex).toList());
        json.put("checkpoint", checkpoint.note());
        json.put("consistency", text());
        return json;
    }
}
