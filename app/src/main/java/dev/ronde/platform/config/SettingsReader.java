package dev.ronde.platform.config;

import dev.ronde.platform.config.Settings.Entry;
import dev.ronde.platform.config.Settings.Origin;
import dev.ronde.platform.problem.DidYouMean;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the settings: command flag before environment before {@code NAME_FILE} before {@code ronde.properties} before default. */
public final class SettingsReader {
    private static final String PREFIX = "RONDE_";
    private static final String OF_FILE = "_FILE";

    private SettingsReader() {}

    /**
     * Reads all settings.
     *
     * @param flags values given on the command line
     * @param environment the process environment
     * @throws SettingsException for an unknown {@code RONDE_…} name (with a suggestion) or an unreadable file
     */
    public static Settings read(Map<Setting, String> flags, Map<String, String> environment) {
        environment.keySet().stream().sorted().forEach(SettingsReader::requireKnown);
        Map<Setting, Entry> entries = defaults();
        put(entries, Setting.HOME, flags, environment, new Properties());
        Path home = Path.of(text(entries, Setting.HOME));
        Properties properties = properties(home.resolve("ronde.properties"));
        for (Setting setting : Setting.values()) {
            put(entries, setting, flags, environment, properties);
        }
        compute(entries, home);
        return new Settings(entries);
    }

    /** Settings for another home: only what was given for {@code kept} is taken along, the rest is default or computed anew. */
    public static Settings elsewhere(Settings given, Path home, Set<Setting> kept) {
        Map<Setting, Entry> entries = defaults();
        entries.putAll(given.given(kept));
        entries.put(Setting.HOME, new Entry(home.toString(), Origin.COMPUTED));
        compute(entries, home);
        return new Settings(entries);
    }

    private static Map<Setting, Entry> defaults() {
        Map<Setting, Entry> entries = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            setting.fallback().ifPresent(text -> entries.put(setting, new Entry(text, Origin.DEFAULT)));
        }
        return entries;
    }

    private static void put(
            Map<Setting, Entry> entries,
            Setting setting,
            Map<Setting, String> flags,
            Map<String, String> environment,
            Properties properties) {
        String key = setting.key();
        String flag = flags.get(setting);
        String variable = environment.get(key);
        String file = environment.get(key + "_FILE");
        String property = properties.getProperty(key);
        if (flag != null) {
            entries.put(setting, new Entry(flag, Origin.FLAG));
        } else if (variable != null && !variable.isEmpty()) {
            entries.put(setting, new Entry(variable, Origin.ENVIRONMENT));
        } else if (file != null && !file.isEmpty()) {
            entries.put(setting, new Entry(fileText(key, file), Origin.FILE));
        } else if (property != null && !property.isEmpty()) {
            entries.put(setting, new Entry(property, Origin.PROPERTIES));
        }
    }

    private static String fileText(String key, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new SettingsException(key + "_FILE names " + file + ", which cannot be read: "
                    + e.getClass().getSimpleName() + ". Check the path and its rights.");
        }
    }

    private static Properties properties(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new SettingsException(file + " cannot be read: " + e.getMessage());
            }
            properties.stringPropertyNames().stream().sorted().forEach(name -> {
                if (Setting.byKey(name).isEmpty()) {
                    throw unknown(name, " in " + file);
                }
            });
        }
        return properties;
    }

    private static void compute(Map<Setting, Entry> entries, Path home) {
        String host = hostName();
        String mailDomain = Optional.ofNullable(entries.get(Setting.MAIL_FROM))
                .map(entry -> entry.text().replaceAll(".*@", "").replaceAll(">\\s*$", ""))
                .orElse(host);
        computed(entries, Setting.ZONE, ZoneId.systemDefault().getId());
        computed(entries, Setting.BASE_URL, "http://localhost:" + text(entries, Setting.HTTP_PORT));
        computed(entries, Setting.MAIL_FROM, "ronde@" + host);
        computed(entries, Setting.MAIL_DOMAIN, mailDomain);
        computed(entries, Setting.MAIL_REPLY, entries.containsKey(Setting.IMAP_HOST) ? "plus" : "none");
        computed(entries, Setting.MAIL_KEY, home.resolve("keys/mail.key").toString());
        computed(entries, Setting.LEDGER_ORIGIN, host + "/main");
        computed(entries, Setting.LEDGER_KEY, home.resolve("keys/ledger.key").toString());
        computed(entries, Setting.EXPORT_KEY, home.resolve("keys/export.key").toString());
        computed(entries, Setting.EXPORTS, home.resolve("exports").toString());
    }

    private static String text(Map<Setting, Entry> entries, Setting setting) {
        return Objects.requireNonNull(entries.get(setting), setting.key()).text();
    }

    private static void computed(Map<Setting, Entry> entries, Setting setting, String text) {
        entries.putIfAbsent(setting, new Entry(text, Origin.COMPUTED));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static void requireKnown(String name) {
        if (!name.startsWith(PREFIX)) {
            return;
        }
        String key = name.endsWith(OF_FILE) ? name.substring(0, name.length() - OF_FILE.length()) : name;
        if (Setting.byKey(key).isEmpty() && Setting.byKey(name).isEmpty()) {
            throw unknown(name, "");
        }
    }

    private static SettingsException unknown(String name, String where) {
        String upper = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        String bare = upper.startsWith(PREFIX) ? upper.substring(PREFIX.length()) : upper;
        String end = bare.endsWith(OF_FILE) ? OF_FILE : "";
        String hint = meant(bare.substring(0, bare.length() - end.length())).stream()
                .map(key -> PREFIX + key + end)
                .collect(Collectors.joining(" or "));
        return new SettingsException(name + where + " is not a setting of Ronde: "
                + (hint.isEmpty() ? "ronde config show lists the settings." : "did you mean " + hint + "?"));
    }

    private static List<String> meant(String typed) {
        List<String> keys = Arrays.stream(Setting.values())
                .map(setting -> setting.key().substring(PREFIX.length()))
                .toList();
        return DidYouMean.nearest(typed, keys)
                .map(List::of)
                .orElseGet(() -> keys.stream()
                        .filter(key -> List.of(key.split("_")).contains(typed))
                        .sorted()
                        .toList());
    }
}
