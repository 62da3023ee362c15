package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Backup, wipe, restore, copy: the ledger verifies after each, and an older dump stops the sealing. */
final class BackupCommandTest extends HomeTest {
    private void addUser(String name) {
        ended(0, "user", "add", "--email", name + "@example.org", "--name", name, "--role", "compliance", "-q");
    }

    private void wipe() throws IOException {
        commands.close();
        Files.delete(home().resolve("ronde.mv.db"));
    }

    private String verified() {
        Terminal.Run run = ended(0, "ledger verify --state");
        assertThat(run.out()).startsWith("good: ");
        return run.out();
    }

    @Test
    void backupWipeRestoreVerify() throws IOException {
        addUser("ada");
        sealed();
        String file = folder.resolve("backup.zip").toString();
        Terminal.Run backup = ended(0, "backup", file);
        assertThat(backup.out().strip()).isEqualTo(file);
        assertThat(backup.err()).contains("The key files are not in it");
        try (ZipFile zip = new ZipFile(file)) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .contains("manifest.json", "tables/evidence_record.jsonl")
                    .noneMatch(name -> name.contains("key") && !name.startsWith("tables/"));
        }
        assertThat(run("backup", file).err()).contains("exists. Name a new file.");
        assertThat(run("restore", file).err()).contains("is not empty");

