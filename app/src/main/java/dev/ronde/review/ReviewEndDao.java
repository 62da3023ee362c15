package dev.ronde.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on what ends: reviews without an attestation, plans, and drifts. */
interface ReviewEndDao {

    @SqlUpdate("""
            update review set missed_at = :now, changed_at = :now, version = version + 1
             where id = :id and version = :version and attested_at is null and missed_at is null and cancelled_at is null
            """)
    int miss(UUID id, long version, Instant now);

    String CANCEL = """
            update review set cancelled_at = :now, cancel_reason = :reason, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """;

    @SqlUpdate(CANCEL)
    int cancel(UUID id, long version, Instant now, String reason);

    /** A review that nobody expects any more. */
    record Cancelled(UUID id, long version, Instant now, String reason) {}

    /** The same for some hundred reviews at once; returns the rows changed by each. */
    @SqlBatch(CANCEL)
    int[] cancelAll(@BindMethods List<Cancelled> reviews);

    /** What a plan still expects, opened or not; a window that has closed is missed. */
    String AHEAD = """
             from review
            where plan_id = :planId and attested_at is null and missed_at is null and cancelled_at is null
              and missed_from > :now and (opened_at is not null) = :opened
            """;

    @SqlQuery("select " + ReviewDao.UNASKED + AHEAD + " order by due_on, review_number limit :limit")
    List<Review> listAhead(String planId, Instant now, boolean opened, int limit);

    @SqlQuery("select count(*)" + AHEAD)
    int countAhead(String planId, Instant now, boolean opened);

    @SqlQuery("select count(*)" + AHEAD + " and overdue_at <= :now")
    int countOverdue(String planId, Instant now, boolean opened);

    /** What was attested under a plan and waits for a second person: it opens again where they refuse. */
    @SqlQuery("select count(*) from review where plan_id = :planId and approval = 'pending' and cancelled_at is null")
    int countPending(String planId);

    /** Keeps when the configuration of a drift review was another, and which one at its widest. */
    @SqlUpdate("""
            update review
               set drift_from = :window.driftFrom, drift_to = :window.driftTo, drift_digest = :window.driftDigest,
                   drift_worse = :window.driftWorse, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int keepDrift(UUID id, long version, @BindMethods("window") DriftWindow window, Instant now);
}
