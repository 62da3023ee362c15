package dev.ronde.evidence.seal;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.RecordRow;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.NotCanonical;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares each record's payload with its leaf, and every searchable copy with the payload (attacks A01–A03, A05, A15). */
final class RecordAudit {
    private final AuditDao dao;
    private final Faults faults;
    private final Set<String> blobsSeen = new HashSet<>();

    RecordAudit(AuditDao dao, Faults faults) {
        this.dao = dao;
        this.faults = faults;
    }

    void page(List<LeafRow> leaves, long from, long until) {
        Map<UUID, RecordRow> rows = new HashMap<>();
        dao.listRows(from, until).forEach(row -> rows.put(row.recId(), row));
        Map<Long, List<PrivateRow>> privates =
                dao.listPrivates(from, until).stream().collect(Collectors.groupingBy(PrivateRow::idx));
        for (LeafRow leaf : leaves) {
            byte[] payload = leaf.payload();
            if (payload == null) {
                faults.add(at(leaf) + ": the record is missing and no purge record says why");
            } else if (!Hash.leaf(payload).equals(Hash.of(leaf.leafHash()))) {
                faults.add(at(leaf) + ": the payload is not the one that was sealed");
            } else {
                compare(leaf, payload, rows.get(leaf.recId()));
                privates(leaf, payload, privates.getOrDefault(leaf.idx(), List.of()));
            }
        }
    }

    private void compare(LeafRow leaf, byte[] payload, @Nullable RecordRow stored) {
        try {
            Map<String, Object> record = Canonical.read(payload);
            RecordRow derived = RecordRow.of(record);
            if (!derived.equals(stored)) {
                faults.add(at(leaf) + ": a searchable column differs from the payload");
            }
            byte[] recordHash = leaf.recordHash();
            if (recordHash == null || !Hash.of(recordHash).equals(Hash.of(leaf.leafHash()))) {
                faults.add(at(leaf) + ": the record's own hash column differs from the leaf");
            }
            attachments(leaf, record);
        } catch (NotCanonical | IllegalArgumentException | DateTimeException e) {
            faults.add(at(leaf) + ": " + e.getMessage());
        }
    }

    private void attachments(LeafRow leaf, Map<String, Object> record) {
        if (!(record.get("att") instanceof List<?> list)) {
            return;
        }
        for (Object item : list) {
            String sha256 = item instanceof Map<?, ?> map ? String.valueOf(map.get("sha256")) : "";
            if (!blobsSeen.add(sha256)) {
                continue;
            }
            Hash hash = Hash.ofHex(sha256);
            boolean same = dao.findBlob(hash.bytes())
                    .map(Hash::sha256)
                    .map(hash::equals)
                    .orElse(false);
            if (!same) {
                faults.add(at(leaf) + ": the attachment " + sha256 + " is missing or was changed");
            }
        }
    }

    private void privates(LeafRow leaf, byte[] payload, List<PrivateRow> stored) {
        Map<String, String> commitments = new HashMap<>();
        if (Canonical.parse(payload).get("priv") instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    commitments.put(String.valueOf(map.get("field")), String.valueOf(map.get("commit")));
                }
            }
        }
        for (PrivateRow row : stored) {
            byte[] salt = row.salt();
            String text = row.privateText();
            if (salt != null
                    && text != null
                    && !EvidenceLog.commitment(salt, text).hex().equals(commitments.get(row.field()))) {
                faults.add(at(leaf) + ": the text of \"" + row.field() + "\" is not the one that was committed to");
            }
        }
    }

    private static String at(LeafRow leaf) {
        return "index " + leaf.idx() + ", record " + leaf.recId();
    }
}
