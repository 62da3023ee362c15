package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class MigrationsTest {
    private final DatabaseKind kind;

    MigrationsTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void bringsQuartzTables() {
        try (TestDatabase test = TestDatabase.open(kind)) {
            assertThat(Sql.number(test.database(), "select count(*) from qrtz_triggers"))
                    .isZero();
        }
    }

    @Test
    void refusesNewerSchema() throws Exception {
        DatabaseUrl url = TestDatabase.migratedUrl(kind);
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    insert into flyway_schema_history(installed_rank, version, description, type, script, installed_by,
                      execution_time, success)
                    values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 'x', 1, true)""");
        }
        assertThatThrownBy(() -> Migrations.migrate(url, null, Instant.EPOCH))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("9999")
                .hasMessageContaining("newer Ronde");
    }

    @Test
    void refusesTheSchemaOfAnUnreleasedVersion() throws Exception {
        DatabaseUrl url = kind == DatabaseKind.H2 ? DatabaseUrl.h2Memory("unreleased") : TestDatabase.emptyPostgres();
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            Migrations.migrateTo(url, "1001");
            statement.execute("update flyway_schema_history set version = '0117'");
            assertThatThrownBy(() -> Migrations.migrate(url, null, Instant.EPOCH))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessage("The database " + url.shown()
                            + " was written by an unreleased version of Ronde (schema 0117), and there is no upgrade from"
                            + " those. Export its evidence with the version that wrote it, or go on with that version;"
                            + " this one needs an empty home.");
        }
        assertThatThrownBy(() -> Migrations.migrateTo(url, "0003")).hasMessageStartingWith("The backup was written by");
    }

    /** A claim of some rows in no order leaves the indexes alone, and rows where they are. */
    @Test
    void thePagesOfWhatIsDueHaveRoomForAChange() {
        try (TestDatabase test = TestDatabase.open(kind)) {
            test.database().useTransaction(tx -> {
                for (int row = 0; row < 2_000; row++) {
                    tx.createUpdate(
                                    "insert into due (subject_id, kind, ref_id, next_due_at) values (:id, 'x', 'ref', :at)")
                            .bind("id", new UUID(row * 0x9E3779B97F4A7C15L, row))
                            .bind("at", Instant.EPOCH.plusSeconds(row))
                            .execute();
                }
            });
            List<Integer> changed = test.database().inTransaction(tx -> {
                tx.execute(
                        "update due set attempts = attempts + 1 where mod(cast(extract(second from next_due_at) as integer), 7) = 0");
                return kind == DatabaseKind.H2
                        ? List.of(1, 1)
                        : tx.createQuery(
                                        "select n_tup_upd, n_tup_hot_upd from pg_stat_xact_user_tables where relname = 'due'")
                                .map((row, context) -> List.of(row.getInt(1), row.getInt(2)))
                                .one();
            });
            assertThat(changed.get(0)).isPositive();
            assertThat(changed.get(1)).as("without touching an index").isEqualTo(changed.get(0));
        }
    }

    @Test
    void howFullPagesBecomeIsTheOperatorsWhereTheySetIt() throws Exception {
        if (kind == DatabaseKind.H2) {
            return;
        }
        DatabaseUrl url = TestDatabase.migratedUrl(kind);
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            statement.execute("alter table due set (fillfactor = 85, autovacuum_enabled = true)");
            statement.execute("alter table check_state reset (fillfactor)");
            Migrations.migrate(url, null, Instant.EPOCH);
            try (ResultSet found = statement.executeQuery("select array_to_string(reloptions, ' ') from pg_class"
                    + " where oid in (cast('due' as regclass), cast('check_state' as regclass)) order by 1")) {
                assertThat(found.next()).isTrue();
                assertThat(found.getString(1)).isEqualTo("fillfactor=70");
                assertThat(found.next()).isTrue();
                assertThat(found.getString(1)).contains("fillfactor=85");
            }
        }
    }

    /** Another copy of the tables in the same database protects nothing of ours. */
    @Test
    void triggersOfAnotherSchemaAreNotOurs() throws Exception {
        DatabaseUrl url = TestDatabase.migratedUrl(kind);
        String[] elsewhere = url.dialect() == Dialect.H2
                ? new String[] {
                    "create schema elsewhere",
                    "create table elsewhere.evidence_record (id integer)",
                    "create trigger elsewhere.append_only_evidence_record before update, delete on elsewhere.evidence_record"
                            + " for each row call '" + AppendOnlyTrigger.class.getName() + "'",
                    "drop trigger append_only_evidence_record"
                }
                : new String[] {
                    "create schema elsewhere",
                    "create table elsewhere.evidence_record (id integer)",
                    "create trigger append_only_row_evidence_record before update or delete on elsewhere.evidence_record"
                            + " for each row execute function append_only_refuse()",
                    "create trigger append_only_all_evidence_record before truncate on elsewhere.evidence_record"
                            + " for each statement execute function append_only_refuse()",
                    "alter table elsewhere.evidence_record enable always trigger append_only_row_evidence_record",
                    "alter table elsewhere.evidence_record enable always trigger append_only_all_evidence_record",
                    "drop trigger append_only_row_evidence_record on evidence_record",
                    "drop trigger append_only_all_evidence_record on evidence_record"
                };
        assertThat(Migrations.unprotectedTables(url)).isEmpty();
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            for (String sql : elsewhere) {
                statement.execute(sql);
            }
        }
        assertThat(Migrations.unprotectedTables(url)).containsExactly("evidence_record");
        Migrations.migrate(url, null, Instant.EPOCH);
        assertThat(Migrations.unprotectedTables(url)).isEmpty();
    }

    @Test
    void appendOnlyTablesRefuseChange() throws Exception {
        DatabaseUrl url = TestDatabase.migratedUrl(kind);
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            statement.execute("create table kept (id integer primary key)");
            statement.execute("insert into append_only_table(name) values ('kept')");
        }
        Migrations.migrate(url, null, Instant.EPOCH);
        assertThat(Migrations.unprotectedTables(url)).isEmpty();
        try (Database database = Database.open(url, 2)) {
            database.useTransaction(handle -> handle.execute("insert into kept(id) values (1)"));
            for (String sql : new String[] {"update kept set id = 2", "delete from kept", "truncate table kept"}) {
                assertThatThrownBy(() -> database.useTransaction(handle -> handle.execute(sql)))
                        .as(sql)
                        .hasRootCauseInstanceOf(java.sql.SQLException.class);
            }
        }
        for (String lifted : url.dialect() == Dialect.H2
                ? new String[] {"drop trigger append_only_kept", "grant update on kept to " + DatabaseUrl.H2_APP}
                : new String[] {
                    "drop trigger append_only_all_kept on kept",
                    "alter table kept disable trigger append_only_row_kept",
                    "alter table kept enable trigger append_only_row_kept"
                }) {
            try (Connection owner = Migrations.connectAsOwner(url);
                    Statement statement = owner.createStatement()) {
                statement.execute(lifted);
            }
            assertThat(Migrations.unprotectedTables(url)).as(lifted).containsExactly("kept");
            Migrations.migrate(url, null, Instant.EPOCH);
            assertThat(Migrations.unprotectedTables(url))
                    .as("mended: " + lifted)
                    .isEmpty();
        }
    }
}
