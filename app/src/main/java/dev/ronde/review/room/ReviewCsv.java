package dev.ronde.review.room;

import dev.ronde.account.People;
import dev.ronde.evidence.RecordCount;
import dev.ronde.evidence.population.ReviewColumn;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.file.WorkFolder;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Attestation;
import dev.ronde.review.FirstNotice;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewFilter;
import dev.ronde.review.ReviewQuery;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The reviews table of {@code contract.md} as a download; nothing is left out or shortened. */
public final class ReviewCsv {

    private static final int PAGE = 500;

    private static final int MADE = 4;

    /** How many are made or taken at once; each is a file of up to some hundred MB. */
    private static final int KEPT = 16;

    private static final Duration LATER = Duration.ofSeconds(30);

    private final Semaphore making = new Semaphore(MADE);
    private final Semaphore keeping = new Semaphore(KEPT);
    private final WorkFolder work;
    private final Database database;
    private final InstantSource clock;
    private final People people;
    private final FirstNotice notices;

    ReviewCsv(WorkFolder work, Database database, InstantSource clock, People people, FirstNotice notices) {
        this.work = work;
        this.database = database;
        this.clock = clock;
        this.people = people;
        this.notices = notices;
    }

    /**
     * The whole table of one moment, with headers, in UTF-8. Cells that a spreadsheet would take for a formula get an apostrophe. It is read
     * into a file of the home first: however slowly somebody takes it, the database does not wait for them.
     *
     * @param mark whether it begins with a byte order mark
     * @param to asked for once all is read
     * @throws Problem 429 while four others are made, or sixteen made or taken
     */
    void send(ReviewFilter filter, char separator, boolean mark, Supplier<OutputStream> to) {
        enter(keeping);
        try {
            Path file = work.file(".csv");
            try {
                make(file, filter, separator, mark);
                Files.copy(file, to.get());
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } finally {
            keeping.release();
        }
    }

    /** The database is asked for a few at once only; whoever then takes theirs slowly keeps nobody else from theirs. */
    private void make(Path file, ReviewFilter filter, char separator, boolean mark) throws IOException {
        enter(making);
        try {
            write(file, filter, separator, mark);
        } finally {
            making.release();
        }
    }

    private static void enter(Semaphore permits) {
        if (!permits.tryAcquire()) {
            throw Problem.tooMany(LATER);
        }
    }

    private void write(Path file, ReviewFilter filter, char separator, boolean mark) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            if (mark) {
                out.write('\uFEFF');
            }
            ReviewColumn.TABLE.write(
                    out, separator, rows -> database.readSnapshot(handle -> rows(handle, filter, rows)));
        }
    }

    /** Every row of the table, earliest due date first; returns how many. */
    private long rows(Handle handle, ReviewFilter filter, Consumer<Map<ReviewColumn, String>> sink) {
        Instant now = clock.instant();
        ReviewQuery query = new ReviewQuery(filter, now);
        Map<String, String> controls = new HashMap<>();
        LocalDate afterDueOn = null;
        long afterNumber = 0;
        long count = 0;
        List<ReviewRow> page;
        do {
            page = query.list(handle, afterDueOn, afterNumber, PAGE);
            count += page.size();
            Known known = known(handle, page);
            for (ReviewRow row : page) {
                sink.accept(cells(handle, row, now, controls, known));
                afterDueOn = row.review().dates().dueOn();
                afterNumber = row.review().reviewNumber();
            }
        } while (page.size() == PAGE);
        return count;
    }

    /** What is looked up for a page at once: first notices by id, records by ref, names by reference. */
    private record Known(Map<UUID, Instant> notified, Map<String, Long> records, Map<String, String> names) {
        /** The name as it is now, as it was then, or the reference; empty where there is nobody. */
        String named(@Nullable String ref, @Nullable String then) {
            return ref == null ? "" : names.getOrDefault(ref, then == null ? ref : then);
        }
    }

    private Known known(Handle handle, List<ReviewRow> page) {
        List<Review> reviews = page.stream().map(ReviewRow::review).toList();
        List<String> refs = reviews.stream()
                .flatMap(review -> Stream.of(
                        review.attestation().performedBy(), review.approval().approver()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new Known(
                notices.of(handle, reviews),
                RecordCount.about(
                        handle, "review", reviews.stream().map(Review::ref).toList()),
                people.namesOf(handle, refs));
    }

    private Map<ReviewColumn, String> cells(
            Handle handle, ReviewRow row, Instant now, Map<String, String> controls, Known known) {
        Review review = row.review();
        Attestation said = review.attestation();
        String frameworks = controls.computeIfAbsent(
                review.planId() + "/" + review.planVersion(),
                version -> String.join("|", ReviewRecords.plan(handle, review).frameworks()));
        Map<ReviewColumn, String> cells = new EnumMap<>(ReviewColumn.class);
        cells.put(ReviewColumn.REF, review.ref());
        cells.put(ReviewColumn.ASSET_REF, row.assetRef());
        cells.put(ReviewColumn.ASSET_NAME, row.assetName());
        cells.put(ReviewColumn.PLAN, review.planId());
        cells.put(ReviewColumn.PLAN_VERSION, String.valueOf(review.planVersion()));
        cells.put(ReviewColumn.CONTROLS, frameworks);
        cells.put(ReviewColumn.CAUSE, review.cause());
        cells.put(ReviewColumn.SCHEDULED_ON, cell(review.dates().scheduledOn()));
        cells.put(ReviewColumn.DUE_ON, cell(review.dates().dueOn()));
        cells.put(ReviewColumn.OPENED_AT, cell(review.opening().openedAt()));
        cells.put(ReviewColumn.FIRST_NOTIFIED_AT, cell(known.notified().get(review.id())));
        cells.put(ReviewColumn.PERFORMED_AT, cell(said.attestedAt()));
        cells.put(ReviewColumn.RECORDED_AT, cell(said.recordedAt()));
        cells.put(ReviewColumn.PERFORMED_BY, known.named(said.performedBy(), said.performedByName()));
        cells.put(ReviewColumn.CHANNEL, cell(said.channel()));
        cells.put(ReviewColumn.ASSURANCE, cell(said.assurance()));
        cells.put(
                ReviewColumn.OUTCOME,
                ReviewColumn.outcome(said.outcome(), review.stateAt(now).word()));
        cells.put(ReviewColumn.DAYS_LATE, String.valueOf(review.daysLate(now)));
        cells.put(ReviewColumn.GAP_DAYS, cell(review.gapDays(now).orElse(null)));
        cells.put(ReviewColumn.MAX_GAP_DAYS, cell(review.dates().maxGapDays()));
        cells.put(ReviewColumn.GAP_OK, cell(review.gapOk(now).orElse(null)));
        cells.put(ReviewColumn.MISSED_CAUSE, cell(review.closing().missedCause()));
        cells.put(ReviewColumn.RECOVERY, cell(review.closing().recovery()));
        cells.put(ReviewColumn.CONFIG_DIGEST, cell(said.snapshotDigest()));
        cells.put(ReviewColumn.BASELINE_DIGEST, cell(review.opening().baselineDigest()));
        cells.put(ReviewColumn.CHANGES, cell(said.changeCount().orElse(null)));
        cells.put(
                ReviewColumn.APPROVER,
                known.named(review.approval().approver(), review.approval().approverName()));
        cells.put(ReviewColumn.APPROVED_AT, cell(review.approval().approvedAt()));
        cells.put(ReviewColumn.WAIVER, ReviewColumn.waiver(said.waiverReason(), said.waiverUntil()));
        cells.put(ReviewColumn.EVIDENCE_COUNT, String.valueOf(known.records().getOrDefault(review.ref(), 0L)));
        return cells;
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
