package dev.ronde.platform.limit;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on allowances. A change names what it saw; 0 rows means somebody was first. */
interface AllowanceDao {
    @SqlQuery("select paid_until from allowance where key_hash = :keyHash")
    Optional<Instant> findPaidUntil(String keyHash);

    @SqlUpdate("insert into allowance (key_hash, paid_until) values (:keyHash, :paidUntil)")
    void insert(String keyHash, Instant paidUntil);

    @SqlUpdate("update allowance set paid_until = :paidUntil where key_hash = :keyHash and paid_until = :seen")
    int update(String keyHash, Instant paidUntil, Instant seen);

    @SqlUpdate("delete from allowance where paid_until < :now")
    int deletePaid(Instant now);
}
