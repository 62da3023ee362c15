package dev.ronde.retention;

import static java.util.Objects.requireNonNull;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.PurgedPlaces;
import dev.ronde.evidence.RecordParts;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the payloads of old results once a night (decision 147). A place goes once the seal of its range is past the term; its leaf stays, so
 * every proof does, and a sealed record names each place that went.
 *
 * @param term how long results stay, such as {@code 13m} or {@code 7y}, or {@link #KEEP}
 */
public record Purge(Database database, EvidenceLog evidence, Ledger ledger, String term) {
    /** The setting under which nothing is taken. */
    public static final String KEEP = "keep";

    private static final Logger log = LoggerFactory.getLogger(Purge.class);
    private static final LocalTime AT = LocalTime.of(4, 20);
    private static final int BATCH = 2_000;
    /** What stands inside one record. */
    private static final int SPANS = 500;

    /** The daily tick, at 04:20 in {@code zone}: after the ledger was verified. */
    public Tick tick(ZoneId zone) {
        return new Daily("retention", AT, zone, database, this::run);
    }

    /** Returns how many payloads went. */
    public int run(Instant now) {
        if (term.equals(KEEP)) {
            return 0;
        }
        Instant before = now.atZone(ZoneOffset.UTC)
                .minus(Period.parse("P" + term.toUpperCase(Locale.ROOT)))
                .toInstant();
        // where sealing has stopped, nothing goes
        ledger.seal();
        long until = database.read(handle -> handle.attach(PurgeDao.class).countSealed(before));
        long from = database.read(Purge::done);
        int all = 0;
        int some;
        do {
            long start = from;
            List<PurgeDao.Old> old = database.inTransaction(tx -> purge(tx, start, until, now));
            // at once, so that no verification sees a place that is gone and no sealed word on it
            ledger.seal();
            some = old.size();
            all += some;
            from = some == 0 ? until : old.get(some - 1).idx() + 1;
        } while (some > 0);
        if (all > 0) {
            log.info("{} results older than {} were purged", all, term);
        }
        return all;
    }

    /** Where there never was a hold, nothing was left behind. */
    private static long done(Handle handle) {
        if (handle.attach(PurgeDao.class).anyHold()) {
            return 0;
        }
        List<RecordParts.Sealed> records =
                handle.attach(RecordParts.class).listSealed(PurgedPlaces.TYPE, Long.MAX_VALUE);
        return records.isEmpty()
                ? 0
                : ((Number) requireNonNull(
                                data(records.get(records.size() - 1).payload()).get("toIndex")))
                        .longValue();
    }

    private static Map<?, ?> data(byte[] payload) {
        return (Map<?, ?>) requireNonNull(Canonical.parse(payload).get("data"));
    }

    private List<PurgeDao.Old> purge(Handle tx, long from, long until, Instant now) {
        PurgeDao dao = tx.attach(PurgeDao.class);
        List<List<Long>> spans = new ArrayList<>();
        List<PurgeDao.Old> old = within(dao.list(from, until, now, BATCH), spans);
        if (old.isEmpty()) {
            return old;
        }
        int gone = 0;
        for (List<UUID> ids : Batches.of(old.stream().map(PurgeDao.Old::recId).toList())) {
            gone += dao.purge(ids, now);
            dao.deleteUses(ids);
        }
        if (gone != old.size()) {
            throw new IllegalStateException("a hold was set while results were purged; the next night goes on");
        }
        int blobs = 0;
        for (String sha256 : attached(old)) {
            blobs += dao.deleteUnused(Hash.ofHex(sha256).bytes());
        }
        evidence.append(
                tx,
                Evidence.of(
                                PurgedPlaces.TYPE,
                                Actor.SYSTEM,
                                Subject.of("ledger", ledger.verifierKey().keyId()))
                        .data("fromIndex", spans.get(0).get(0))
                        .data("toIndex", spans.get(spans.size() - 1).get(1))
                        .data("count", gone)
                        .data("attachments", blobs)
                        .data("policy", "results " + term)
                        .data("spans", spans));
        return old;
    }

    /** As many of them as one record can name: each span is the first index and the one after the last. */
    private static List<PurgeDao.Old> within(List<PurgeDao.Old> old, List<List<Long>> spans) {
        int taken = 0;
        for (PurgeDao.Old one : old) {
            List<Long> last = spans.isEmpty() ? List.of() : spans.get(spans.size() - 1);
            boolean next = !last.isEmpty() && last.get(1) == one.idx();
            if (!next && spans.size() == SPANS) {
                break;
            }
            if (next) {
                spans.set(spans.size() - 1, List.of(last.get(0), one.idx() + 1));
            } else {
                spans.add(List.of(one.idx(), one.idx() + 1));
            }
            taken++;
        }
        return old.subList(0, taken);
    }

    private static Set<String> attached(List<PurgeDao.Old> old) {
        Set<String> hashes = new TreeSet<>();
        for (PurgeDao.Old one : old) {
            String text = new String(one.payload(), StandardCharsets.UTF_8);
            if (text.contains("\"att\":[") && Canonical.parse(one.payload()).get("att") instanceof List<?> list) {
                list.forEach(item -> hashes.add(String.valueOf(((Map<?, ?>) item).get("sha256"))));
            }
        }
        return hashes;
    }
}
