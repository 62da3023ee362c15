package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.BigEstate;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What PostgreSQL does for the statements of every day on 100,000 reviews, results and due rows: the product is used, each statement it
 * runs is explained with the values it was run with, and none may read a large table from end to end. Figures over the whole estate
 * are read before, by their ticks, as on every estate where that is slow; that no page reads them again is part of what is shown.
 */
@Tag("long")
final class HotStatementsTest {
    private static final int ASSETS = "full".equals(System.getProperty("ronde.scale")) ? 100_000 : 20_000;
    private static final int LARGE = 10_000;
    /** Each statement takes so long by the product's clock, so that every figure is one that is worth keeping. */
    private static final Duration STATEMENT = Duration.ofMillis(150);

    private static final TestClock CLOCK = TestClock.at("2026-03-03T09:00:00Z");
    private static final ScriptedSmtp SMTP = new ScriptedSmtp();
    private static final Map<String, String> SEEN = new LinkedHashMap<>();
    private static TestApp app;
    private static Set<String> large;
    private static boolean slow = true;

    @BeforeAll
    static void start() {
        Map<Setting, String> settings = new EnumMap<>(TestDatabase.settings(DatabaseKind.POSTGRESQL));
        settings.put(Setting.SMTP_HOST, "127.0.0.1");
        settings.put(Setting.SMTP_PORT, String.valueOf(SMTP.port()));
        settings.put(Setting.SMTP_TLS, "none");
        settings.put(Setting.MAIL_FROM, "ronde@example.org");
        settings.put(Setting.MAIL_RATE, "0");
        app = TestApp.start(CLOCK, settings);
        BigEstate.fill(app, ASSETS);
        BigEstate.tell(app);
        app.app().database().useTransaction(tx -> tx.execute("""
                update due set next_due_at = next_due_at + interval '3' day
                 where subject_id not in (select few.id from asset few order by few.id limit 100)"""));
        app.app().run("seal");
        app.app().database().read(handle -> handle.execute("vacuum analyze"));
        large = tables();
        app.app().database().jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                CLOCK.advance(slow ? STATEMENT : Duration.ZERO);
                SEEN.computeIfAbsent(context.getRenderedSql(), sql -> String.valueOf(context.getStatement()));
            }
        });
        List.of("dashboard-figures", "check-figures", "asset-choices", "framework-figures", "gap-figures")
                .forEach(app.app()::run);
        slow = false;
    }

    @AfterAll
    static void stop() {
        app.close();
        SMTP.close();
    }

    @Test
    void whatMustBeLargeIsLarge() {
        assertThat(large)
                .contains(
                        "asset",
                        "review",
                        "enrolment",
                        "check_state",
                        "due",
                        "evidence_record",
                        "ledger_leaf",
                        "notice",
                        "outbox",
                        "mail_grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/assets",
                "/assets?unit=unit-2",
                "/assets?state=late",
                "/assets?owner=owner3@example.org",
                "/assets/asset-77",
                "/api/v1/assets",
                "/reviews",
                "/reviews?overdue=true",
                "/reviews?state=open",
                "/reviews?state=scheduled",
                "/reviews?state=acknowledged",
                "/reviews?state=missed",
                "/reviews?owner=owner3@example.org",
                "/reviews?plan=quarterly",
                "/reviews/REV-389",
                "/api/v1/reviews",
                "/findings",
                "/api/v1/findings",
                "/checks",
                "/api/v1/check-runs.ocsf?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z",
                "/coverage",
                "/coverage/gaps",
                "/coverage/gaps?gap=no_plan",
                "/people"
            })
    void aPageReadsNoLargeTable(String page) {
        holds(() -> assertThat(app.get(page).status()).isEqualTo(200));
    }

    /** An index that finds the rows of a list in its order leaves out what another list shows. */
    @ParameterizedTest
    @ValueSource(strings = {"/reviews", "/reviews?state=scheduled", "/reviews?state=missed"})
    void aListLeavesOutFewOfTheRowsItReads(String page) {
        SEEN.clear();
        assertThat(app.get(page).status()).isEqualTo(200);
        Map<String, Long> left = new TreeMap<>();
        new LinkedHashMap<>(SEEN)
                .forEach((sql, bound) -> left.merge(
                        sql.replaceAll("\\s+", " "),
                        explained(bound, "analyze, format json")
                                .map(plan -> leftOut(plan))
                                .orElse(0L),
                        Math::max));
        left.values().removeIf(rows -> rows < LARGE / 2);
        assertThat(left).as("statements that read and leave out many rows").isEmpty();
    }

    private static long leftOut(JsonNode node) {
        long left = node.path("Rows Removed by Filter").asLong(0);
        for (JsonNode child : node.path("Plans")) {
            left += leftOut(child);
        }
        return left;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checks",
                "reviews",
                "reminders",
                "mail-relay",
                "seal",
                "webhook-events",
                "webhook-deliveries",
                "waivers",
                "allowances",
                "sessions"
            })
    void aTickReadsNoLargeTable(String tick) {
        app.app().run(tick);
        holds(() -> app.app().run(tick));
    }

    @Test
    void aLinkInAMailReadsNoLargeTable() {
        app.app().run("reminders");
        app.app().database().useTransaction(tx -> tx.execute("""
                update outbox set state = 'cancelled' where state = 'queued'
                   and id not in (select few.id from outbox few where few.state = 'queued' order by few.id limit 3)"""));
        app.app().run("mail-relay");
        assertThat(SMTP.taken()).isNotEmpty();
        Matcher link = Pattern.compile("/[dr]/[a-z2-7]{40}").matcher(String.join("", SMTP.taken()));
        assertThat(link.find()).isTrue();
        holds(() -> assertThat(app.call("GET", link.group(), null, Map.of()).status())
                .isEqualTo(200));
    }

    private static void holds(Runnable work) {
        SEEN.clear();
        work.run();
        Map<String, String> seen = new LinkedHashMap<>(SEEN);
        assertThat(seen).as("statements").isNotEmpty();
        Map<String, Set<String>> scanned = new TreeMap<>();
        seen.forEach((sql, bound) -> {
            Set<String> tables = scanned(bound);
            if (!tables.isEmpty()) {
                scanned.put(sql.replaceAll("\\s+", " "), tables);
            }
        });
        assertThat(scanned)
                .as("statements that read a large table from end to end")
                .isEmpty();
    }

    /** The statement as the driver shows it, with its values in their places. */
    private static Set<String> scanned(String bound) {
        Set<String> scanned = new TreeSet<>();
        explained(bound, "format json").ifPresent(plan -> walk(plan, scanned));
        return scanned;
    }

    private static Optional<JsonNode> explained(String bound, String how) {
        String sql = bound.substring(bound.indexOf("wrapping ") + "wrapping ".length());
        String kinds = how.contains("analyze") ? "select|with" : "select|insert|update|delete|with";
        if (!sql.matches("(?is)\\s*(" + kinds + ")\\b.*")) {
            return Optional.empty();
        }
        return app.app().database().read(handle -> {
            try (Statement statement = handle.getConnection().createStatement();
                    ResultSet plan = statement.executeQuery("explain (" + how + ") " + sql)) {
                plan.next();
                return Optional.of(Json.tree(plan.getString(1)).get(0).path("Plan"));
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        });
    }

    private static void walk(JsonNode node, Set<String> scanned) {
        String table = node.path("Relation Name").asString("");
        if (node.path("Node Type").asString("").equals("Seq Scan") && large.contains(table)) {
            scanned.add(table);
        }
        node.path("Plans").forEach(child -> walk(child, scanned));
    }

    private static Set<String> tables() {
        return app.app()
                .database()
                .read(handle -> new HashSet<>(
                        handle.createQuery("select relname from pg_class where relkind = 'r' and reltuples > :large")
                                .bind("large", LARGE)
                                .mapTo(String.class)
                                .list()));
    }
}
