package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transfer that broke off is never taken for a backup. */
final class BackupFileTest {
    @TempDir
    Path folder;

    @Test
    void whereverItIsCutItIsNoBackup() throws IOException {
        byte[] whole = whole();
        try (BackupFile backup = BackupFile.open(file(whole))) {
            assertThat(backup.verify().tables()).isNotEmpty();
        }
        for (int parts = 0; parts < 20; parts++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * parts / 20);
            assertThatExceptionOfType(DatabaseException.class)
                    .as("the first %d of %d bytes", cut.length, whole.length)
                    .isThrownBy(() -> BackupFile.open(file(cut)).close());
        }
        assertThatExceptionOfType(DatabaseException.class)
                .as("without its last byte")
                .isThrownBy(() -> BackupFile.open(file(Arrays.copyOf(whole, whole.length - 1)))
                        .close());
    }

    private byte[] whole() {
        try (TestDatabase test = TestDatabase.open(DatabaseKind.H2)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Backup.write(test.database(), out, Instant.parse("2026-03-02T08:00:00Z"), sha256 -> sha256);
            return out.toByteArray();
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("backup.zip"), bytes);
    }
}
