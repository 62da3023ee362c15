package dev.ronde.evidence.seal;

import dev.ronde.evidence.PurgedPlaces;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.Lazy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Walks a slice of the log page by page; fails closed on any leaf that is missing or does not fit its record. */
public final class LeafReader implements Iterator<LeafReader.Sealed> {
    private static final int PAGE = 5_000;

    /**
     * One place.
     *
     * @param type as the database says it, which nothing proves where the payload is gone
     * @param payload null where retention took it
     * @param purgedBy the index of the record that says so
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    public record Sealed(
            long index, UUID recordId, Hash hash, String type, byte @Nullable [] payload, OptionalLong purgedBy) {}

    private final LeafDao dao;
    private final Lazy<PurgedPlaces> purged;
    private final long until;
    private long next;
    private List<LeafRow> page = new ArrayList<>();
    private int at;

    public LeafReader(Handle handle, long from, long until) {
        this.dao = handle.attach(LeafDao.class);
        this.purged = Lazy.of(() -> PurgedPlaces.of(dao, Long.MAX_VALUE));
        this.next = from;
        this.until = until;
    }

    public long until() {
        return until;
    }

    @Override
    public boolean hasNext() {
        return next < until;
    }

    /** @throws LedgerDamaged if the leaf or its record is missing, or the payload is not the sealed one */
    @Override
    public Sealed next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (at == page.size()) {
            page = dao.listLeaves(next, Math.min(next + PAGE, until));
            at = 0;
        }
        LeafRow leaf = at < page.size() ? page.get(at++) : null;
        if (leaf == null || leaf.idx() != next) {
            throw new LedgerDamaged("index " + next + ": the leaf is missing");
        }
        Hash hash = Hash.of(leaf.leafHash());
        byte[] payload = leaf.payload();
        OptionalLong by = payload == null ? purged.get().by(next) : OptionalLong.empty();
        if (payload == null && by.isEmpty()) {
            throw new LedgerDamaged("index " + next + ": the record is missing");
        }
        if (payload != null && !Hash.leaf(payload).equals(hash)) {
            throw new LedgerDamaged("index " + next + ": the record is not the one that was sealed");
        }
        return new Sealed(next++, leaf.recId(), hash, leaf.recType(), payload, by);
    }
}
