package dev.ronde.evidence.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a bundle so that the same files always give the same bytes: sorted entries, one date, one level. */
final class BundleZip {
    /** Not 1 January: that is Java's "before 1980" sentinel and would add a field that depends on the time zone. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private BundleZip() {}

    static void write(BundleFolder folder, String top, Path file) throws IOException {
        try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(raw, StandardCharsets.UTF_8)) {
            zip.setLevel(Deflater.DEFAULT_COMPRESSION);
            for (String path : folder.paths().keySet()) {
                ZipEntry entry = new ZipEntry(top + "/" + path);
                entry.setTimeLocal(ENTRY_TIME);
                zip.putNextEntry(entry);
                Files.copy(folder.root().resolve(path), zip);
                zip.closeEntry();
            }
        }
    }
}
