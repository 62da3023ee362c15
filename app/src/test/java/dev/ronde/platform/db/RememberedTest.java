package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RememberedTest {
    @AutoClose
    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);

    private final AtomicInteger reads = new AtomicInteger();

    private record Key(String name) {}

    interface One {
        @SqlQuery("select 1")
        int one();
    }

    private int read(Handle handle, String name) {
        return Remembered.of(handle, new Key(name), reads::incrementAndGet);
    }

    @Test
    void aHandleReadsEachKeyOnce() {
        test.database().useTransaction(tx -> {
            assertThat(read(tx, "a")).isEqualTo(1);
            assertThat(tx.attach(One.class).one()).isEqualTo(1);
            assertThat(read(tx, "a")).isEqualTo(1);
            assertThat(read(tx, "b")).isEqualTo(2);
        });
    }

    @Test
    void nothingOutlivesTheTransactionThatReadIt() {
        assertThatThrownBy(() -> test.database().useTransaction(tx -> {
                    read(tx, "a");
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(test.database().<Integer>inTransaction(tx -> read(tx, "a"))).isEqualTo(2);
        assertThat(test.database().<Integer>read(handle -> read(handle, "a"))).isEqualTo(3);
    }

    @Test
    void whatCouldNotBeReadIsTriedAgain() {
        test.database().useTransaction(tx -> {
            assertThatThrownBy(() -> Remembered.of(tx, new Key("a"), () -> {
                        throw new IllegalStateException("not there");
                    }))
                    .hasMessage("not there");
            assertThat(read(tx, "a")).isEqualTo(1);
        });
    }
}
