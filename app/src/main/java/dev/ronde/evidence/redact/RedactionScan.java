package dev.ronde.evidence.redact;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through stored results, and other texts that came from outside, with the newest rules: every night at those that are new, and at
 * all of them once the rules have changed.
 * What it finds is reported and never edited: evidence is sealed, and what to do about it is a person's decision.
 */
public final class RedactionScan {
    private static final Logger log = LoggerFactory.getLogger(RedactionScan.class);
    private static final LocalTime AT = LocalTime.of(3, 40);
    private static final Duration SETTLED = Duration.ofMinutes(10);
    private static final UUID BEGINNING = new UUID(0, 0);
    private static final int PAGE = 500;
    private static final int MOST_A_NIGHT = 1_000_000;

    private final Database database;
    private final EvidenceLog evidence;
    private final InstantSource clock;
    private final Redactor redactor;
    private final List<StoredTexts> texts;

    /** @param texts what else is looked at beside results */
    public RedactionScan(Database database, EvidenceLog evidence, InstantSource clock, List<StoredTexts> texts) {
        this(database, evidence, clock, texts, Redactor.standard());
    }

    RedactionScan(
            Database database, EvidenceLog evidence, InstantSource clock, List<StoredTexts> texts, Redactor redactor) {
        this.texts = texts;
        this.database = database;
        this.evidence = evidence;
        this.clock = clock;
        this.redactor = redactor;
    }

    /**
     * What is known.
     *
     * @param rules version of the rules of the last scan, 0 before the first
     * @param scanned results and texts looked at with these rules
     * @param finishedAt end of the last scan in UTC, null before the first
     * @param hits places found so far
     * @param newest the newest of them
     */
    public record Report(int rules, long scanned, @Nullable Instant finishedAt, long hits, List<RedactionHit> newest) {}

    /** The daily tick, at 03:40 in {@code zone}. */
    public Tick tick(ZoneId zone) {
        return new Daily("redaction-scan", AT, zone, database, now -> {
            run(Actor.SYSTEM);
            return 1;
        });
    }

    public Report run(Actor by) {
        Instant until = clock.instant().minus(SETTLED);
        RedactionDao.Progress before = database.read(RedactionScan::progress)
                .filter(progress -> progress.rules() == Redactor.RULES)
                .orElse(new RedactionDao.Progress(Redactor.RULES, BEGINNING, 0, 0, Instant.EPOCH));
        UUID after = before.afterId();
        int looked = 0;
        int found = 0;
        List<RedactionDao.Stored> page;
        do {
            UUID from = after;
            page = database.read(handle -> handle.attach(RedactionDao.class).listResults(from, until, PAGE));
            List<RedactionHit> hits = hits(page);
            looked += page.size();
            found += TextScan.keep(database, hits);
            after = page.isEmpty() ? after : page.get(page.size() - 1).recId();
        } while (page.size() == PAGE && looked < MOST_A_NIGHT);
        boolean complete = looked < MOST_A_NIGHT;
        TextScan scan = new TextScan(database, clock, redactor);
        for (StoredTexts table : texts) {
            TextScan.Looked seen = scan.run(table, until, MOST_A_NIGHT);
            looked += seen.rows();
            found += seen.hits();
            complete &= seen.complete();
        }
        store(by, after, before, new TextScan.Looked(looked, found, complete));
        return report(100);
    }

    /** {@code newest} limits the hits in the report. */
    public Report report(int newest) {
        return database.read(handle -> {
            RedactionDao dao = handle.attach(RedactionDao.class);
            Optional<RedactionDao.Progress> progress = dao.findProgress();
            return new Report(
                    progress.map(RedactionDao.Progress::rules).orElse(0),
                    progress.map(RedactionDao.Progress::scanned).orElse(0L),
                    progress.map(RedactionDao.Progress::finishedAt).orElse(null),
                    dao.countHits(),
                    dao.listHits(newest));
        });
    }

    private static Optional<RedactionDao.Progress> progress(Handle handle) {
        return handle.attach(RedactionDao.class).findProgress();
    }

    private void store(Actor by, UUID after, RedactionDao.Progress before, TextScan.Looked seen) {
        RedactionDao.Progress progress = new RedactionDao.Progress(
                Redactor.RULES,
                after,
                before.scanned() + seen.rows(),
                before.hits() + seen.hits(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        database.useTransaction(tx -> {
            if (tx.attach(RedactionDao.class).updateProgress(progress) == 0) {
                tx.attach(RedactionDao.class).insertProgress(progress);
            }
            evidence.append(
                    tx,
                    Evidence.of("redaction.scanned", by, Subject.of("redactor", "rules", Redactor.RULES))
                            .data("scanned", seen.rows())
                            .data("hits", seen.hits())
                            .data("complete", seen.complete()));
        });
        if (seen.hits() > 0) {
            log.warn(
                    "the redaction scan found {} places in {} stored results and texts; see /evidence",
                    seen.hits(),
                    seen.rows());
        }
    }

    private List<RedactionHit> hits(List<RedactionDao.Stored> page) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<RedactionHit> hits = new ArrayList<>();
        for (RedactionDao.Stored stored : page) {
            texts(stored)
                    .forEach((part, content) -> redactor.places(part, content)
                            .forEach(hit -> hits.add(new RedactionHit(
                                    stored.recId(),
                                    hit.place(),
                                    hit.rule(),
                                    stored.assetRef(),
                                    stored.checkId(),
                                    Redactor.RULES,
                                    now))));
        }
        return hits.stream().distinct().toList();
    }

    /** The parts of a result that come from its target; large ones are in an attachment. */
    private Map<String, Object> texts(RedactionDao.Stored stored) {
        Map<String, Object> texts = new TreeMap<>();
        Map<?, ?> data = Canonical.parse(stored.payload()).get("data") instanceof Map<?, ?> map ? map : Map.of();
        for (String part : List.of("facts", "assertions", "detail", "said")) {
            Object inline = data.get(part);
            if (inline != null) {
                texts.put(part, inline);
            } else if (data.get(part + "Ref") instanceof String hash) {
                blob(hash).ifPresent(content -> texts.put(part, content));
            }
        }
        return texts;
    }

    private Optional<Object> blob(String hash) {
        byte[] sha256 = HexFormat.of().parseHex(hash);
        return database.read(handle -> handle.attach(RedactionDao.class).findBlob(sha256))
                .map(bytes -> "{\"content\":" + new String(bytes, StandardCharsets.UTF_8) + "}")
                .map(text ->
                        Canonical.parse(text.getBytes(StandardCharsets.UTF_8)).get("content"));
    }
}
