package dev.ronde.evidence.seal;

import dev.ronde.evidence.RecordParts;
import dev.ronde.evidence.RecordRow;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.text.Sha256;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this process has compared and found good, a page of the log at a time: one hash over every byte that a comparison reads. A page with
 * the same hash needs no second comparison, which would read the same and say the same. Kept in memory only, 32 bytes a page.
 */
final class PagesSeen {
    static final PagesSeen NONE = new PagesSeen();

    /**
     * One page.
     *
     * @param digest over leaves, records, searchable columns and private texts
     * @param blobs the attachments that its records name, each with the first that does; these are looked at each time
     */
    record Page(Hash digest, Map<String, String> blobs) {}

    private final Map<Long, Page> pages = new HashMap<>();

    void add(long from, Page page) {
        pages.put(from, page);
    }

    /** Empty if the page that begins there has changed. */
    Optional<Page> find(long from, Hash digest) {
        return Optional.ofNullable(pages.get(from)).filter(page -> page.digest().equals(digest));
    }

    static Hash digest(List<AuditRow> rows, Map<Long, List<RecordParts.Text>> privates) {
        MessageDigest digest = Sha256.digest();
        OutputStream into = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(into, 1 << 16))) {
            for (AuditRow row : rows) {
                leaf(out, row.leaf());
                columns(out, row.columns());
                List<RecordParts.Text> texts = privates.getOrDefault(row.leaf().idx(), List.of());
                out.writeInt(texts.size());
                for (RecordParts.Text text : texts) {
                    text(out, text.field());
                    bytes(out, text.salt());
                    text(out, text.privateText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Hash.of(digest.digest());
    }

    private static void leaf(DataOutputStream out, LeafRow leaf) throws IOException {
        out.writeLong(leaf.idx());
        out.writeLong(leaf.recId().getMostSignificantBits());
        out.writeLong(leaf.recId().getLeastSignificantBits());
        bytes(out, leaf.leafHash());
        bytes(out, leaf.payload());
        bytes(out, leaf.recordHash());
    }

    private static void columns(DataOutputStream out, @Nullable RecordRow row) throws IOException {
        out.writeBoolean(row != null);
        if (row != null) {
            text(out, row.recType());
            text(out, row.subjectKind());
            text(out, row.subjectId());
            text(out, row.assetRef());
            text(out, row.checkId());
            text(out, row.outcome());
            text(out, row.actorRef());
            time(out, row.occurredAt());
            time(out, row.recordedAt());
        }
    }

    private static void time(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the length first, so nothing can move between fields; a missing field differs from every text. */
    private static void bytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }
}
