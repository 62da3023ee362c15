package dev.ronde.platform.db;

import dev.ronde.platform.config.Mask;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and as whom it is opened.
 *
 * <p>H2 is opened as {@code owner} to migrate and as {@code app}, which may not change append-only tables, to work. Their passwords
 * are no secret: an H2 file is as private as its folder (decision 003).
 */
public record DatabaseUrl(
        String url, @Nullable String user, @Nullable String password) {
    /** With H2's default of eight statements, the ticks had every statement parsed again. */
    private static final String KNOWN_STATEMENTS = ";QUERY_CACHE_SIZE=128";

    static final String H2_MODE =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"
                    + KNOWN_STATEMENTS;
    private static final String H2_FILE = "jdbc:h2:file:";
    static final String H2_OWNER = "owner";
    static final String H2_APP = "app";

    static {
        H2FilePath.register();
    }

    /** Reads the database settings; anything but an H2 file or PostgreSQL is refused. */
    public static DatabaseUrl of(Settings settings) {
        String url = settings.find(Setting.DB_URL).orElse("");
        if (url.isEmpty()) {
            return h2File(settings.home().resolve("ronde"));
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(
                    url,
                    settings.find(Setting.DB_USER).orElse(null),
                    settings.find(Setting.DB_PASSWORD).orElse(null));
        }
        if (url.startsWith(H2_FILE)) {
            String file = H2FilePath.ADDRESS + url.substring(H2_FILE.length());
            return new DatabaseUrl(file.contains(";MODE=") ? file : file + H2_MODE, null, null);
        }
        throw new SettingsException(Setting.DB_URL.key() + " is \"" + Mask.passwords(url)
                + "\": write jdbc:postgresql://host:port/database, or leave it unset for an H2 file in the home.");
    }

    /** An H2 database in one file (without its {@code .mv.db} ending). */
    public static DatabaseUrl h2File(Path file) {
        return new DatabaseUrl(H2FilePath.ADDRESS + file.toAbsolutePath() + H2_MODE, null, null);
    }

    /** An H2 database in memory, for tests; it lives until somebody shuts it down. */
    public static DatabaseUrl h2Memory(String name) {
        return new DatabaseUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1" + H2_MODE, null, null);
    }

    public Dialect dialect() {
        return Dialect.of(url);
    }

    /** H2 lets only the owner name database-wide settings; the pool joins the database the owner's connection opened. */
    String appUrl() {
        return dialect() == Dialect.H2
                ? url.replaceAll(
                        ";(MODE|DB_CLOSE_ON_EXIT|DB_CLOSE_DELAY|WRITE_DELAY|DEFAULT_NULL_ORDERING|QUERY_CACHE_SIZE)=[^;]*",
                        "")
                : url;
    }

    @Nullable
    String ownerUser() {
        return dialect() == Dialect.H2 ? H2_OWNER : user;
    }

    @Nullable
    String ownerPassword() {
        return dialect() == Dialect.H2 ? H2_OWNER : password;
    }

    @Nullable
    String appUser() {
        return dialect() == Dialect.H2 ? H2_APP : user;
    }

    @Nullable
    String appPassword() {
        return dialect() == Dialect.H2 ? H2_APP : password;
    }

    /** The address without its password, for messages. */
    public String shown() {
        return Mask.passwords(url).replaceAll(";.*", "").replace(H2FilePath.ADDRESS, H2_FILE);
    }
}
