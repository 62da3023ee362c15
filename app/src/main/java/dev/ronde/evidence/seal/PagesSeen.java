package dev.ronde.evidence.seal;

import dev.ronde.evidence.RecordRow;
import dev.ronde.evidence.ledger.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
    /** Nothing was seen yet. */
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

    /** The page that begins there, if it is still the same. */
    Optional<Page> find(long from, Hash digest) {
        return Optional.ofNullable(pages.get(from)).filter(page -> page.digest().equals(digest));
    }

    static Hash digest(List<LeafRow> leaves, List<RecordRow> rows, List<PrivateRow> privates) {
        MessageDigest digest = Hash.digest();
        for (LeafRow leaf : leaves) {
            text(digest, leaf.idx() + " " + leaf.recId());
            bytes(digest, leaf.leafHash());
            bytes(digest, leaf.payload());
            bytes(digest, leaf.recordHash());
        }
        rows.forEach(row -> row(digest, row));
        for (PrivateRow row : privates) {
            text(digest, String.valueOf(row.idx()));
            text(digest, row.field());
            bytes(digest, row.salt());
            text(digest, row.privateText());
        }
        return Hash.of(digest.digest());
    }

    private static void row(MessageDigest digest, RecordRow row) {
        text(digest, row.recId().toString());
        text(digest, row.recType());
        text(digest, row.subjectKind());
        text(digest, row.subjectId());
        text(digest, row.assetRef());
        text(digest, row.checkId());
        text(digest, row.outcome());
        text(digest, row.actorRef());
        text(digest, row.occurredAt().toString());
        text(digest, row.recordedAt().toString());
    }

    private static void text(MessageDigest digest, @Nullable String text) {
        bytes(digest, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    /** With its length, so that nothing can move from one field to the next; one that is not there is unlike every text. */
    private static void bytes(MessageDigest digest, byte @Nullable [] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(bytes == null ? -1 : bytes.length)
                .array());
        if (bytes != null) {
            digest.update(bytes);
        }
    }
}
