package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.BigEstate;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the pages of every day weigh before compression, on an estate with names, units, tags and backup owners as people write them: no
 * more than 50 KB at the 50 rows that a list shows, in both languages.
 */
final class PageWeightTest {
    private static final int MOST = 50_000;
    private static final int ASSETS = 1_500;

    @AutoClose
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
        "/plans/quarterly, 40",
        "/plans/quarterly?owners=2&units=2, 20",
        "/plans/new, 0",
        "/people, 50",
        "/checks, 50"
    })
    void noPageWeighsMoreThanItsLimit(String path, int rows) {
        for (String language : new String[] {"en", "fr"}) {
            TestApp.Answer answer = app.call("GET", path, null, app.operator("Cookie", "lang=" + language));
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body().split("<tr", -1)).as("rows of " + path).hasSizeGreaterThanOrEqualTo(rows + 1);
            int weight = answer.body().getBytes(StandardCharsets.UTF_8).length;
            assertThat(weight).as(path + " in " + language).isLessThanOrEqualTo(MOST);
        }
    }

    /** What is hidden in a row is of one length, however many checks it stands for. */
    @Test
    void aSignatureOverManyReviewsWeighsNoMore() {
        String session = signedIn("signs@example.org");
        app.app().database().useTransaction(tx -> {
            List<UUID> assets = tx.createQuery("""
                            select r.asset_id from review r
                             where r.slot_no = 4 and r.attested_at is null and r.opened_at is not null
                               and not exists (select 1 from check_state c where c.asset_id = r.asset_id and c.outcome <> 'pass')
                             order by r.review_number limit 50""").mapTo(UUID.class).list();
            tx.createUpdate("update review set owner_id = (select id from person where email = 'signs@example.org')"
                            + " where slot_no = 4 and asset_id in (<assets>)")
                    .bindList("assets", assets)
                    .execute();
            String digest = "sha256:" + "5".repeat(64);
            tx.createUpdate("update review set snapshot_digest = :digest where slot_no = 3 and asset_id in (<assets>)")
                    .bindList("assets", assets)
                    .bind("digest", digest)
                    .execute();
            for (UUID asset : assets) {
                tx.createUpdate("""
                                insert into config_state (id, asset_id, digest, canon_version, sources, collected_at, recorded_at)
                                values (:asset, :asset, :digest, 1, '[]', :now, :now)""")
                        .bind("asset", asset)
                        .bind("digest", digest)
                        .bind("now", app.app().clock().instant())
                        .execute();
                for (int check = 0; check < 30; check++) {
                    tx.createUpdate("""
                                    insert into check_state (asset_id, check_id, run_id, outcome, severity, finished_at, fresh_until)
                                    values (:asset, :check, :run, 'pass', 'high', :now, :fresh)""")
                            .bind("asset", asset)
                            .bind("check", "further-" + check)
                            .bind("run", UUID.randomUUID())
                            .bind("now", app.app().clock().instant())
                            .bind("fresh", app.app().clock().instant().plusSeconds(86_400))
                            .execute();
                }
            }
        });
        TestApp.Answer page = app.call("GET", "/reviews/unchanged", null, Map.of("Cookie", session));
        assertThat(page.body().split("name=\"pick\\.", -1)).hasSize(51);
        assertThat(page.body().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(MOST);
    }

    private static String signedIn(String email) {
        String password = "correct horse battery";
        app.call(
                "POST",
                "/api/v1/people",
                Map.of("email", email, "name", "Alexandra", "role", "owner", "password", password),
                app.operator());
        String form = "email=" + URLEncoder.encode(email, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        TestApp.Answer page = app.call("GET", "/login", null, Map.of());
        String token = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1");
        TestApp.Answer answer = app.call(
                "POST",
                "/login",
                form + "&_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                Map.of("Cookie", cookies(page), "Content-Type", "application/x-www-form-urlencoded"));
        return cookies(answer);
    }

    private static String cookies(TestApp.Answer answer) {
        return answer.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Set-Cookie"))
                .flatMap(header -> header.getValue().stream())
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
    }
}
