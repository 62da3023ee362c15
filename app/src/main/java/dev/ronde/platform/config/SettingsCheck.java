package dev.ronde.platform.config;

import dev.ronde.platform.address.CidrBlock;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Looks at every value at once, also those that are used much later, so that a wrong one stops the start instead of a night. */
public final class SettingsCheck {
    private static final int PORTS = 65_535;
    private static final int MOST_TOKEN_DAYS = 3_650;
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s,<>]+@[^@\\s,<>]+");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern PRINTED = Pattern.compile("\\S+");
    private static final String MAIL = "write one address such as ronde@example.org.";

    private final Settings settings;
    private final List<String> found = new ArrayList<>();

    private SettingsCheck(Settings settings) {
        this.settings = settings;
    }

    /** What is wrong, a sentence each that names the key and the accepted form; empty where all is well. */
    public static List<String> look(Settings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        check.web();
        check.mail();
        check.probes();
        check.rest();
        return List.copyOf(check.found);
    }

    /**
     * Refuses to go on with a wrong value.
     *
     * @throws SettingsException that holds everything {@link #look} found
     */
    public static void require(Settings settings) {
        List<String> found = look(settings);
        if (!found.isEmpty()) {
            throw new SettingsException(String.join("\n", found));
        }
    }

    private void web() {
        number(Setting.HTTP_PORT, 0, PORTS);
        number(Setting.TOKEN_MAX_DAYS, 1, MOST_TOKEN_DAYS);
        read(Settings::baseUrl);
        settings.list(Setting.TRUSTED_PROXIES).stream()
                .filter(part -> CidrBlock.find(part).isEmpty())
                .forEach(part -> wrong(
                        Setting.TRUSTED_PROXIES,
                        part,
                        "write networks such as 10.0.0.0/8 or 127.0.0.1, with commas between them."));
        if (settings.find(Setting.TEST_CLOCK).isPresent() && !settings.loopbackBind()) {
            found.add(Setting.TEST_CLOCK.key() + " works on a loopback address only: set " + Setting.HTTP_HOST.key()
                    + " to 127.0.0.1.");
        }
        boolean email = settings.find(Setting.ADMIN_EMAIL).isPresent();
        boolean password = settings.find(Setting.ADMIN_PASSWORD).isPresent();
        if (email != password) {
            found.add(Setting.ADMIN_EMAIL.key() + " and " + Setting.ADMIN_PASSWORD.key()
                    + " belong together: set both, or neither and use the set-up link.");
        }
        form(Setting.ADMIN_EMAIL, ADDRESS, MAIL);
    }

    private void mail() {
        number(Setting.SMTP_PORT, 1, PORTS);
        number(Setting.IMAP_PORT, 1, PORTS);
        number(Setting.MAIL_RATE, 0, Integer.MAX_VALUE);
        number(Setting.SMTP_CONNECTIONS, 1, 20);
        word(Setting.SMTP_TLS, "none", "starttls", "tls");
        word(Setting.IMAP_TLS, "none", "starttls", "tls");
        word(Setting.MAIL_REPLY, "plus", "catchall", "none");
        word(Setting.MAIL_POLICY, "standard", "strict");
        form(Setting.MAIL_DOMAIN, DOMAIN, "write a domain such as example.org.");
        form(Setting.DKIM_DOMAIN, DOMAIN, "write a domain such as example.org.");
        form(Setting.DKIM_SELECTOR, DOMAIN, "write a selector such as ronde1.");
        if (settings.find(Setting.DKIM_KEY).isPresent()
                != settings.find(Setting.DKIM_SELECTOR).isPresent()) {
            found.add(Setting.DKIM_KEY.key() + " and " + Setting.DKIM_SELECTOR.key()
                    + " belong together: set both, or neither and let the mail server sign.");
        }
        parts(Setting.AUDITORS, ADDRESS, "write addresses such as audit@example.org, with commas between them.");
    }

    private void probes() {
        number(Setting.PROBE_CONCURRENCY, 1, 10_000);
        word(Setting.PROBE_VANTAGE, "internal", "external");
    }

    private void rest() {
        read(Settings::zone);
        read(Settings::locale);
        read(Settings::testClock);
        word(Setting.LOG_FORMAT, "text", "json");
        word(Setting.RETENTION_RESULTS, "keep", "13m", "3y", "7y");
        form(Setting.LEDGER_ORIGIN, PRINTED, "write a name without spaces such as ronde.example.org/main.");
        address(Setting.HEARTBEAT_URL);
        address(Setting.TSA_URL);
        folder(Setting.CHECKS);
        folder(Setting.TEMPLATES);
    }

    private void read(Consumer<Settings> value) {
        try {
            value.accept(settings);
        } catch (SettingsException e) {
            found.add(String.valueOf(e.getMessage()));
        }
    }

    private void number(Setting setting, int least, int most) {
        try {
            int number = settings.integer(setting);
            if (number < least || number > most) {
                wrong(setting, settings.get(setting), "write a whole number from " + least + " to " + most + ".");
            }
        } catch (SettingsException e) {
            found.add(String.valueOf(e.getMessage()));
        }
    }

    private void word(Setting setting, String... accepted) {
        read(all -> all.oneOf(setting, accepted));
    }

    private void form(Setting setting, Pattern pattern, String accepted) {
        settings.find(setting)
                .filter(text -> settings.origin(setting) != Settings.Origin.COMPUTED)
                .map(String::strip)
                .filter(text -> !pattern.matcher(text).matches())
                .ifPresent(text -> wrong(setting, text, accepted));
    }

    private void parts(Setting setting, Pattern pattern, String accepted) {
        settings.list(setting).stream()
                .filter(part -> !pattern.matcher(part).matches())
                .forEach(part -> wrong(setting, part, accepted));
    }

    private void address(Setting setting) {
        settings.find(setting).map(String::strip).ifPresent(text -> {
            if (!text.matches("https?://[^/?#\\s]+\\S*") || uri(text).getHost() == null) {
                wrong(setting, text, "write an address such as https://example.org/path.");
            }
        });
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }

    private void folder(Setting setting) {
        settings.find(setting)
                .filter(text -> !Files.isDirectory(Path.of(text)))
                .ifPresent(text -> found.add(
                        setting.key() + " names " + text + ", which is not a folder. Create it or unset it."));
    }

    private void wrong(Setting setting, String text, String accepted) {
        found.add(setting.key() + " is \"" + setting.mask().of(text) + "\": " + accepted);
    }
}
