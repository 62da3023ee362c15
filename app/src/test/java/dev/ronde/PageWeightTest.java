package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.BigEstate;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the pages of every day weigh before compression, on an estate with names, units, tags and backup owners as people write them: no
 * more than 50 KB at the 50 rows that a list shows, in both languages.
 */
final class PageWeightTest {
    private static final int MOST = 50_000;
    private static final int ASSETS = 3_000;

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start(TestClock.at("2026-03-03T09:00:00Z"), Map.of());
        BigEstate.fill(app, ASSETS);
        app.app().database().useTransaction(tx -> {
            tx.execute("update asset set name = 'Customer area, ' || name, criticality = 'critical',"
                    + " backup_id = owner_id, unit = 'Platforms of ' || unit");
            tx.execute("update person set name = 'Alexandra ' || substring(email from 1 for 8)");
            tx.execute("update asset_tag set tag = 'production-' || tag where tag <> 'bench'");
            tx.execute(
                    "update finding set summary = 'The port 6379 answers to everybody who asks it without a password'");
        });
        app.app().run("dashboard-figures");
        app.app().run("asset-choices");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, 20",
        "/assets, 50",
        "/assets?state=late, 50",
        "/reviews, 50",
        "/reviews?overdue=true, 50",
        "/reviews?state=scheduled, 50",
        "/reviews/REV-389, 0",
        "/findings, 50",
        "/plans, 1",
        "/plans/new, 0",
        "/people, 50",
        "/checks, 50"
    })
    void noPageWeighsMoreThanItsLimit(String path, int rows) {
        for (String language : new String[] {"en", "fr"}) {
            TestApp.Answer answer = app.call(
                    "GET",
                    path,
                    null,
                    Map.of("Authorization", "Bearer " + app.app().token(), "Cookie", "lang=" + language));
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body().split("<tr", -1)).as("rows of " + path).hasSizeGreaterThanOrEqualTo(rows + 1);
            int weight = answer.body().getBytes(StandardCharsets.UTF_8).length;
            assertThat(weight).as(path + " in " + language).isLessThanOrEqualTo(MOST);
        }
    }
}
