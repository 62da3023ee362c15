package dev.ronde.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir
    Path home;

    /** Keys and defaults are a promise to operators; changing one breaks their installation. */
    @Test
    void keysAndDefaultsArePinned() {
        String shown = Arrays.stream(Setting.values())
                .map(setting -> setting.key() + "=" + setting.fallback().orElse("") + masked(setting))
                .collect(Collectors.joining("\n"));
        assertThat(shown).isEqualTo("""
                RONDE_HOME=./ronde-data
                RONDE_HTTP_HOST=127.0.0.1
                RONDE_HTTP_PORT=8080
                RONDE_BASE_URL=
                RONDE_TRUSTED_PROXIES=
                RONDE_DB_URL=
                RONDE_DB_USER=
                RONDE_DB_PASSWORD= (secret)
                RONDE_ADMIN_EMAIL=
                RONDE_ADMIN_PASSWORD= (secret)
                RONDE_ZONE=
                RONDE_LOCALE=en
                RONDE_SMTP_HOST=
                RONDE_SMTP_PORT=25
                RONDE_SMTP_USER=
                RONDE_SMTP_PASSWORD= (secret)
                RONDE_SMTP_TLS=starttls
                RONDE_SMTP_CONNECTIONS=3
                RONDE_MAIL_FROM=
                RONDE_MAIL_REPLY=
                RONDE_MAIL_DOMAIN=
                RONDE_DKIM_KEY= (secret)
                RONDE_DKIM_SELECTOR=
                RONDE_DKIM_DOMAIN=
                RONDE_MAIL_POLICY=standard
                RONDE_MAIL_KEY=
                RONDE_MAIL_RATE=10
                RONDE_IMAP_HOST=
                RONDE_IMAP_PORT=993
                RONDE_IMAP_USER=
                RONDE_IMAP_PASSWORD= (secret)
                RONDE_IMAP_TLS=tls
                RONDE_IMAP_FOLDER=INBOX
                RONDE_IMAP_TOKEN_PATH=
                RONDE_IMAP_TOKEN_COMMAND= (arguments)
                RONDE_AUTHSERV_ID=
                RONDE_PROBE_ALLOW=
                RONDE_PROBE_CANARY=
                RONDE_PROBE_RESOLVER=
                RONDE_PROBE_CONCURRENCY=50
                RONDE_PROBE_VANTAGE=internal
                RONDE_CHECKS=
                RONDE_TEMPLATES=
                RONDE_SOURCES=
                RONDE_LEDGER_ORIGIN=
                RONDE_LEDGER_KEY=
                RONDE_EXPORT_KEY=
                RONDE_EXPORTS=
                RONDE_AUDITORS=
                RONDE_WITNESSES=
                RONDE_RETENTION_RESULTS=keep
                RONDE_TSA_URL= (path)
                RONDE_TOKEN_MAX_DAYS=365
                RONDE_HEARTBEAT_URL= (path)
                RONDE_METRICS_TOKEN= (secret)
                RONDE_LOG_FORMAT=text
                RONDE_TEST_CLOCK=
                RONDE_URL=
                RONDE_TOKEN= (secret)""");
    }

    private static String masked(Setting setting) {
        return switch (setting.mask()) {
            case PASSWORDS -> "";
            case ALL -> " (secret)";
            case ARGUMENTS -> " (arguments)";
            case PATH -> " (path)";
        };
    }

    @Test
    void whatACommandOrAnAddressHoldsInSecretIsMasked() {
        assertThat(shown("RONDE_IMAP_TOKEN_COMMAND", "/opt/get-token --secret hunter2"))
                .isEqualTo("/opt/get-token ********");
        assertThat(shown("RONDE_IMAP_TOKEN_COMMAND", "SECRET=hunter2 /opt/get-token"))
                .isEqualTo("********");
        assertThat(shown("RONDE_IMAP_TOKEN_COMMAND", "/opt/get-token")).isEqualTo("/opt/get-token");
        assertThat(shown("RONDE_HEARTBEAT_URL", "https://ping.example.org:8443/5f3a-secret?key=hunter2"))
                .isEqualTo("https://ping.example.org:8443/********");
        assertThat(shown("RONDE_HEARTBEAT_URL", "https://hunter2@ping.example.org/"))
                .isEqualTo("https://ping.example.org/********");
        assertThat(shown("RONDE_DB_URL", "jdbc:postgresql://ann:hunter2@db/ronde?password=hunter2&ssl=true"))
                .isEqualTo("jdbc:postgresql://ann:********@db/ronde?password=********&ssl=true");
    }

    private static String shown(String key, String value) {
        Setting setting = Setting.byKey(key).orElseThrow();
        return SettingsReader.read(Map.of(), Map.of(key, value)).shown(setting);
    }

    @Test
    void flagWinsOverEnvironmentOverFileOverPropertiesOverDefault() throws Exception {
        Path secret = Files.writeString(home.resolve("port"), "4\n");
        Files.writeString(home.resolve("ronde.properties"), "RONDE_HTTP_PORT=5\nRONDE_SMTP_PORT=2525\n");
        Map<String, String> file = Map.of("RONDE_HOME", home.toString(), "RONDE_HTTP_PORT_FILE", secret.toString());
        Map<String, String> both = Map.of(
                "RONDE_HOME", home.toString(), "RONDE_HTTP_PORT_FILE", secret.toString(), "RONDE_HTTP_PORT", "3");

        assertThat(SettingsReader.read(Map.of(Setting.HTTP_PORT, "2"), both).get(Setting.HTTP_PORT))
                .isEqualTo("2");
        assertThat(SettingsReader.read(Map.of(), both).get(Setting.HTTP_PORT)).isEqualTo("3");
        assertThat(SettingsReader.read(Map.of(), file).get(Setting.HTTP_PORT)).isEqualTo("4");
        assertThat(SettingsReader.read(Map.of(), Map.of("RONDE_HOME", home.toString()))
                        .get(Setting.HTTP_PORT))
                .isEqualTo("5");
        assertThat(SettingsReader.read(Map.of(), file).origin(Setting.SMTP_PORT))
                .isEqualTo(Settings.Origin.PROPERTIES);
        assertThat(SettingsReader.read(Map.of(), file).origin(Setting.SMTP_TLS)).isEqualTo(Settings.Origin.DEFAULT);
    }

    @Test
    void misspeltVariableStopsTheStartWithASuggestion() {
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of("RONDE_SMTP_HOTS", "x")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("RONDE_SMTP_HOTS")
                .hasMessageContaining("did you mean RONDE_SMTP_HOST?");
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of("RONDE_SMTP_HOTS_FILE", "x")))
                .hasMessageContaining("did you mean RONDE_SMTP_HOST_FILE?");
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of("RONDE_PORT", "8080")))
                .hasMessageContaining("did you mean RONDE_HTTP_PORT or RONDE_IMAP_PORT or RONDE_SMTP_PORT?");
        assertThatThrownBy(
                        () -> SettingsReader.read(Map.of(), Map.of("RONDE_OIDC_ISSUER", "https://login.example.org")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("RONDE_OIDC_ISSUER");
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of("RONDE_LISTEN", "x")))
                .hasMessageContaining("ronde config show");
    }

    @Test
    void misspeltPropertyNamesItsFile() throws Exception {
        Files.writeString(home.resolve("ronde.properties"), "RONDE_HTPP_PORT=1\n");
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of("RONDE_HOME", home.toString())))
                .hasMessageContaining("ronde.properties")
                .hasMessageContaining("RONDE_HTTP_PORT");
    }

    @Test
    void propertyWithoutItsPrefixIsSuggestedWithIt() throws Exception {
        Files.writeString(home.resolve("ronde.properties"), "zone=Europe/Paris\n");
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of("RONDE_HOME", home.toString())))
                .hasMessageContaining("did you mean RONDE_ZONE?");
    }

    @Test
    void secretsAreMaskedWhereShown() {
        Settings settings = SettingsReader.read(Map.of(), Map.of("RONDE_SMTP_PASSWORD", "hunter2"));
        assertThat(settings.shown(Setting.SMTP_PASSWORD)).isEqualTo("********");
        assertThat(settings.get(Setting.SMTP_PASSWORD)).isEqualTo("hunter2");
    }

    @Test
    void wrongValuesNameTheKeyAndTheForm() {
        Settings settings = SettingsReader.read(
                Map.of(),
                Map.of(
                        "RONDE_HTTP_PORT",
                        "eighty",
                        "RONDE_ZONE",
                        "Mars/Base",
                        "RONDE_LOCALE",
                        "de",
                        "RONDE_TEST_CLOCK",
                        "now"));
        assertThatThrownBy(() -> settings.integer(Setting.HTTP_PORT))
                .hasMessageContaining("RONDE_HTTP_PORT")
                .hasMessageContaining("whole number");
        assertThatThrownBy(settings::zone).hasMessageContaining("RONDE_ZONE").hasMessageContaining("Europe/Paris");
        assertThatThrownBy(settings::locale).hasMessageContaining("en or fr");
        assertThatThrownBy(settings::testClock).hasMessageContaining("2026-03-02T08:00:00Z");
    }

    @Test
    void unreadableSecretFileIsNamed() {
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of("RONDE_DB_PASSWORD_FILE", "/nowhere/secret")))
                .hasMessageContaining("RONDE_DB_PASSWORD_FILE")
                .hasMessageContaining("/nowhere/secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RONDE_HTTP_PORT         | 99999               | from 0 to 65535
            RONDE_TOKEN_MAX_DAYS    | 0                   | from 1 to 3650
            RONDE_RETENTION_RESULTS | P1M                 | keep, 13m, 3y, 7y
            RONDE_SMTP_PORT         | 0                   | from 1 to 65535
            RONDE_SMTP_TLS          | ssl                 | none, starttls, tls
            RONDE_SMTP_CONNECTIONS  | 0                   | from 1 to 20
            RONDE_IMAP_TLS          | yes                 | none, starttls, tls
            RONDE_MAIL_REPLY        | always              | plus, catchall, none
            RONDE_MAIL_POLICY       | lax                 | standard, strict
            RONDE_MAIL_DOMAIN       | a@b                 | such as example.org
            RONDE_MAIL_RATE         | -1                  | 0 or more
            RONDE_PROBE_CONCURRENCY | 0                   | from 1 to
            RONDE_PROBE_VANTAGE     | moon                | internal, external
            RONDE_AUDITORS          | a@example.org, nope | such as audit@example.org
            RONDE_LOG_FORMAT        | xml                 | text, json
            RONDE_BASE_URL          | http://x/?a=b       | such as https://ronde.example.org
            RONDE_HEARTBEAT_URL     | ping.example.org    | such as https://example.org/path
            RONDE_LEDGER_ORIGIN     | two words           | without spaces
            RONDE_ADMIN_EMAIL       | root                | such as ronde@example.org
            RONDE_CHECKS            | /no/such/folder     | not a folder
            """)
    void everyWrongValueIsFoundAtTheStart(String key, String value, String accepted) {
        Settings settings = SettingsReader.read(Map.of(), Map.of("RONDE_HOME", home.toString(), key, value));
        assertThatThrownBy(() -> SettingsCheck.require(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(accepted);
    }

    @Test
    void anAdministratorNeedsAddressAndPassword() {
        Map<String, String> half = Map.of("RONDE_HOME", home.toString(), "RONDE_ADMIN_EMAIL", "ann@example.org");
        assertThat(SettingsCheck.look(SettingsReader.read(Map.of(), half)))
                .singleElement()
                .asString()
                .contains("RONDE_ADMIN_PASSWORD");
    }

    @Test
    void theDefaultsAreAccepted() {
        assertThat(SettingsCheck.look(SettingsReader.read(Map.of(), Map.of("RONDE_HOME", home.toString()))))
                .isEmpty();
    }
}
