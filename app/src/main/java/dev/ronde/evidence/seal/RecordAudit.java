package dev.ronde.evidence.seal;

import dev.ronde.evidence.ErasedTexts;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.PurgedPlaces;
import dev.ronde.evidence.RecordParts;
import dev.ronde.evidence.RecordRow;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.NotCanonical;
import dev.ronde.platform.Lazy;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares each record's payload with its leaf, and every searchable copy with the payload (attacks A01–A03, A05, A15). */
final class RecordAudit {
    /** Limits how much is compared again of the part that has grown since the last pass. */
    private static final int SEEN_AT_ONCE = 1_000;

    private final AuditDao dao;
    private final Faults faults;
    private final PagesSeen before;
    private final PagesSeen seen = new PagesSeen();
    private final Set<String> blobsSeen = new HashSet<>();
    private final Lazy<PurgedPlaces> purged;
    private final Lazy<ErasedTexts> erased;

    /** @param before pages that are not compared again while every byte of them is the same */
    RecordAudit(AuditDao dao, Faults faults, PagesSeen before) {
        this.before = before;
        this.dao = dao;
        this.faults = faults;
        this.purged = Lazy.of(() -> PurgedPlaces.of(dao, Long.MAX_VALUE));
        this.erased = Lazy.of(() -> ErasedTexts.of(dao, Long.MAX_VALUE));
    }

    /** For the next pass; only use it if no fault was found. */
    PagesSeen seen() {
        return seen;
    }

    void page(List<AuditRow> rows, long from, long until) {
        Map<Long, List<RecordParts.Text>> texts =
                dao.listPrivates(from, until).stream().collect(Collectors.groupingBy(RecordParts.Text::idx));
        for (int start = 0; start < rows.size(); start += SEEN_AT_ONCE) {
            slice(rows.subList(start, Math.min(start + SEEN_AT_ONCE, rows.size())), texts);
        }
    }

    private void slice(List<AuditRow> rows, Map<Long, List<RecordParts.Text>> texts) {
        long from = rows.get(0).leaf().idx();
        Hash digest = PagesSeen.digest(rows, texts);
        Optional<PagesSeen.Page> known = before.find(from, digest);
        Map<String, String> blobs = known.map(PagesSeen.Page::blobs).orElseGet(HashMap::new);
        if (known.isEmpty()) {
            rows.forEach(row -> compare(row, texts, blobs));
        }
        blobs.forEach(this::attachment);
        seen.add(from, new PagesSeen.Page(digest, blobs));
    }

    private void compare(AuditRow row, Map<Long, List<RecordParts.Text>> texts, Map<String, String> blobs) {
        LeafRow leaf = row.leaf();
        byte[] payload = leaf.payload();
        if (payload == null) {
            if (purged.get().by(leaf.idx()).isEmpty()) {
                faults.add(at(leaf) + ": the record is missing, and no sealed record says that it was purged");
            }
        } else if (!Hash.leaf(payload).equals(Hash.of(leaf.leafHash()))) {
            faults.add(at(leaf) + ": the payload is not the one that was sealed");
        } else {
            compare(leaf, payload, row.columns(), texts.getOrDefault(leaf.idx(), List.of()), blobs);
        }
    }

    private void compare(
            LeafRow leaf,
            byte[] payload,
            @Nullable RecordRow stored,
            List<RecordParts.Text> privates,
            Map<String, String> blobs) {
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
            attachments(leaf, record, blobs);
            privates(leaf, record, privates);
        } catch (NotCanonical | IllegalArgumentException | DateTimeException e) {
            faults.add(at(leaf) + ": " + e.getMessage());
        }
    }

    private static void attachments(LeafRow leaf, Map<String, Object> record, Map<String, String> blobs) {
        if (record.get("att") instanceof List<?> list) {
            for (Object item : list) {
                blobs.putIfAbsent(item instanceof Map<?, ?> map ? String.valueOf(map.get("sha256")) : "", at(leaf));
            }
        }
    }

    private void attachment(String sha256, String namedBy) {
        if (!blobsSeen.add(sha256)) {
            return;
        }
        boolean same;
        try {
            Hash hash = Hash.ofHex(sha256);
            same = dao.findBlob(hash.bytes())
                    .map(Hash::sha256)
                    .map(hash::equals)
                    .orElse(false);
        } catch (IllegalArgumentException notAHash) {
            same = false;
        }
        if (!same) {
            faults.add(namedBy + ": the attachment " + sha256 + " is missing or was changed");
        }
    }

    private void privates(LeafRow leaf, Map<String, Object> record, List<RecordParts.Text> stored) {
        Map<String, String> commitments = new HashMap<>();
        if (record.get("priv") instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    commitments.put(String.valueOf(map.get("field")), String.valueOf(map.get("commit")));
                }
            }
        }
        for (RecordParts.Text row : stored) {
            byte[] salt = row.salt();
            String text = row.privateText();
            String commitment = commitments.remove(row.field());
            if (salt == null
                    && text == null
                    && commitment != null
                    && erased.get().find(leaf.recId(), row.field()).isPresent()) {
                continue;
            }
            if (salt == null
                    || text == null
                    || !EvidenceLog.commitment(salt, text).hex().equals(commitment)) {
                faults.add(at(leaf) + ": the text of \"" + row.field() + "\" is not the one that was committed to");
            }
        }
        commitments.keySet().forEach(field -> faults.add(at(leaf) + ": the text of \"" + field + "\" is missing"));
    }

    private static String at(LeafRow leaf) {
        return "index " + leaf.idx() + ", record " + leaf.recId();
    }
}
