package dev.ronde.evidence.redact;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.platform.db.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Looks through one table of texts, from where the last scan with the same rules ended. */
final class TextScan {
    private static final UUID BEGINNING = new UUID(0, 0);

    private final Database database;
    private final InstantSource clock;
    private final Redactor redactor;

    TextScan(Database database, InstantSource clock, Redactor redactor) {
        this.database = database;
        this.clock = clock;
        this.redactor = redactor;
    }

    /** A line of a table. */
    public record Line(
            UUID id, @Nullable String assetRef, @Nullable String checkId, String place, String said) {}

    /** What was looked at, in rows, and what was found. */
    record Looked(int rows, int hits, boolean complete) {}

    /** Looks at what was written until then, at most so many rows. */
    Looked run(StoredTexts texts, Instant until, int most) {
        RedactionDao.Place before = database.read(
                        handle -> handle.attach(RedactionDao.class).findPlace(texts.name()))
                .filter(place -> place.rules() == Redactor.RULES)
                .orElse(new RedactionDao.Place(texts.name(), Redactor.RULES, BEGINNING, Instant.EPOCH));
        // of a table whose rows are inserted and left, the id says when
        UUID last = texts.rewritten() ? new UUID(-1, -1) : last(until);
        UUID after = before.afterId();
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
                    query.bind("since", before.seenUntil()).bind("until", until);
                }
                return query.mapTo(Line.class).list();
            });
            List<RedactionHit> hits = hits(texts, page);
            if (!hits.isEmpty()) {
                database.useTransaction(tx -> tx.attach(RedactionDao.class).insertHits(hits));
            }
            rows += page.size();
            found += hits.size();
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (!page.isEmpty() && rows < most);
        boolean complete = page.isEmpty();
        boolean anew = complete && texts.rewritten();
        store(new RedactionDao.Place(
                texts.name(),
                Redactor.RULES,
                anew ? BEGINNING : after,
                complete ? until.truncatedTo(ChronoUnit.MICROS) : before.seenUntil()));
        return new Looked(rows, found, complete);
    }

    /** The greatest id that can have been made until then. */
    private static UUID last(Instant until) {
        return new UUID((until.toEpochMilli() << 16) | 0x7FFFL, -1);
    }

    private void store(RedactionDao.Place place) {
        database.useTransaction(tx -> {
            if (tx.attach(RedactionDao.class).updatePlace(place) == 0) {
                tx.attach(RedactionDao.class).insertPlace(place);
            }
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

    /** The document that a text is, or else the text. */
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
