package dev.ronde.mail.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface ReportDao {
    /** Who may read every export: an engaged auditor may not. */
    String ENTITLED = """
            (p.active and p.role in ('ADMIN', 'COMPLIANCE', 'AUDITOR')
             and not exists (select 1 from engagement e where e.person_id = p.id and e.ended_at is null))""";

    String NAMED = "from report_recipient r join person p on p.id = r.person_id ";

    /** Somebody named; {@code entitled} is whether they would get the report now. */
    record Recipient(UUID id, String actorRef, String email, String name, boolean entitled, Instant addedAt) {}

    record Month(LocalDate monthOn, UUID jobId, @Nullable Instant mailedAt) {}

    @SqlQuery("select p.id, p.actor_ref, p.email, p.name, " + ENTITLED + " as entitled, r.added_at " + NAMED
            + "order by p.name, p.id")
    List<Recipient> list();

    @SqlQuery("select exists (select 1 " + NAMED + "where p.id = :personId and " + ENTITLED + ")")
    boolean isEntitled(UUID personId);

    @SqlQuery("select exists (select 1 from person p where p.id = :personId and " + ENTITLED + ")")
    boolean mayBeNamed(UUID personId);

    @SqlQuery("""
            select exists (select 1 from engagement where person_id = :personId and ended_at is null)""")
    boolean isEngaged(UUID personId);

    @SqlUpdate("insert into report_recipient (person_id, added_at, added_by) values (:personId, :now, :by)")
    void insert(UUID personId, Instant now, String by);

    @SqlUpdate("delete from report_recipient where person_id = :personId")
    void delete(UUID personId);

    @SqlQuery("select month_on, job_id, mailed_at from monthly_report where month_on = :month")
    Optional<Month> find(LocalDate month);

    @SqlQuery("select month_on, job_id, mailed_at from monthly_report order by month_on desc fetch first 1 rows only")
    Optional<Month> findLast();

    @SqlUpdate("insert into monthly_report (month_on, job_id) values (:month, :jobId)")
    void insertMonth(LocalDate month, UUID jobId);

    @SqlUpdate("update monthly_report set job_id = :jobId where month_on = :month and mailed_at is null")
    void restart(LocalDate month, UUID jobId);

    @SqlUpdate("update monthly_report set mailed_at = :now where month_on = :month and mailed_at is null")
    int setMailed(LocalDate month, Instant now);
}
