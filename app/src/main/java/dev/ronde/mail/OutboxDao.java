package dev.ronde.mail;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface OutboxDao {
    String COLUMNS = """
            id, dedupe_key, kind, mail_class, subject_id, about, person_id, to_address, model, message_id, state, reason,
            not_before, valid_until, attempts, resends, lease_token, subject, body_text, phase, smtp_code, enhanced_code,
            answer, remote_id, created_at, sent_at, version
            """;

    record SentMail(UUID subjectId, UUID personId, String messageId) {}

    /** Returns 0 if a mail with this key exists. */
    @SqlUpdate("""
            insert into outbox (id, dedupe_key, kind, mail_class, subject_id, about, person_id, to_address, model, message_id,
                                state, reason, not_before, valid_until, created_at, queued_at)
            values (:id, :mail.dedupeKey, :mail.kind, :mailClass, cast(:mail.subjectId as uuid), :mail.about,
                    cast(:mail.personId as uuid), :mail.toAddress, :model,
                    :messageId, :state, :reason, :mail.notBefore, :validUntil, :now, :now)
            on conflict do nothing
            """)
    int insert(
            UUID id,
            @BindMethods("mail") NewMail mail,
            String mailClass,
            String model,
            String messageId,
            String state,
            @Nullable String reason,
            Instant validUntil,
            Instant now);

    @SqlQuery("select " + COLUMNS + " from outbox where id = :id")
    Optional<OutboxMail> find(UUID id);

    @SqlQuery("select " + COLUMNS + " from outbox where dedupe_key = :dedupeKey")
    Optional<OutboxMail> findByKey(String dedupeKey);

    @SqlQuery("select " + COLUMNS + " from outbox where message_id = :messageId")
    Optional<OutboxMail> findByMessageId(String messageId);

    @SqlQuery("select " + COLUMNS + " from outbox where remote_id = :remoteId order by sent_at desc limit 1")
    Optional<OutboxMail> findByRemoteId(String remoteId);

    /** Reads each state in index order: years of sent mails lie in the same table. */
    @SqlQuery("(select " + COLUMNS + """
               from outbox where state = 'queued' and not_before <= :now order by state, not_before limit :limit)
            union all
            (select
            """ + COLUMNS + """
               from outbox where state = 'retry' and not_before <= :now order by state, not_before limit :limit)
            union all
            (select
            """ + COLUMNS + """
               from outbox
              where state = 'uncertain' and resends = 0 and sent_at <= :resendBefore
                and mail_class in ('assignment', 'escalation', 'notice')
              order by state, not_before limit :limit)
            """)
    List<OutboxMail> listClaimable(Instant now, Instant resendBefore, int limit);

    /** Returns 1 or 0 for each mail: 0 if it changed since it was read. */
    @SqlBatch("""
            update outbox
               set state = 'sending', lease_token = :token, lease_until = :until, attempts = attempts + 1,
                   resends = case when state = 'uncertain' then resends + 1 else resends end, version = version + 1
             where id = :id and version = :version and state in ('queued', 'retry', 'uncertain')
            """)
    int[] claim(@Bind("id") List<UUID> ids, @Bind("version") List<Long> versions, UUID token, Instant until);

    @SqlUpdate("""
            update outbox
               set state = :state, resends = :resends, attempts = attempts - 1, lease_token = null, lease_until = null,
                   version = version + 1
             where id = :id and lease_token = :token
            """)
    int release(UUID id, UUID token, String state, int resends);

    @SqlQuery(
            "select " + COLUMNS
                    + " from outbox where state = 'sending' and lease_until <= :now order by id limit 50 for update skip locked")
    List<OutboxMail> listAbandoned(Instant now);

    /** Returns 1 or 0 for each mail: 0 if its lease no longer holds. */
    @SqlBatch("""
            update outbox
               set state = :state, reason = :reason, not_before = :notBefore, phase = :phase, smtp_code = :code,
                   enhanced_code = :enhanced, answer = :answer, remote_id = coalesce(:remoteId, remote_id),
                   to_address = coalesce(:to, to_address), subject = coalesce(:subject, subject),
                   body_text = coalesce(:text, body_text), sent_at = coalesce(:sentAt, sent_at),
                   lease_token = null, lease_until = null, version = version + 1
             where id = :id and lease_token = :token
            """)
    int[] finish(@BindMethods List<Attempt.Outcome> outcomes);

    /** Returns 0 if the mail is in none of these states. */
    @SqlUpdate("""
            update outbox set state = :state, reason = :reason, version = version + 1, lease_token = null,
                              lease_until = null
             where id = :id and state in (<from>)
            """)
    int move(UUID id, @BindList("from") List<String> from, String state, @Nullable String reason);

    /** Sets a new {@code valid_until}, so that a mail that was held for long does not expire. */
    @SqlUpdate("""
            update outbox set state = 'queued', reason = null, valid_until = :validUntil, version = version + 1
             where id = :id and state = 'held'
            """)
    int letGo(UUID id, Instant validUntil);

    @SqlUpdate("""
            update outbox
               set state = 'queued', reason = :reason, not_before = :now, queued_at = :now, valid_until = :validUntil,
                   resends = 0, version = version + 1
             where id = :id and state <> 'sending'
            """)
    int requeue(UUID id, String reason, Instant now, Instant validUntil);

    @SqlUpdate("update outbox set not_before = :notBefore, version = version + 1 where id = :id and state = 'queued'")
    int postpone(UUID id, Instant notBefore);

    @SqlUpdate("update outbox set model = :model where id = :id")
    int setModel(UUID id, String model);

    /** Like {@link #postpone}, but also for a mail that was tried before. */
    @SqlUpdate("""
            update outbox set not_before = :notBefore, version = version + 1 where id = :id and state in ('queued', 'retry')
            """)
    int holdBack(UUID id, Instant notBefore);

    @SqlBatch("""
            insert into outbox_attempt (outbox_id, n, started_at, ended_at, verdict, phase, smtp_code, answer)
            values (:mailId, :n, :startedAt, :endedAt, :verdict, :phase, :code, :answer)
            """)
    void insertAttempts(@BindMethods List<Attempt> attempts);

    @SqlQuery("""
            select outbox_id as mail_id, n, started_at, ended_at, verdict, phase, smtp_code as code, answer
              from outbox_attempt where outbox_id = :mailId order by n
            """)
    List<Attempt> listAttempts(UUID mailId);

    @SqlUpdate("delete from outbox_attempt where ended_at < :before")
    int deleteAttempts(Instant before);

    @SqlQuery("""
            select count(*) from outbox
             where queued_at > :after and mail_class in ('assignment', 'reminder', 'escalation', 'digest', 'notice')
            """)
    long countBraked(Instant after);

    @SqlQuery("select " + COLUMNS + " from outbox where state = :state order by id limit :limit")
    List<OutboxMail> listByState(String state, int limit);

    @SqlQuery("select " + COLUMNS + """
               from outbox
              where subject_id = :subjectId and person_id = :personId
              order by created_at, id
            """)
    List<OutboxMail> listOf(UUID subjectId, UUID personId);

    @SqlQuery("""
            select subject_id, person_id, message_id from outbox
             where person_id in (<people>) and subject_id in (<subjects>) and state = 'accepted'
             order by created_at, id
            """)
    List<SentMail> listLeft(@BindList("people") List<UUID> people, @BindList("subjects") List<UUID> subjects);

    @SqlQuery("""
            select count(*) from outbox
             where person_id = :personId and mail_class not in ('receipt', 'code', 'service') and created_at > :after
               and state not in ('cancelled', 'superseded')
            """)
    int countTo(UUID personId, Instant after);

    @SqlQuery("""
            select count(*) from outbox
             where person_id = :personId and mail_class = 'receipt' and kind = :kind and created_at > :after
               and state not in ('cancelled', 'superseded')
            """)
    int countReceipts(UUID personId, String kind, Instant after);

    @SqlQuery("select count(*) from outbox where state = :state")
    long count(String state);

    /** By state, of what has still to leave or has expired since; a state without mails is absent. */
    @SqlQuery("""
            select state, count(*) as mails from outbox
             where state in ('queued', 'retry', 'held', 'uncertain') or state = 'expired' and valid_until > :since
             group by state
            """)
    @KeyColumn("state")
    @ValueColumn("mails")
    Map<String, Long> countWaiting(Instant since);

    @SqlQuery("select actor_ref from person where id = :personId")
    Optional<String> findPersonRef(UUID personId);

    @SqlQuery("select min(not_before) from outbox where state in ('queued', 'retry')")
    Optional<Instant> findEarliest();

    @SqlQuery("select " + COLUMNS + """
               from outbox
              where (:state is null or state = :state)
                and (cast(:personId as uuid) is null or person_id = cast(:personId as uuid))
                and (cast(:beforeAt as timestamp with time zone) is null
                     or created_at < :beforeAt or (created_at = :beforeAt and id < cast(:beforeId as uuid)))
              order by created_at desc, id desc
              limit :limit
            """)
    List<OutboxMail> list(
            @Nullable String state,
            @Nullable UUID personId,
            @Nullable Instant beforeAt,
            @Nullable UUID beforeId,
            int limit);

    @SqlQuery("""
            select count(*) from outbox
             where (:state is null or state = :state)
               and (cast(:personId as uuid) is null or person_id = cast(:personId as uuid))
            """)
    long countListed(@Nullable String state, @Nullable UUID personId);
}
