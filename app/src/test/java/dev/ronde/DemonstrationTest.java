package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.coverage.LastingErrors;
import dev.ronde.dashboard.CoverageWeeks;
import dev.ronde.dashboard.Overview;
import dev.ronde.demo.DemoHome;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsCheck;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.testing.RecordedState;
import dev.ronde.testing.Sql;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A demonstration that is started where a production server runs has nothing of that server. */
final class DemonstrationTest {
    /** Whoever adds a setting adds it here only where a demonstration should obey it. */
    private static final Set<Setting> TAKEN = EnumSet.of(
            Setting.HTTP_HOST, Setting.HTTP_PORT, Setting.BASE_URL, Setting.ZONE, Setting.LOCALE, Setting.LOG_FORMAT);

    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    @TempDir
    Path production;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource(Setting.class)
    void takesFromTheCallerOnlyWhereItAnswersAndHowItSpeaks(Setting setting) {
        String given = "given-" + setting.name();
        Settings caller = SettingsReader.read(Map.of(), Map.of(setting.key(), given));
        Settings nothing = SettingsReader.read(Map.of(Setting.HOME, temporary.toString()), Map.of());

        Settings demonstration = Demonstration.settings(caller, home());

        if (TAKEN.contains(setting)) {
            assertThat(demonstration.get(setting)).isEqualTo(given);
            assertThat(demonstration.origin(setting)).isEqualTo(Settings.Origin.ENVIRONMENT);
        } else {
            assertThat(shown(demonstration)).noneMatch(line -> line.contains(given));
            assertThat(demonstration.find(setting))
                    .isEqualTo(
                            switch (setting) {
                                case CHECKS -> Optional.of(home().checks().toString());
                                case LEDGER_ORIGIN -> Optional.of("demonstration.invalid/ronde");
                                default -> nothing.find(setting);
                            });
        }
    }

    @Test
    void nothingComesFromThePropertiesFlagsOrFilesOfTheCallerEither() throws IOException {
        Path token = Files.writeString(production.resolve("token"), "of the file");
        Files.writeString(production.resolve("ronde.properties"), "RONDE_IMAP_HOST=imap.example.org\n");
        Settings caller = SettingsReader.read(
                Map.of(Setting.HOME, production.toString(), Setting.HTTP_PORT, "0"),
                Map.of("RONDE_METRICS_TOKEN_FILE", token.toString()));
        assertThat(caller.get(Setting.IMAP_HOST)).isEqualTo("imap.example.org");

        Settings demonstration = Demonstration.settings(caller, home());

        assertThat(demonstration.get(Setting.HTTP_PORT)).isEqualTo("0");
        assertThat(shown(demonstration))
                .noneMatch(line -> line.contains("imap.example.org") || line.contains("of the file"))
                .noneMatch(line -> line.contains(production.toString()));
        assertThat(demonstration.get(Setting.MAIL_REPLY)).isEqualTo("none");
        assertThat(demonstration.path(Setting.LEDGER_KEY)).startsWithRaw(temporary);
        assertThat(demonstration.path(Setting.EXPORT_KEY)).startsWithRaw(temporary);
        assertThat(demonstration.path(Setting.MAIL_KEY)).startsWithRaw(temporary);
        assertThat(demonstration.path(Setting.EXPORTS)).startsWithRaw(temporary);
        assertThat(SettingsCheck.look(demonstration)).isEmpty();
    }

    /** The demonstration lived through with the product's own sweep, judge and reviews; only the packets are recorded. */
    @Test
    @Tag("long")
    void twelveWeeksOfHistoryTellTheStory() {
        Instant now = Instant.parse("2026-11-25T09:41:00Z");
        Settings given = SettingsReader.read(Map.of(Setting.HTTP_PORT, "0", Setting.ZONE, "Europe/Paris"), Map.of());
        try (Demonstration demonstration = Demonstration.start(given, () -> now)) {
            Database database = demonstration.app.database();
            Overview.View view = new Overview(
                            database,
                            () -> now,
                            new CoverageWeeks(database, ZONE),
                            new LastingErrors(check -> Duration.ZERO))
                    .read(ZONE, null);
            Overview.Figures figures = view.figures();
            assertThat(figures.assets()).isEqualTo(40);
            assertThat(figures.findings()).isBetween(4L, 8L);
            assertThat(figures.overdue()).isPositive();
            assertThat(figures.share().intValue()).isBetween(50, 95);
            assertThat(view.decisions()).hasSize(10);
            assertThat(count(database, "check_run")).isGreaterThan(3_000);
            assertThat(count(database, "check_missed where due_at > timestamp with time zone '2026-09-03 00:00:00+00'"))
                    .isZero();
            assertThat(outcomes(database)).containsKeys("pass", "fail", "error");
            december(database);
            assertThat(RecordedState.compare(database).differences()).isEmpty();
        }
    }

    /** The door of the story was open for less than a day, and both ends of its exposure say so. */
    private static void december(Database database) {
        List<Map<String, Object>> rows =
                database.read(handle -> handle.createQuery("""
                        select f.first_bad_at, f.last_good_at, f.fixed_at from finding f
                          join asset a on a.id = f.asset_id where a.ref = 'december-2019'""").mapToMap().list());
        assertThat(rows).hasSize(1);
        assertThat(hours(rows.get(0).get("last_good_at"), rows.get(0).get("first_bad_at")))
                .isEqualTo(1);
        assertThat(hours(rows.get(0).get("last_good_at"), rows.get(0).get("fixed_at")))
                .isBetween(18L, 21L);
        assertThat(count(database, "config_state s join asset a on a.id = s.asset_id where a.ref = 'december-2019'"))
                .isEqualTo(3);
    }

    private static long hours(Object from, Object to) {
        return Duration.between(instant(from), instant(to)).toHours();
    }

    private static Instant instant(Object time) {
        return time instanceof java.sql.Timestamp stamp
                ? stamp.toInstant()
                : ((java.time.OffsetDateTime) time).toInstant();
    }

    private static Map<String, Long> outcomes(Database database) {
        return database.read(
                handle -> handle.createQuery("select outcome, count(*) as n from check_run group by outcome")
                        .setMapKeyColumn("outcome")
                        .setMapValueColumn("n")
                        .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, Long>>() {}));
    }

    private static long count(Database database, String from) {
        return Sql.number(database, "select count(*) from " + from);
    }

    private DemoHome home() {
        return Unchecked.get(() -> new DemoHome(temporary, Files.createDirectories(temporary.resolve("checks"))));
    }

    private static List<String> shown(Settings settings) {
        return Arrays.stream(Setting.values())
                .map(setting -> setting + "=" + settings.find(setting).orElse(""))
                .toList();
    }
}
