package dev.ronde.inbound.inbox;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.inbound.message.Folding;
import dev.ronde.inbound.message.Headers;
import dev.ronde.inbound.message.MailLimits;
import dev.ronde.inbound.message.MailReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What arrived. A message is stored in a transaction of its own before anything looks at it; the same message again, from
 * whichever door, is known by its place or by its id and hash and changes nothing.
 */
public record Inbox(Database database, InstantSource clock) {
    public static final Duration RAW_KEPT = Duration.ofDays(30);

    /** How long the headers of a message that was refused are kept: somebody may ask why. */
    public static final Duration REFUSED_KEPT = Duration.ofDays(90);

    private static final List<String> REFUSED =
            List.of(Decision.REJECTED.word(), Decision.QUARANTINED.word(), Decision.FAILED.word());

    private static final int BATCH = 50;
    /** Earlier messages in which a signature is looked for. */
    private static final int ENDINGS = 20;

    /**
     * Where a message lay.
     *
     * @param size its whole size in bytes, also where only its headers were taken
     */
    public record Place(
            String mailbox,
            @Nullable Long uidValidity,
            @Nullable Long uid,
            long size) {
        public static Place pipe(long size) {
            return new Place(Arrival.PIPE, null, null, size);
        }
    }

    /** What became of a message at the door. */
    public record Stored(UUID id, boolean fresh) {}

    /** Stores the message and returns after the commit; of one over the limit only the headers. */
    public Stored receive(Place place, byte[] raw) {
        boolean headersOnly = place.size() > MailLimits.RAW || raw.length > MailLimits.RAW;
        byte[] kept = headersOnly ? headers(raw) : raw;
        Arrival arrival = new Arrival(
                place.mailbox(),
                place.uidValidity(),
                place.uid(),
                MailReader.messageId(kept),
                Hash.sha256(kept).hex(),
                MailReader.letterSha256(kept),
                Math.max(place.size(), raw.length),
                headersOnly,
                clock.instant());
        return database.inTransaction(tx -> {
            InboundDao dao = tx.attach(InboundDao.class);
            UUID id = Ids.next(clock);
            if (dao.insert(id, arrival) == 0) {
                // some servers write a message anew each time it is fetched: at its place its id is enough
                Optional<UUID> known = dao.findSame(arrival.messageId(), arrival.rawSha256())
                        .map(InboundMail::id)
                        .or(() -> dao.findAt(arrival));
                // another message at a place that is taken: no place is worth losing a message for
                if (known.isPresent() || dao.insert(id, arrival.withoutPlace()) == 0) {
                    return new Stored(known.orElse(id), false);
                }
            }
            dao.insertRaw(id, kept);
            return new Stored(id, true);
        });
    }

    private static byte[] headers(byte[] raw) {
        int end = Headers.read(raw, 0, raw.length).bodyAt();
        return Arrays.copyOf(raw, Math.min(end, MailLimits.HEADERS));
    }

    /** Returns messages that wait to be decided, the earliest first. */
    public List<UUID> waiting(Instant now, int limit) {
        return database.read(handle -> handle.attach(InboundDao.class).listStored(now, limit));
    }

    /** Returns waiting messages that came before this one, the earliest first. */
    public List<UUID> earlier(UUID id, Instant now, int limit) {
        return database.read(handle -> handle.attach(InboundDao.class).listEarlier(id, now, limit));
    }

    /** Empty if the bytes are no longer kept. */
    public Optional<byte[]> raw(UUID id) {
        return database.read(handle -> handle.attach(InboundDao.class).findRaw(id));
    }

    public Optional<InboundMail> find(UUID id) {
        return database.read(handle -> handle.attach(InboundDao.class).find(id));
    }

    public List<InboundFile> files(UUID id) {
        return database.read(handle -> handle.attach(InboundDao.class).listFiles(id));
    }

    /** Takes a message that waits, for this transaction; while another node has it this waits, so that answers keep their
     * order, and is empty once that node has decided it. */
    public Optional<InboundMail> lock(Handle tx, UUID id) {
        return tx.attach(InboundDao.class).lockStored(id);
    }

    /** An earlier copy of this message that did something. A copy that led to nothing is none: it may have come without the handle, or
     * without its domain's word, that this one has. */
    public Optional<UUID> acted(Handle tx, InboundMail mail) {
        return tx.attach(InboundDao.class).findActed(mail.id(), mail.arrival());
    }

    public void decide(Handle tx, UUID id, Reading reading, Ruling ruling, List<InboundFile> files) {
        InboundDao dao = tx.attach(InboundDao.class);
        dao.decide(id, reading, Objects.requireNonNull(ruling.decision()).word(), ruling);
        dao.deleteFiles(id);
        dao.insertFiles(files);
    }

    public void postpone(UUID id, String error, Duration wait) {
        String shortened = Cut.to(error, 500);
        database.useTransaction(tx -> tx.attach(InboundDao.class)
                .postpone(id, shortened, clock.instant().plus(wait)));
    }

    /**
     * Whether a message of this person about something else ended with these words: such an ending is a signature.
     *
     * @param ending folded lines, with a blank between two
     */
    public boolean endedSo(Handle handle, UUID senderId, UUID subjectId, String ending) {
        return handle.attach(InboundDao.class).listWords(senderId, subjectId, ENDINGS).stream()
                .map(words -> words.lines()
                        .map(Folding::line)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining(" ")))
                .anyMatch(words -> words.endsWith(" " + ending));
    }

    public int seen(Handle handle, String sha256) {
        return handle.attach(InboundDao.class).countSeen(sha256);
    }

    public PageOf<InboundMail> list(
            @Nullable String decision, @Nullable String sort, int limit, Optional<Cursor> after) {
        Instant beforeAt = after.map(cursor -> cursor.instant(0)).orElse(null);
        UUID beforeId = after.map(cursor -> cursor.uuid(1)).orElse(null);
        return database.read(handle -> {
            InboundDao dao = handle.attach(InboundDao.class);
            List<InboundMail> rows = dao.list(decision, sort, beforeAt, beforeId, limit + 1);
            return PageOf.of(
                    rows,
                    limit,
                    dao.count(decision, sort),
                    mail -> Cursor.of(mail.arrival().receivedAt(), mail.id()));
        });
    }

    public long waiting() {
        return database.read(handle -> handle.attach(InboundDao.class).countWaiting());
    }

    public long decided(Decision decision) {
        return database.read(handle -> handle.attach(InboundDao.class).count(decision.word(), null));
    }

    /** Forgets the source of what was decided more than 30 days ago; of what was refused the headers stay for 90. */
    public int forget(Instant now) {
        Instant before = now.minus(RAW_KEPT);
        int forgotten = database.inTransaction(
                tx -> tx.attach(InboundDao.class).deleteRaw(before, now.minus(REFUSED_KEPT), REFUSED));
        int cut;
        do {
            cut = database.inTransaction(tx -> cut(tx.attach(InboundDao.class), before));
            forgotten += cut;
        } while (cut == BATCH);
        return forgotten;
    }

    private static int cut(InboundDao dao, Instant before) {
        List<UUID> whole = dao.listWhole(before, REFUSED, BATCH);
        for (UUID id : whole) {
            dao.findRaw(id).ifPresent(raw -> dao.setRaw(id, headers(raw)));
            dao.setHeadersOnly(id);
        }
        return whole.size();
    }
}
