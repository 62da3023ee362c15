package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The gaps of an estate that is larger than what is read at once: page by page they are those of the file, none twice and none left out. */
@OnBothDatabases
final class GapListTest {
    private static final String LIST = "/api/v1/coverage/gaps";
    /** More than a thousand, so that figures may be kept, and not all gaps of them are. */
    private static final int ASSETS = 1_010;

    private final TestClock clock = new TestClock();
    private final DatabaseKind kind;

    @AutoClose
    private TestApp app;

    GapListTest(DatabaseKind kind) {
        this.kind = kind;
        app = TestApp.start(clock, TestDatabase.settings(kind));
        StringBuilder csv = new StringBuilder("ref,name,kind,owner_email,criticality,unit\n");
        for (int no = 0; no < ASSETS; no++) {
            String owner = no % 400 == 399 ? "gone@example.org" : "owner@example.org";
            csv.append("%s-%d,No. %d,service.redis,%s,high,unit-%d%n"
                    .formatted(no % 2 == 0 ? "B" : "a", no, no, owner, no % 3));
        }
        TestApp.Answer answer =
                app.call("POST", "/api/v1/assets/import", csv.toString(), app.operator("Content-Type", "text/csv"));
        assertThat(answer.json().path("created").asInt(0)).isEqualTo(ASSETS);
        app.app()
                .database()
                .useTransaction(tx -> tx.execute("update person set active = false where email = 'gone@example.org'"));
    }

    private JsonNode page(String query) {
        return app.get(LIST + query).is(200).json();
    }

    /** Turns every page, and holds their total against what they show. */
    private List<String> pages(String query) {
        List<String> gaps = new ArrayList<>();
        JsonNode page = page("?limit=400" + query);
        long total = page.at("/total/count").asLong();
        while (true) {
            page.path("items")
                    .forEach(gap -> gaps.add(gap.path("asset").asString() + " "
                            + gap.path("gap").asString() + " "
                            + gap.path("check").asString("")));
            String next = page.path("next_cursor").asString("");
            if (next.isEmpty()) {
                assertThat(gaps).hasSize((int) total).doesNotHaveDuplicates();
                return gaps;
            }
            page = page("?limit=400" + query + "&cursor=" + next);
        }
    }

    private List<String> file(String query) {
        return app.get(LIST + ".csv" + query.replaceFirst("^&", "?"))
                .body()
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> cells[1] + " " + cells[0] + " " + cells[6])
                .toList();
    }

    private void everyPageIsTheFile() {
        for (String query :
                List.of("", "&gap=no_plan", "&gap=no_owner", "&gap=stale", "&unit=unit-1", "&asset=a-399")) {
            assertThat(pages(query)).as(query).containsExactlyElementsOf(file(query));
        }
    }

    @Test
    void everyPageShowsWhatTheFileHolds() {
        assertThat(pages("")).hasSizeGreaterThanOrEqualTo(2 * ASSETS + 2);
        assertThat(pages("&gap=no_plan")).hasSize(ASSETS);
        assertThat(pages("&gap=no_owner")).containsExactlyInAnyOrder("a-399 no_owner ", "a-799 no_owner ");
        whereReadingIsSlowTheFirstPagesAreKept();
    }

    private void whereReadingIsSlowTheFirstPagesAreKept() {
        AtomicBoolean slow = new AtomicBoolean(true);
        List<String> seen = new ArrayList<>();
        app.app().database().jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                clock.advance(slow.get() ? Duration.ofMillis(150) : Duration.ZERO);
                seen.add(context.getRenderedSql());
            }
        });
        page("");
        page("");
        slow.set(false);
        long before = page("").at("/total/count").asLong();
        Map<String, Object> other =
                Map.of("ref", "0-new", "name", "New", "kind", "service.redis", "owner", "owner@example.org");
        app.post("/api/v1/assets", other).is(201);
        seen.clear();
        JsonNode first = page("?limit=400");
        assertThat(first.at("/total/count").asLong()).isEqualTo(before);
        page("?limit=400&cursor=" + first.path("next_cursor").asString());
        app.get("/coverage/gaps").is(200);
        assertThat(seen).noneMatch(sql -> sql.contains("check_state") || sql.contains("enrolment"));
        clock.advance(Duration.ofMinutes(3));
        assertThat(page("").path("items").get(0).path("asset").asString()).isEqualTo("0-new");
        assertThat(page("").at("/total/count").asLong()).isGreaterThan(before);
        everyPageIsTheFile();
    }
}
