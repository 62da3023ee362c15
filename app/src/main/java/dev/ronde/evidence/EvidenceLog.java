package dev.ronde.evidence;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.NotCanonical;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The one way into the evidence ledger. A record is written in the caller's transaction: work that is rolled back
 * leaves no evidence, work that is committed cannot lack it. Sealing follows within seconds.
 */
public final class EvidenceLog {
    private static final int INLINE_LIMIT = 16 << 10;

    private final InstantSource clock;
    private final String node;
    private final SecureRandom random = new SecureRandom();
    private UUID lastId = new UUID(0, 0);

    /** @param node name of this node and its start, e.g. {@code n1/5f2c} */
    public EvidenceLog(InstantSource clock, String node) {
        this.clock = clock;
        this.node = node;
    }

    /**
     * Appends one record and returns its id.
     *
     * @throws Problem (400) if a text holds a lone surrogate or U+0000, or the record is over 65,535 bytes
     */
    public UUID append(Handle tx, Evidence evidence) {
        return appendAll(tx, List.of(evidence)).get(0);
    }

    /** What a record has attached under this hash, 64 hex digits; empty where nothing is kept under it. */
    public Optional<byte[]> content(Handle handle, String sha256) {
        return handle.attach(EvidenceDao.class).findBlob(Hash.ofHex(sha256).bytes());
    }

    /** Appends several records with one statement per table, in order; the ids come back in the same order. */
    public List<UUID> appendAll(Handle tx, List<Evidence> all) {
        EvidenceDao dao = tx.attach(EvidenceDao.class);
        RecordBatch batch = new RecordBatch();
        for (Evidence evidence : all) {
            try {
                add(dao, batch, evidence);
            } catch (NotCanonical e) {
                throw Problem.badRequest("not_recordable", "This cannot be kept as evidence: " + e.getMessage() + ".");
            }
        }
        batch.insert(tx);
        return batch.ids();
    }

    private void add(EvidenceDao dao, RecordBatch batch, Evidence evidence) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID id = nextId();
        Map<String, Object> leaf = new LinkedHashMap<>();
        leaf.put("v", 1);
        leaf.put("id", id.toString());
        leaf.put("type", evidence.type());
        leaf.put("node", node);
        leaf.put(
                "actor",
                Map.of(
                        "kind",
                        evidence.actor().kind(),
                        "ref",
                        evidence.actor().ref(),
                        "auth",
                        evidence.actor().auth()));
        leaf.put(
                "on",
                Map.of(
                        "kind",
                        evidence.on().kind(),
                        "id",
                        evidence.on().id(),
                        "rev",
                        evidence.on().rev()));
        Instant occurredAt = evidence.occurredAt();
        leaf.put("occurredAt", Values.time(occurredAt == null ? now : occurredAt));
        leaf.put("recordedAt", Values.time(now));
        UUID cause = evidence.cause();
        if (cause != null) {
            leaf.put("cause", cause.toString());
        }
        leaf.put("data", evidence.data());
        addPrivates(batch, leaf, evidence, id);
        addAttachments(dao, leaf, evidence, id);
        byte[] payload = Canonical.write(leaf);
        if (payload.length > INLINE_LIMIT && moveLargeValues(evidence)) {
            addAttachments(dao, leaf, evidence, id);
            payload = Canonical.write(leaf);
        }
        batch.add(RecordRow.of(leaf), payload);
    }

    /** Records of one instant keep the order in which they were appended. */
    private synchronized UUID nextId() {
        UUID id = Ids.next(clock);
        if (id.getMostSignificantBits() == lastId.getMostSignificantBits()) {
            id = new UUID(id.getMostSignificantBits(), lastId.getLeastSignificantBits() + 1);
        }
        lastId = id;
        return id;
    }

    /** Values over the limit become attachments; only a record over it can hold one. */
    private static boolean moveLargeValues(Evidence evidence) {
        boolean moved = false;
        for (Map.Entry<String, Object> field : List.copyOf(evidence.data().entrySet())) {
            byte[] bytes = Canonical.write(field.getValue());
            if (bytes.length > INLINE_LIMIT) {
                String key = field.getKey();
                evidence.data().remove(key);
                evidence.data().put(key + "Ref", Hash.sha256(bytes).hex());
                evidence.attach(key + ".json", "application/json", bytes);
                moved = true;
            }
        }
        return moved;
    }

    private static void addAttachments(EvidenceDao dao, Map<String, Object> leaf, Evidence evidence, UUID id) {
        List<Object> listed = new ArrayList<>();
        for (Attachment attachment : evidence.attachments()) {
            Hash hash = attachment.hash();
            dao.insertBlob(hash.bytes(), attachment.mediaType(), attachment.bytes().length, attachment.bytes());
            dao.insertBlobUse(hash.bytes(), id);
            listed.add(Map.of(
                    "name", attachment.name(),
                    "mediaType", attachment.mediaType(),
                    "sha256", hash.hex(),
                    "size", attachment.bytes().length));
        }
        if (!listed.isEmpty()) {
            leaf.put("att", listed);
        }
    }

    private void addPrivates(RecordBatch batch, Map<String, Object> leaf, Evidence evidence, UUID id) {
        List<Object> commitments = new ArrayList<>();
        evidence.privates().forEach((field, text) -> {
            byte[] salt = new byte[32];
            random.nextBytes(salt);
            batch.addPrivate(id, field, salt, text);
            commitments.add(
                    Map.of("field", field, "commit", commitment(salt, text).hex()));
        });
        if (!commitments.isEmpty()) {
            leaf.put("priv", commitments);
        }
    }

    /** SHA-256(salt || utf8(text)): the salt keeps short texts from being guessed. */
    public static Hash commitment(byte[] salt, String text) {
        Canonical.text(text); // refuses what UTF-8 would silently replace
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(salt, salt.length + content.length);
        System.arraycopy(content, 0, both, salt.length, content.length);
        return Hash.sha256(both);
    }
}
