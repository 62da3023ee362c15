package dev.ronde.platform.db;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an H2 home keeps of itself before an upgrade: an ordinary backup, which nobody has signed. */
final class UpgradeBackup {
    private static final Logger log = LoggerFactory.getLogger(UpgradeBackup.class);
    private static final int KEPT = 3;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("before-upgrade-from-.+-([0-9]{8}T[0-9]{6})\\.zip");

    private UpgradeBackup() {}

    /** Writes the backup of a database of this schema version, closes the connection, and removes all but the newest three. */
    static void write(Connection owner, Path backups, String version, Instant now) throws SQLException {
        Path part = backups.resolve("before-upgrade.part");
        try {
            Files.createDirectories(backups);
            Path file = backups.resolve("before-upgrade-from-" + version + "-" + STAMP.format(now) + ".zip");
            try (OutputStream out = Files.newOutputStream(part);
                    Dump dump = DatabaseDump.begin(owner, Dialect.H2, version)) {
                BackupWriter.write(dump, Dialect.H2, out, now, null);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            log.info("backup before upgrade: {}", file);
            try (Stream<Path> files = Files.list(backups)) {
                List<Path> old = files.filter(path -> !madeAt(path).isEmpty())
                        .sorted(Comparator.comparing(UpgradeBackup::madeAt).reversed())
                        .skip(KEPT)
                        .toList();
                for (Path path : old) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new DatabaseException("The backup before the upgrade cannot be written (" + part + "): "
                    + e.getMessage() + ". Nothing was upgraded; make room in " + backups
                    + ", or let Ronde write there, and start again.");
        }
    }

    /** When it was made, by its name: the time of a file is that of the last copy. */
    private static String madeAt(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? name.group(1) : "";
    }
}
