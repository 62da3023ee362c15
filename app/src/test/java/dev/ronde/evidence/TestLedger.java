package dev.ronde.evidence;

import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Dialect;
import dev.ronde.platform.db.Migrations;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/** A ledger with its database, keys and clock, and the verbs tests use on it. */
public final class TestLedger implements AutoCloseable {
    public static final String ORIGIN = "ronde.example/test";

    public final TestDatabase testDatabase;
    public final Database database;
    public final TestClock clock;
    public final EvidenceLog log;
    public final LedgerFiles files;
    public Ledger ledger;

    public TestLedger(DatabaseKind kind, Path home) {
        this(kind, home, new TestClock());
    }

    public TestLedger(DatabaseKind kind, Path home, TestClock clock) {
        this.clock = clock;
        this.log = new EvidenceLog(clock, "n1/test");
        testDatabase = TestDatabase.open(kind);
        database = testDatabase.database();
        files = files(home);
        ledger = open(files);
    }

    public static LedgerFiles files(Path home) {
        return new LedgerFiles(
                ORIGIN,
                true,
                home.resolve("keys/ledger.key"),
                home.resolve("keys/export.key"),
                home.resolve("keys/ledger.guard"),
                home.resolve("checkpoints.txt"),
                home.resolve("exports"));
    }

    public Ledger open(LedgerFiles on) {
        return Ledger.open(on, database, log, clock);
    }

    /** Appends one record of an asset and commits. */
    public UUID happened(String asset) {
        return append(Evidence.of("asset.updated", Actor.SYSTEM, Subject.of("asset", asset, 1))
                .data("after", Map.of("ref", asset, "name", "Web " + asset)));
    }

    public UUID append(Evidence evidence) {
        return database.inTransaction(tx -> log.append(tx, evidence));
    }

    /** Appends {@code count} records and seals them. */
    public void sealed(int count) {
        for (int i = 0; i < count; i++) {
            happened("asset-" + i);
        }
        ledger.seal();
    }

    public void asAdministrator(String table, String... statements) {
        forge(statements);
    }

    /** What a database administrator can do: switch the triggers off and change rows. */
    public void forge(String... statements) {
        DatabaseUrl url = database.url();
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                String table = sql.replaceFirst("(?s)^(?:update|delete from|insert into) (\\w+).*", "$1");
                statement.execute(
                        database.dialect() == Dialect.H2
                                ? "drop trigger if exists append_only_" + table
                                : "alter table " + table + " disable trigger all");
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        testDatabase.close();
    }
}
