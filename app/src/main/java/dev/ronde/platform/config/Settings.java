package dev.ronde.platform.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of one process, read once at start. Values are checked when read; a wrong one names its key and what to write. */
public final class Settings {
    public enum Origin {
        FLAG,
        ENVIRONMENT,
        FILE,
        PROPERTIES,
        DEFAULT,
        COMPUTED,
        UNSET;

        public boolean given() {
            return switch (this) {
                case FLAG, ENVIRONMENT, FILE, PROPERTIES -> true;
                case DEFAULT, COMPUTED, UNSET -> false;
            };
        }
    }

    record Entry(String text, Origin origin) {}

    private final Map<Setting, Entry> entries;

    Settings(Map<Setting, Entry> entries) {
        this.entries = entries;
    }

    /** Throws {@link SettingsException} if there is no value. */
    public String get(Setting setting) {
        return find(setting).orElseThrow(() -> new SettingsException(setting.key() + " is not set."));
    }

    /** Empty if the value is unset or blank. */
    public Optional<String> find(Setting setting) {
        return Optional.ofNullable(entries.get(setting)).map(Entry::text).filter(text -> !text.isBlank());
    }

    public Origin origin(Setting setting) {
        Entry entry = entries.get(setting);
        return entry == null ? Origin.UNSET : entry.origin();
    }

    /** The value as shown to people, behind its {@link Mask}; unset ones are empty. */
    public String shown(Setting setting) {
        return find(setting).map(setting.mask()::of).orElse("");
    }

    boolean loopbackBind() {
        String host = get(Setting.HTTP_HOST);
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    public int integer(Setting setting) {
        String text = get(setting);
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw new SettingsException(setting.key() + " is \"" + text + "\": write a whole number, 0 or more.");
    }

    public Path home() {
        return Path.of(get(Setting.HOME)).toAbsolutePath().normalize();
    }

    public Path path(Setting setting) {
        return Path.of(get(setting)).toAbsolutePath().normalize();
    }

    /** The installation's zone; the system's zone if it is unset. */
    public ZoneId zone() {
        String text = get(Setting.ZONE);
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new SettingsException(
                    Setting.ZONE.key() + " is \"" + text + "\": write an IANA zone such as Europe/Paris.");
        }
    }

    public Locale locale() {
        return switch (get(Setting.LOCALE).toLowerCase(Locale.ROOT)) {
            case "en" -> Locale.ENGLISH;
            case "fr" -> Locale.FRENCH;
            default ->
                throw new SettingsException(
                        Setting.LOCALE.key() + " is \"" + get(Setting.LOCALE) + "\": write en or fr.");
        };
    }

    /** The address under which people reach the product, without a slash at the end. */
    public URI baseUrl() {
        String text = get(Setting.BASE_URL);
        URI uri;
        try {
            uri = URI.create(text.strip().replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            uri = URI.create("");
        }
        boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        if (!bare || uri.getHost() == null || !List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
            throw new SettingsException(Setting.BASE_URL.key() + " is \"" + text
                    + "\": write an address such as https://ronde.example.org.");
        }
        return uri;
    }

    public List<String> list(Setting setting) {
        return find(setting).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Throws {@link SettingsException} for a word that is not accepted; returns it in lower case. */
    public String oneOf(Setting setting, String... accepted) {
        String text = get(setting).strip().toLowerCase(Locale.ROOT);
        if (!List.of(accepted).contains(text)) {
            throw new SettingsException(
                    setting.key() + " is \"" + text + "\": write one of " + String.join(", ", accepted) + ".");
        }
        return text;
    }

    /** The instant at which a new home's time starts under the test clock; empty in production. */
    public Optional<Instant> testClock() {
        return find(Setting.TEST_CLOCK).map(text -> {
            try {
                return Instant.parse(text.strip());
            } catch (DateTimeException e) {
                throw new SettingsException(Setting.TEST_CLOCK.key() + " is \"" + text
                        + "\": write an instant such as 2026-03-02T08:00:00Z.");
            }
        });
    }

    Map<Setting, Entry> given(Set<Setting> wanted) {
        Map<Setting, Entry> given = new EnumMap<>(Setting.class);
        wanted.stream()
                .filter(setting -> origin(setting).given())
                .forEach(setting -> given.put(setting, entries.get(setting)));
        return given;
    }

    public Settings with(Setting setting, String text) {
        Map<Setting, Entry> copy = new EnumMap<>(Setting.class);
        copy.putAll(entries);
        copy.put(setting, new Entry(text, Origin.COMPUTED));
        return new Settings(copy);
    }
}
