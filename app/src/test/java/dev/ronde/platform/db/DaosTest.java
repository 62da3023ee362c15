package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DaosTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** One record under two lists of columns, in two orders. */
    public record Noted(String name, Instant lastRunAt, String lastError) {}

    interface Ticks {
        @SqlUpdate("insert into tick(name, last_run_at, last_error) values (:name, :at, :error)")
        void insert(String name, Instant at, String error);

        @SqlQuery("select name, last_run_at, last_error from tick order by name")
        List<Noted> list();

        @SqlQuery("select last_error, name as name, last_run_at from tick order by name")
        List<Noted> listTurned();

        default int insertBoth(String one, String other) {
            insert(one, NOON, "none");
            insert(other, NOON, "none");
            return list().size();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void columnsFindTheirComponentsInAnyOrderAndAsOftenAsOneAsks(DatabaseKind kind) {
        try (TestDatabase fresh = TestDatabase.open(kind)) {
            Database database = fresh.database();
            database.useTransaction(tx -> tx.attach(Ticks.class).insert("a", NOON, "late"));
            for (int time = 0; time < 3; time++) {
                assertThat(database.<List<Noted>>read(
                                handle -> handle.attach(Ticks.class).list()))
                        .containsExactly(new Noted("a", NOON, "late"));
                assertThat(database.<List<Noted>>read(
                                handle -> handle.attach(Ticks.class).listTurned()))
                        .containsExactly(new Noted("a", NOON, "late"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aMethodWithABodyCallsTheOthersInTheSameTransaction(DatabaseKind kind) {
        try (TestDatabase fresh = TestDatabase.open(kind)) {
            Database database = fresh.database();
            assertThat(database.<Integer>inTransaction(
                            tx -> tx.attach(Ticks.class).insertBoth("a", "b")))
                    .isEqualTo(2);
            assertThatThrownBy(() -> database.<Integer>inTransaction(
                            tx -> tx.attach(Ticks.class).insertBoth("c", "a")))
                    .isInstanceOf(UnableToExecuteStatementException.class)
                    .matches(Database::isUniqueViolation);
            assertThat(database.<List<Noted>>read(
                            handle -> handle.attach(Ticks.class).list()))
                    .extracting(Noted::name)
                    .containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void isAnObjectLikeAnyOther(DatabaseKind kind) {
        try (TestDatabase fresh = TestDatabase.open(kind)) {
            boolean same = fresh.database().read(handle -> {
                Ticks one = handle.attach(Ticks.class);
                Ticks other = handle.attach(Ticks.class);
                return one.equals(one)
                        && !one.equals(other)
                        && one.hashCode() == one.hashCode()
                        && one.toString().contains("Ticks");
            });
            assertThat(same).isTrue();
        }
    }
}
