package dev.ronde.review;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ronde.account.People;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The reviews table of {@code contract.md}, for downloads and exports; nothing is left out or shortened. */
public final class ReviewCsv {

    /** The columns, in the order of the contract. */
    public static final List<String> COLUMNS = List.of(
            "ref",
            "asset_ref",
            "asset_name",
            "plan",
            "plan_version",
            "controls",
            "cause",
            "scheduled_on",
            "due_on",
            "opened_at",
            "first_notified_at",
            "performed_at",
            "recorded_at",
            "performed_by",
            "channel",
            "assurance",
            "outcome",
            "days_late",
            "gap_days",
            "max_gap_days",
            "gap_ok",
            "missed_cause",
            "recovery",
            "config_digest",
            "baseline_digest",
            "changes",
            "approver",
            "approved_at",
            "waiver",
            "evidence_count");

    private static final int PAGE = 500;

    private final Database database;
    private final InstantSource clock;
    private final People people;
    private final FirstNotice notices;

    ReviewCsv(Database database, InstantSource clock, People people, FirstNotice notices) {
        this.database = database;
        this.clock = clock;
        this.people = people;
        this.notices = notices;
    }

    /** When somebody was first told of a review; the reminder room knows. */
    @FunctionalInterface
    public interface FirstNotice {
        /** When the first mail about the review was accepted; null when none was. */
        @Nullable
        Instant of(Handle handle, Review review);
    }

    /** The whole table as text, with headers. Cells that a spreadsheet would take for a formula get an apostrophe. */
    public String text(ReviewFilter filter, char separator) {
        StringWriter out = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().fieldSeparator(separator).build(out)) {
            writer.writeRecord(COLUMNS);
            database.jdbi()
                    .useHandle(handle -> rows(
                            handle,
                            filter,
                            cells -> writer.writeRecord(
                                    cells.stream().map(ReviewCsv::harmless).toList())));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    /** Every row of the table, earliest due date first, cells in the order of the columns. */
    public void rows(Handle handle, ReviewFilter filter, Consumer<List<String>> sink) {
        Instant now = clock.instant();
        Map<String, String> controls = new HashMap<>();
        LocalDate afterDueOn = null;
        long afterNumber = 0;
        List<ReviewRow> page;
        do {
            page = new ReviewQuery(filter, now).list(handle, afterDueOn, afterNumber, PAGE);
            for (ReviewRow row : page) {
                sink.accept(cells(handle, row, now, controls));
                afterDueOn = row.review().dates().dueOn();
                afterNumber = row.review().reviewNumber();
            }
        } while (page.size() == PAGE);
    }

    private List<String> cells(Handle handle, ReviewRow row, Instant now, Map<String, String> controls) {
        Review review = row.review();
        Attestation said = review.attestation();
        String frameworks = controls.computeIfAbsent(
                review.planId() + "/" + review.planVersion(),
                version -> String.join(
                        "|",
                        handle.attach(PlanDao.class)
                                .findVersion(review.planId(), review.planVersion())
                                .orElseThrow()
                                .read()
                                .frameworks()));
        return List.of(
                review.ref(),
                row.assetRef(),
                row.assetName(),
                review.planId(),
                String.valueOf(review.planVersion()),
                frameworks,
                review.cause(),
                cell(review.dates().scheduledOn()),
                cell(review.dates().dueOn()),
                cell(review.opening().openedAt()),
                cell(notices.of(handle, review)),
                cell(said.attestedAt()),
                cell(said.recordedAt()),
                performedBy(said),
                cell(said.channel()),
                cell(said.assurance()),
                outcome(review, now),
                String.valueOf(review.daysLate(now)),
                cell(review.gapDays(now).orElse(null)),
                cell(review.dates().maxGapDays()),
                cell(review.gapOk(now).orElse(null)),
                cell(review.closing().missedCause()),
                cell(review.closing().recovery()),
                cell(said.snapshotDigest()),
                cell(review.opening().baselineDigest()),
                said.changes() == null
                        ? ""
                        : String.valueOf(Json.tree(said.changes()).size()),
                "",
                "",
                said.waiverReason() == null ? "" : said.waiverReason() + " (" + said.waiverUntil() + ")",
                String.valueOf(handle.attach(ReviewEventDao.class).countByReview(review.id())));
    }

    /** The statement's outcome; where there is none, the state says why. */
    private static String outcome(Review review, Instant now) {
        String outcome = review.attestation().outcome();
        return outcome == null ? review.stateAt(now).word() : outcome;
    }

    private String performedBy(Attestation said) {
        String ref = said.performedBy();
        if (ref == null) {
            return "";
        }
        String name = said.performedByName();
        return people.nameOf(ref).orElse(name == null ? ref : name);
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