        wipe();
        Terminal.Run restored = ended(0, "restore", file);
        assertThat(restored.out()).contains("Restored");
        assertThat(restored.err()).contains("ronde ledger verify");
        verified();
        assertThat(records(Map.of("RONDE_HOME", home().toString()))).contains("backup.restored");
        assertThat(run("user list").out()).contains("ada@example.org");
        ended(0, "doctor");
        ended(0, "ledger checkpoint");
    }

    @Test
    void aBackupThatWasChangedIsRefused() throws IOException {
        addUser("ada");
        sealed();
        String vkey = run("ledger vkey").out().strip();
        Path file = folder.resolve("backup.zip");
        ended(0, "backup", file.toString());
        Path changed = folder.resolve("changed.zip");
        rewritten(file, changed, false);
        wipe();
        assertRefused("was changed since it was written", "restore", changed.toString());
        assertRefused("was changed since it was written", "restore", "--vkey", vkey, changed.toString());
        Path nobodys = folder.resolve("nobodys.zip");
        rewritten(file, nobodys, true);
        assertRefused("This backup is not signed", "restore", nobodys.toString());

        Path key = home().resolve("keys/ledger.key");
        Files.move(key, folder.resolve("ledger.key"));
        assertRefused("is missing. Put it back", "restore", file.toString());
        ended(2, "restore", "--vkey", "nonsense", file.toString());
        ended(0, "restore", "--vkey", vkey, file.toString());
        Files.move(folder.resolve("ledger.key"), key);
        assertThat(ended(0, "ledger verify --state").out()).contains("rows compared with their records");
    }

    private void assertRefused(String why, String... command) {
        Terminal.Run run = run(command);
        assertThat(run.err()).contains(why, "Nothing was restored");
        assertThat(run.code()).isEqualTo(1);
    }

    /** The backup with an administrator more and a manifest that says so; what was signed is kept, or left out. */
    private static void rewritten(Path from, Path to, boolean unsigned) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(from.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        String before = new String(entries.get("tables/person.jsonl"), StandardCharsets.UTF_8);
        byte[] after = before.replace("ada@example.org", "eve@example.org").getBytes(StandardCharsets.UTF_8);
        String manifest = new String(entries.get("manifest.json"), StandardCharsets.UTF_8)
                .replace(
                        Hash.sha256(entries.get("tables/person.jsonl")).hex(),
                        Hash.sha256(after).hex());
        entries.put("tables/person.jsonl", after);
        entries.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
        if (unsigned) {
            entries.remove("manifest.sig");
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    @Test
    void anOlderBackupStopsTheSealing() throws IOException {
        addUser("ada");
        sealed();
        String file = folder.resolve("old.zip").toString();
        ended(0, "backup", file);
        addUser("bob");
        sealed();
        wipe();
        ended(0, "restore", file);
        assertThat(ended(1, "doctor").out()).contains("The ledger went backwards");
        Terminal.Run verified = run("ledger verify");
        assertThat(verified.out()).startsWith("BAD: ").contains("fault: The ledger went backwards");
        assertThat(verified.code()).as(verified.out()).isEqualTo(1);

        DatabaseUrl url = DatabaseUrl.of(SettingsReader.read(Map.of(), Map.of("RONDE_HOME", home().toString())));
        String restored =
                Json.tree(payloads(url, "backup.restored").get(0)).path("id").asString("");
        Terminal.Run proof = run("ledger", "proof", restored);
        assertThat(proof.err()).contains(restored + " is not sealed yet. The ledger went backwards");
        assertThat(proof.code()).isEqualTo(1);

        Path bundle = folder.resolve("old-log.zip");
        Terminal.Run export = export(bundle.toString(), "-q");
        assertThat(export.code())
                .as("what was sealed can be taken away\n" + export.err())
                .isZero();
        assertThat(export.err()).contains("Warning: The ledger went backwards", "not in this bundle");
        String vkey = run("ledger vkey").out().strip();
        assertThat(run("evidence", "verify", bundle.toString(), "--vkey", vkey).out())
                .contains("VERIFIED", "not sealed: The ledger went backwards");
    }

    @Test
    void aNewMachineIsToldHowFarTheLogHadGot() throws IOException {
        addUser("ada");
        sealed();
        String early = Files.writeString(
                        folder.resolve("early.txt"), run("ledger checkpoint").out())
                .toString();
        String file = folder.resolve("old.zip").toString();
        ended(0, "backup", file);
        addUser("bob");
        sealed();
        String mail = Files.writeString(
                        folder.resolve("mail.txt"),
                        "The head of the ledger.\n\n" + run("ledger checkpoint").out() + "\nKeep this mail.\n")
                .toString();
        wipe();
        Files.delete(home().resolve("keys/ledger.guard"));
        ended(0, "restore", file);
        assertThat(run("ledger", "accept-head", early).out()).startsWith("Accepted: the ledger extends");
        assertThat(ended(1, "ledger", "accept-head", mail).out()).contains("The ledger went backwards");
        assertThat(run("doctor").out()).contains("The ledger went backwards");
        ended(2, "ledger accept-head no-such-file");
        String forged = Files.writeString(
                        folder.resolve("forged.txt"),
                        Files.readString(Path.of(mail)).replaceFirst("\n[0-9]+\n", "\n9999\n"))
                .toString();
        assertThat(ended(2, "ledger", "accept-head", forged).err()).contains("is signed by a key of this ledger");
        assertThat(run("doctor").out()).as("it changed nothing").doesNotContain("9999");
        ended(2, "ledger", "accept-head", file);
    }

    private static List<String> payloads(DatabaseUrl url, String type) {
        try (Database database = Database.open(url, 1)) {
            return database.read(
                    handle -> handle.createQuery("select payload from evidence_record where rec_type = :type")
                            .bind("type", type)
                            .mapTo(byte[].class)
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .list());
        }
    }

    private static List<String> records(Map<String, String> environment) {
        DatabaseUrl url = DatabaseUrl.of(SettingsReader.read(Map.of(), environment));
        try (Database database = Database.open(url, 1)) {
            return database.read(handle -> handle.createQuery("select rec_type from evidence_record")
                    .mapTo(String.class)
                    .list());
        }
    }

    private void sealed() {
        Terminal.Run run = export(folder.resolve("e.zip").toString());
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void copiesToPostgresAndVerifiesThere() {
        addUser("ada");
        sealed();
        DatabaseUrl target = TestDatabase.emptyPostgres();
        commands.close();
        Terminal.Run copied = commands.type(
                target.password() + "\n",
                "db",
                "copy",
                "--to",
                target.url(),
                "--user",
                String.valueOf(target.user()),
                "--password-stdin");
        assertThat(copied.code()).as(copied.err()).isZero();
        assertThat(copied.out()).contains("counts are equal").contains("The ledger verifies in the copy");
        Map<String, String> there = Map.of(
                "RONDE_HOME", home().toString(),
                "RONDE_DB_URL", target.url(),
                "RONDE_DB_USER", String.valueOf(target.user()),
                "RONDE_DB_PASSWORD", String.valueOf(target.password()));
        try (Terminal.Home copy = new Terminal.Home(home(), there)) {
            assertThat(copy.run("user list").out()).contains("ada@example.org");
            assertThat(copy.run("ledger verify").out()).startsWith("good: ");
            assertThat(records(there)).contains("database.copied");
        }
        Terminal.Run again =
                Terminal.run(there, target.password() + "\n", "db", "copy", "--to", target.url(), "--password-stdin");
        assertThat(again.err()).contains("is not empty");
        Terminal.Run secret = Terminal.run(there, "", "db", "copy", "--to", target.url() + "&password=top-secret");
        assertThat(secret.err()).contains("password=********").doesNotContain("top-secret");
        for (String wrong : List.of("jdbc:mysql://x/y", "postgres")) {
            assertThat(run("db", "copy", "--to", wrong).err()).contains("write jdbc:postgresql://");
        }
    }
}
