package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.demo.DemoHome;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsCheck;
import dev.ronde.platform.config.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A demonstration that is started where a production server runs has nothing of that server. */
final class DemonstrationTest {
    /** Whoever adds a setting adds it here only where a demonstration should obey it. */
    private static final Set<Setting> TAKEN = EnumSet.of(
            Setting.HTTP_HOST, Setting.HTTP_PORT, Setting.BASE_URL, Setting.ZONE, Setting.LOCALE, Setting.LOG_FORMAT);

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

    private DemoHome home() {
        try {
            return new DemoHome(temporary, Files.createDirectories(temporary.resolve("checks")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> shown(Settings settings) {
        return Arrays.stream(Setting.values())
                .map(setting -> setting + "=" + settings.find(setting).orElse(""))
                .toList();
    }
}
