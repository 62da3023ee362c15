package dev.ronde.platform.db;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Version;
import dev.ronde.platform.text.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The file of a backup, as {@link BackupFile} reads it. */
final class BackupWriter {
    private BackupWriter() {}

    /** Leaves the signature out where nobody signs. */
    static BackupManifest write(
            Dump dump, Dialect dialect, OutputStream out, Instant now, @Nullable UnaryOperator<String> seal)
            throws SQLException, IOException {
        List<BackupManifest.Table> written = new ArrayList<>();
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (CopyTable table : dump.tables()) {
            written.add(table(dump, table, zip));
        }
        BackupManifest manifest = new BackupManifest(
                BackupManifest.FORMAT,
                Version.text(),
                dump.schemaVersion(),
                dialect.name().toLowerCase(Locale.ROOT),
                now,
                List.copyOf(written));
        zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
        byte[] described = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        zip.write(described);
        zip.closeEntry();
        if (seal != null) {
            zip.putNextEntry(new ZipEntry(BackupManifest.SEAL));
            zip.write(seal.apply(Sha256.hex(described)).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
        return manifest;
    }

    private static BackupManifest.Table table(Dump dump, CopyTable table, ZipOutputStream zip)
            throws SQLException, IOException {
        MessageDigest sha256 = Sha256.digest();
        List<CopyTable.Column> columns = table.columns();
        zip.putNextEntry(new ZipEntry(new BackupManifest.Table(table.name(), columns, 0, "").path()));
        long rows = dump.each(table, values -> {
            @Nullable Object[] shown = new @Nullable Object[values.length];
            for (int i = 0; i < values.length; i++) {
                shown[i] = columns.get(i).type().toJson(values[i]);
            }
            byte[] line = (Json.write(shown) + "\n").getBytes(StandardCharsets.UTF_8);
            sha256.update(line);
            zip.write(line);
        });
        zip.closeEntry();
        return new BackupManifest.Table(table.name(), columns, rows, Sha256.hex(sha256));
    }
}
