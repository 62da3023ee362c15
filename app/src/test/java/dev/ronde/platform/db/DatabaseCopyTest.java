package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.time.ProductClock;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup, a restore and a copy keep every value, on both databases and across them, or keep nothing. */
@Tag("long")
@OnBothDatabases
final class DatabaseCopyTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00.123456Z");
    private static final UUID RECORD = UUID.fromString("0197f3a0-1111-7222-8333-444455556666");
    private static final byte[] BYTES = {0, 1, -1, 127, -128, 10, 13};
    private static final String TEXT = "a'b\"c\\d\té€𝄞\n{\"x\":[1]}";

    @AutoClose
    private final TestDatabase source;

    private final DatabaseKind kind;

    @TempDir
    Path folder;

    DatabaseCopyTest(DatabaseKind kind) {
        this.kind = kind;
        this.source = TestDatabase.open(kind);
    }

    @BeforeEach
    void fill() {
        Installation.open(database(), new ProductClock(new TestClock(NOW)), Optional.empty());
        database().useTransaction(tx -> {
            tx.createUpdate("""
                            insert into evidence_record(rec_id, rec_type, subject_kind, subject_id, actor_ref, occurred_at,
                              recorded_at, payload, leaf_hash)
                            values (:id, 'asset.created', 'asset', 'web-01', 'system', :now, :now, :bytes, :bytes)""")
                    .bind("id", RECORD)
                    .bind("now", NOW)
                    .bind("bytes", BYTES)
                    .execute();
            tx.createUpdate(
                            "insert into evidence_private(rec_id, field, salt, private_text) values (:id, 'note', null, :text)")
                    .bind("id", RECORD)
                    .bind("text", TEXT)
                    .execute();
            tx.createUpdate("""
                            insert into evidence_export(export_id, file_name, sha256, size_bytes, from_on, until_on, scope,
                              tree_size, leaves, disclosed, requested_by, created_at)
                            values (:id, 'e.zip', 'ab', 5000000000, :day, :day, '', 1, 1, 1, 'system', :now)""")
                    .bind("id", RECORD)
                    .bind("day", LocalDate.of(2026, 2, 28))
                    .bind("now", NOW)
                    .execute();
            tx.createUpdate("insert into ledger_head(id, tree_size, root_hash) values (1, 7, :bytes)")
                    .bind("bytes", BYTES)
                    .execute();
            tx.execute("insert into qrtz_locks(sched_name, lock_name) values ('s', 'n1')");
        });
    }

    private Database database() {
        return source.database();
    }

    private Path backup() throws IOException {
        Path file = folder.resolve("backup.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            Backup.write(database(), out, NOW, sha256 -> "signed " + sha256);
        }
        return file;
    }

    private void assertRestored(DatabaseUrl url) throws SQLException {
        assertThat(Migrations.unprotectedTables(url)).isEmpty();
        try (Database copy = Database.open(url, 3)) {
            assertThat(Installation.find(copy)).isEqualTo(Installation.find(database()));
            Map<String, Object> row = copy.read(handle -> handle.createQuery(
                            "select r.rec_id, payload, private_text, salt from evidence_record r join evidence_private p on p.rec_id = r.rec_id")
                    .mapToMap()
                    .one());
            assertThat(row.get("rec_id")).isEqualTo(RECORD);
            assertThat((byte[]) row.get("payload")).isEqualTo(BYTES);
            assertThat(row.get("private_text")).isEqualTo(TEXT);
            assertThat(row.get("salt")).isNull();
            assertThat(copy.<Instant>read(handle -> handle.createQuery("select recorded_at from evidence_record")
                            .mapTo(Instant.class)
                            .one()))
                    .isEqualTo(NOW);
            assertThat(copy.<LocalDate>read(handle -> handle.createQuery("select from_on from evidence_export")
                            .mapTo(LocalDate.class)
                            .one()))
                    .isEqualTo(LocalDate.of(2026, 2, 28));
            assertThat(Sql.number(copy, "select size_bytes from evidence_export"))
                    .isEqualTo(5_000_000_000L);
            assertThat(Sql.number(copy, "select tree_size from ledger_head")).isEqualTo(7);
            assertThat(Sql.number(copy, "select count(*) from qrtz_locks")).isZero();
            assertThatThrownBy(() -> copy.useTransaction(tx -> tx.execute("delete from evidence_record")))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    private DatabaseUrl emptyH2(String name) {
        return DatabaseUrl.h2File(folder.resolve(name));
    }

    @Test
    void restoresEveryValueIntoAnEmptyDatabaseOfEitherKind() throws Exception {
        Path file = backup();
        for (DatabaseUrl target : List.of(emptyH2("restored"), TestDatabase.emptyPostgres())) {
            try (BackupFile backup = BackupFile.open(file)) {
                DatabaseCopy.Copied copied = DatabaseCopy.restore(backup, target);
                assertThat(copied.total()).isEqualTo(backup.manifest().rows()).isGreaterThan(5);
                assertThat(copied.rows()).doesNotContainKeys("qrtz_locks", "flyway_schema_history");
                assertThat(copied.rows().keySet()).noneMatch(name -> name.startsWith("qrtz_"));
            }
            assertRestored(target);
        }
    }

    @Test
    void copiesStraightIntoTheOtherKind() throws Exception {
        DatabaseUrl target = kind == DatabaseKind.H2 ? TestDatabase.emptyPostgres() : emptyH2("copied");
        DatabaseCopy.copy(database().url(), target);
        assertRestored(target);
    }

    @Test
    void refusesATargetThatHoldsSomething() throws Exception {
        DatabaseUrl used = TestDatabase.migratedUrl(kind);
        try (Database other = Database.open(used, 3)) {
            Installation.open(other, new ProductClock(new TestClock()), Optional.empty());
            assertThatThrownBy(() -> DatabaseCopy.copy(database().url(), used))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("is not empty");
        }
        DatabaseUrl foreign = TestDatabase.emptyPostgres();
        try (Connection connection = Migrations.connectAsOwner(foreign)) {
            connection.createStatement().execute("create table something(id point)");
        }
        assertThatThrownBy(() -> DatabaseCopy.copy(database().url(), foreign))
                .hasMessageContaining("tables that are not Ronde's");
    }

    @Test
    void acceptsATargetThatWasOnlyMigrated() throws Exception {
        DatabaseUrl target = TestDatabase.migratedUrl(DatabaseKind.POSTGRESQL);
        DatabaseCopy.copy(database().url(), target);
        assertRestored(target);
    }

    @Test
    void keepsNothingOfADamagedBackup() throws Exception {
        Path damaged = rewrite(backup(), "tables/evidence_private.jsonl", text -> text.replace("a'b", "a'c"));
        DatabaseUrl target = TestDatabase.emptyPostgres();
        try (BackupFile file = BackupFile.open(damaged)) {
            assertThatThrownBy(file::verify).hasMessageContaining("tables/evidence_private.jsonl");
            assertThatThrownBy(() -> DatabaseCopy.restore(file, target)).hasMessageContaining("SHA-256");
        }
        try (BackupFile good = BackupFile.open(backup())) {
            DatabaseCopy.restore(good, target);
        }
        assertRestored(target);
    }

    @Test
    void refusesWhatIsNoBackupOrANewerOne() throws Exception {
        Path text = Files.writeString(folder.resolve("text.zip"), "hello");
        assertThatThrownBy(() -> BackupFile.open(text)).hasMessageContaining("not a ZIP file");
        Path newer = rewrite(
                backup(),
                "manifest.json",
                json -> json.replaceFirst("\"schema\" : \"[0-9]+\"", "\"schema\" : \"9999\""));
        try (BackupFile file = BackupFile.open(newer)) {
            assertThatThrownBy(() -> DatabaseCopy.restore(file, emptyH2("newer")))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("9999");
        }
    }

    @Test
    void seesOneMomentWhileOthersWrite() throws Exception {
        try (Dump dump = DatabaseDump.begin(
                database().dataSource().getConnection(), database().dialect(), "1")) {
            CopyTable head = table(dump, "ledger_head");
            assertThat(dump.each(head, row -> assertThat(row[1]).isEqualTo(7L))).isEqualTo(1);
            database().useTransaction(tx -> {
                tx.execute("update ledger_head set tree_size = 8 where id = 1");
                tx.createUpdate("insert into evidence_private(rec_id, field) values (:id, 'later')")
                        .bind("id", RECORD)
                        .execute();
            });
            assertThat(dump.each(table(dump, "evidence_private"), row -> {})).isEqualTo(1);
            assertThat(dump.each(head, row -> assertThat(row[1]).isEqualTo(7L))).isEqualTo(1);
        }
        assertThat(Sql.number(database(), "select count(*) from evidence_private"))
                .isEqualTo(2);
    }

    @Test
    void restoresAnOlderSchemaAndBringsItUp() throws Exception {
        DatabaseUrl old = emptyH2("old");
        Migrations.migrateTo(old, "1003");
        DatabaseUrl target = kind == DatabaseKind.H2 ? emptyH2("new") : TestDatabase.emptyPostgres();
        DatabaseCopy.copy(old, target);
        assertThat(Migrations.version(target))
                .isEqualTo(Migrations.version(database().url()));
        assertThat(Migrations.unprotectedTables(target)).isEmpty();
    }

    @Test
    void putsParentsFirst() {
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        parents.put("a", Set.of("b", "c"));
        parents.put("b", Set.of("c"));
        parents.put("c", Set.of());
        assertThat(CopyPlan.ordered(parents)).containsExactly("c", "b", "a");
        parents.put("c", Set.of("a"));
        assertThatThrownBy(() -> CopyPlan.ordered(parents)).hasMessageContaining("circle");
    }

    private static CopyTable table(Dump dump, String name) {
        return dump.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path rewrite(Path file, String entryName, java.util.function.UnaryOperator<String> change)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                byte[] content = in.readAllBytes();
                if (entry.getName().equals(entryName)) {
                    String changed = change.apply(new String(content, StandardCharsets.UTF_8));
                    content = changed.getBytes(StandardCharsets.UTF_8);
                }
                out.write(content);
                out.closeEntry();
            }
        }
        return Files.write(folder.resolve("changed.zip"), bytes.toByteArray());
    }
}
