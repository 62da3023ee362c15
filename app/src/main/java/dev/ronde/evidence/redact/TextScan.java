package dev.ronde.evidence.redact;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.time.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Looks through one table of texts, from where the last scan with the same rules ended. */
record TextScan(Database database, InstantSource clock, Redactor redactor) {
    private static final UUID BEGINNING = new UUID(0, 0);

    public record Line(
            UUID id, @Nullable String assetRef, @Nullable String checkId, String place, String said) {}

    /** Rows looked at, and places found that were not known before. */
    record Looked(int rows, int hits, boolean complete) {}

    /** Reads at most {@code most} rows written until then; in rewritten tables also newer rows, and again next time. */
    Looked run(StoredTexts texts, Instant until, int most) {
        RedactionDao.Place before = database.read(
                        handle -> handle.attach(RedactionDao.class).findPlace(texts.name()))
                .filter(place -> place.rules() == Redactor.RULES)
                .orElse(new RedactionDao.Place(texts.name(), Redactor.RULES, BEGINNING, Instant.EPOCH, until));
        // of a table whose rows are inserted and left, the id says when
        UUID last = texts.rewritten() ? new UUID(-1, -1) : Ids.last(until);
        UUID after = before.afterId();
        // rows that were passed on the first night of a look may be written again before its last
        Instant pass = (after.equals(BEGINNING) ? until : before.passUntil()).truncatedTo(ChronoUnit.MICROS);
        int rows = 0;
        int found = 0;
        List<Line> page;
        do {
            UUID from = after;
            page = database.read(handle -> {
                Query query = handle.createQuery(texts.sql())
                        .bind("after", from)
                        .bind("last", last)
                        .bind("limit", texts.page());
                if (texts.rewritten()) {
                    query.bind("since", before.seenUntil());
                }
                return query.mapTo(Line.class).list();
            });
            List<RedactionHit> hits = hits(texts, page);
            rows += page.size();
            found += keep(database, hits);
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (!page.isEmpty() && rows < most);
        boolean complete = page.isEmpty();
        boolean anew = complete && texts.rewritten();
        store(new RedactionDao.Place(
                texts.name(), Redactor.RULES, anew ? BEGINNING : after, complete ? pass : before.seenUntil(), pass));
        return new Looked(rows, found, complete);
    }

    private void store(RedactionDao.Place place) {
        database.useTransaction(tx -> {
            if (tx.attach(RedactionDao.class).updatePlace(place) == 0) {
                tx.attach(RedactionDao.class).insertPlace(place);
            }
        });
    }

    /** Keeps what was found and returns how much of it is new. */
    static int keep(Database database, List<RedactionHit> hits) {
        if (hits.isEmpty()) {
            return 0;
        }
        return database.inTransaction(tx -> {
            RedactionDao dao = tx.attach(RedactionDao.class);
            Set<RedactionDao.Known> known = dao.listKnown(
                    hits.stream().map(RedactionHit::recId).distinct().toList());
            List<RedactionHit> unknown = hits.stream()
                    .filter(hit -> !known.contains(new RedactionDao.Known(hit.recId(), hit.place(), hit.rule())))
                    .toList();
            dao.insertHits(unknown);
            return unknown.size();
        });
    }

    private List<RedactionHit> hits(StoredTexts texts, List<Line> page) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<RedactionHit> hits = new ArrayList<>();
        for (Line line : page) {
            redactor.textPlaces(texts.name() + "." + line.place(), content(line.said()))
                    .forEach(hit -> hits.add(new RedactionHit(
                            line.id(), hit.place(), hit.rule(), line.assetRef(), line.checkId(), Redactor.RULES, now)));
        }
        return hits.stream().distinct().toList();
    }

    /** The text parsed as a document, or the text itself. */
    private static Object content(String said) {
        if (!said.startsWith("{") && !said.startsWith("[")) {
            return said;
        }
        try {
            Object content = Canonical.parse(("{\"content\":" + said + "}").getBytes(StandardCharsets.UTF_8))
                    .get("content");
            return content == null ? said : content;
        } catch (RuntimeException notJson) {
            // what only looks like a document is looked at as it stands
            return said;
        }
    }
}
