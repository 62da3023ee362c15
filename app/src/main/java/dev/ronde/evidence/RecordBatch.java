package dev.ronde.evidence;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.NotCanonical;
import dev.ronde.platform.db.RowArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Records of one call, and the private texts beside them, on their way into the database: three statements, however many they are. */
final class RecordBatch {
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<Private> privates = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // bound once, never compared
    private record Leaf(RecordRow row, byte[] payload, byte[] hash) {}

    @SuppressWarnings("ArrayRecordComponent") // bound once, never compared
    private record Private(UUID recordId, String field, byte[] salt, String text) {}

    /** The text stays outside its record. */
    void addPrivate(UUID recordId, String field, byte[] salt, String text) {
        privates.add(new Private(recordId, field, salt, text));
    }

    /** Throws {@link NotCanonical} if the record is too long. */
    void add(RecordRow row, byte[] payload) {
        if (payload.length > Canonical.MAX_BYTES) {
            throw new NotCanonical("a record has at most " + Canonical.MAX_BYTES + " bytes, not " + payload.length);
        }
        leaves.add(new Leaf(row, payload, Hash.leaf(payload).bytes()));
    }

    List<UUID> ids() {
        return leaves.stream().map(leaf -> leaf.row().recId()).toList();
    }

    void insert(Handle tx) {
        if (leaves.isEmpty()) {
            return;
        }
        Update records = tx.createUpdate("""
                insert into evidence_record (rec_id, rec_type, subject_kind, subject_id, asset_ref, check_id, outcome,
                    actor_ref, occurred_at, recorded_at, payload, leaf_hash)
                select c.* from unnest(cast(:ids as uuid array), cast(:types as varchar array), cast(:kinds as varchar array),
                    cast(:subjects as varchar array), cast(:assets as varchar array), cast(:checks as varchar array),
                    cast(:outcomes as varchar array), cast(:actors as varchar array),
                    cast(:occurred as timestamp(6) with time zone array), cast(:recorded as timestamp(6) with time zone array),
                    cast(:payloads as bytea array), cast(:hashes as bytea array)) as c""");
        new RowArrays<>(records, leaves)
                .uuid("ids", leaf -> leaf.row().recId())
                .text("types", leaf -> leaf.row().recType())
                .text("kinds", leaf -> leaf.row().subjectKind())
                .text("subjects", leaf -> leaf.row().subjectId())
                .text("assets", leaf -> leaf.row().assetRef())
                .text("checks", leaf -> leaf.row().checkId())
                .text("outcomes", leaf -> leaf.row().outcome())
                .text("actors", leaf -> leaf.row().actorRef())
                .time("occurred", leaf -> leaf.row().occurredAt())
                .time("recorded", leaf -> leaf.row().recordedAt())
                .bytes("payloads", Leaf::payload)
                .bytes("hashes", Leaf::hash);
        records.execute();
        Update pending = tx.createUpdate(
                "insert into ledger_pending (rec_id) select c.id from unnest(cast(:ids as uuid array)) as c(id)");
        new RowArrays<>(pending, leaves).uuid("ids", leaf -> leaf.row().recId());
        pending.execute();
        if (!privates.isEmpty()) {
            Update texts = tx.createUpdate("""
                    insert into evidence_private (rec_id, field, salt, private_text)
                    select c.* from unnest(cast(:ids as uuid array), cast(:fields as varchar array), cast(:salts as bytea array),
                        cast(:texts as varchar array)) as c""");
            new RowArrays<>(texts, privates)
                    .uuid("ids", Private::recordId)
                    .text("fields", Private::field)
                    .bytes("salts", Private::salt)
                    .text("texts", Private::text);
            texts.execute();
        }
    }
}
