package dev.ronde.platform.db;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.text.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A backup file, read back. Everything read is compared with the manifest's counts and hashes. */
public final class BackupFile implements Dump {
    private static final int MOST_OF_SEAL = 4_000;

    private final Path file;
    private final ZipFile zip;
    private final BackupManifest manifest;
    private final String manifestSha256;

    private BackupFile(Path file, ZipFile zip, BackupManifest manifest, String manifestSha256) {
        this.manifestSha256 = manifestSha256;
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /** Opens a backup; what is none, or has a newer layout, is a {@link DatabaseException}. */
    public static BackupFile open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw new DatabaseException(file + " is not a ZIP file, or its end is missing: " + e.getMessage());
        }
        try {
            ZipEntry entry = zip.getEntry(BackupManifest.NAME);
            if (entry == null) {
                throw new DatabaseException(file + " is not a backup of Ronde: it has no " + BackupManifest.NAME + ".");
            }
            byte[] described;
            try (InputStream in = zip.getInputStream(entry)) {
                described = in.readAllBytes();
            }
            BackupManifest manifest = Json.MAPPER.readValue(described, BackupManifest.class);
            if (manifest.format() != BackupManifest.FORMAT) {
                throw new DatabaseException(file + " has layout " + manifest.format() + ", this program reads layout "
                        + BackupManifest.FORMAT + ". Restore it with version " + manifest.product() + " of Ronde.");
            }
            return new BackupFile(file, zip, manifest, Sha256.hex(described));
        } catch (JacksonException e) {
            zip.close();
            throw new DatabaseException(file + " is damaged: its manifest cannot be read.");
        } catch (RuntimeException | IOException e) {
            zip.close();
            throw e;
        }
    }

    public BackupManifest manifest() {
        return manifest;
    }

    /** The SHA-256 of the manifest, in hex; the manifest names the hash of everything else. */
    public String manifestSha256() {
        return manifestSha256;
    }

    /** The signature of the manifest; empty in an unsigned backup. */
    public Optional<String> seal() throws IOException {
        ZipEntry entry = zip.getEntry(BackupManifest.SEAL);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return Optional.of(new String(in.readNBytes(MOST_OF_SEAL), StandardCharsets.UTF_8));
        }
    }

    /** Reads every table to its end and compares counts and hashes; returns the manifest. */
    public BackupManifest verify() {
        try {
            for (CopyTable table : tables()) {
                each(table, values -> {});
            }
        } catch (SQLException | IOException e) {
            throw new DatabaseException(file + " cannot be read: " + e.getMessage());
        }
        return manifest;
    }

    @Override
    public String schemaVersion() {
        return manifest.schema();
    }

    @Override
    public List<CopyTable> tables() {
        return manifest.tables().stream()
                .map(table -> new CopyTable(table.name(), table.columns(), List.of()))
                .toList();
    }

    @Override
    public long each(CopyTable table, RowTarget target) throws SQLException, IOException {
        BackupManifest.Table described = manifest.tables().stream()
                .filter(candidate -> candidate.name().equals(table.name()))
                .findFirst()
                .orElseThrow();
        ZipEntry entry = zip.getEntry(described.path());
        if (entry == null) {
            throw damaged(described, "the file is missing");
        }
        MessageDigest sha256 = Sha256.digest();
        long rows = 0;
        try (InputStream in = new DigestInputStream(zip.getInputStream(entry), sha256);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                target.row(values(described, table, line));
                rows++;
            }
        } catch (ZipException e) {
            throw damaged(described, e.getMessage());
        }
        if (!Sha256.hex(sha256).equals(described.sha256())) {
            throw damaged(described, "its SHA-256 is not the one in the manifest");
        }
        if (rows != described.rows()) {
            throw damaged(described, "it has " + rows + " rows, the manifest says " + described.rows());
        }
        return rows;
    }

    private @Nullable Object[] values(BackupManifest.Table described, CopyTable table, String line) {
        try {
            JsonNode row = Json.tree(line);
            @Nullable Object[] values = new @Nullable Object[table.columns().size()];
            if (!row.isArray() || row.size() != values.length) {
                throw damaged(described, "a row does not have " + values.length + " values");
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = table.columns().get(i).type().fromJson(row.get(i));
            }
            return values;
        } catch (JacksonException | java.time.DateTimeException | IllegalArgumentException e) {
            throw damaged(described, "a row cannot be read");
        }
    }

    private DatabaseException damaged(BackupManifest.Table table, @Nullable String why) {
        return new DatabaseException(file + " is damaged at " + table.path() + ": " + why + ". Nothing was restored.");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
