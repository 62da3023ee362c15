package dev.ronde.review.room;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.ronde.testing.BigEstate;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;

/** The table of reviews as a download: all of it, and so many questions a page whatever stands in it. */
final class ReviewTableTest {
    private static final int ASSETS = 1_000;
    private static final int REVIEWS = 5 * ASSETS;
    private static final int PAGES = REVIEWS / 500 + 1;
    /** The page, and what is looked up for it, some hundred at once; and who asks. */
    private static final int STATEMENTS = PAGES * 10 + 20;

    private final TestClock clock = TestClock.at("2026-03-03T09:00:00Z");

    @Test
    void aDownloadAsksSoManyTimesAPageWhateverItHolds() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            BigEstate.fill(app, ASSETS);
            app.app().database().useTransaction(tx -> tx.execute("""
                    update review set performed_by = 'p:' || substring(cast(id as varchar), 21), performed_by_name = 'Nadia'
                     where attested_at is not null"""));
            List<String> asked = listened(app);

            List<NamedCsvRecord> rows = rows(app.get("/api/v1/reviews.csv").body());
            assertThat(rows).hasSize(REVIEWS);
            assertThat(rows.stream().map(row -> row.getField("ref")).distinct()).hasSize(REVIEWS);
            assertThat(rows.stream().map(row -> row.getField("due_on"))).isSorted();
            assertThat(rows.stream().filter(row -> row.getField("performed_by").equals("Nadia")))
                    .hasSizeGreaterThan(2 * ASSETS);
            assertThat(asked).hasSizeLessThan(STATEMENTS);
            asked.clear();
            assertThat(app.get("/reviews.csv").body().lines()).hasSize(REVIEWS + 1);
            assertThat(asked).hasSizeLessThan(STATEMENTS);

            clock.advance(Duration.ofDays(60));
            asked.clear();
            assertThat(rows(app.get("/api/v1/reviews.csv?state=missed").body()))
                    .hasSizeGreaterThan(500)
                    .allMatch(row -> row.getField("outcome").equals("missed"));
            assertThat(asked.stream().filter(sql -> sql.startsWith("select count(*) from (")))
                    .as("how many missed ones there are")
                    .hasSize(1);
        }
    }

    private static List<String> listened(TestApp app) {
        List<String> asked = new CopyOnWriteArrayList<>();
        app.app().database().jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                asked.add(context.getRenderedSql());
            }
        });
        return asked;
    }

    private static List<NamedCsvRecord> rows(String csv) {
        return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }
}
