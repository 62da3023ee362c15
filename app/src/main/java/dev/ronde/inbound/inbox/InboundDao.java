package dev.ronde.inbound.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface InboundDao {
    String COLUMNS = """
            id, mailbox, uid_validity, uid, message_id, raw_sha256, letter_sha256, size_bytes, headers_only, received_at,
            state, attempts, error, sort, sort_rule, from_address, subject, verdict, verdict_detail, matched_by, grant_id,
            subject_id, person_id, sender_id, verb, args, line, comment_text, decision, rule, reason, about,
            record_id, decided_at, version
            """;

    /** Returns 0 if the message is already stored. */
    @SqlUpdate("""
            insert into inbound_mail (id, mailbox, uid_validity, uid, message_id, raw_sha256, letter_sha256, size_bytes,
                                      headers_only, received_at, state, not_before)
            values (:id, :mailbox, :uidValidity, :uid, :messageId, :rawSha256, :letterSha256, :sizeBytes, :headersOnly,
                    :receivedAt, 'stored', :receivedAt)
            on conflict do nothing
            """)
    int insert(UUID id, @BindMethods Arrival arrival);

    @SqlUpdate("insert into inbound_raw (mail_id, content) values (:id, :content)")
    void insertRaw(UUID id, byte[] content);

    @SqlQuery("select content from inbound_raw where mail_id = :id")
    Optional<byte[]> findRaw(UUID id);

    @SqlQuery("select " + COLUMNS + " from inbound_mail where id = :id")
    Optional<InboundMail> find(UUID id);

    @SqlQuery("select " + COLUMNS + """
              from inbound_mail where message_id = :messageId and raw_sha256 = :rawSha256
            """)
    Optional<InboundMail> findSame(String messageId, String rawSha256);

    @SqlQuery("""
            select id from inbound_mail
             where message_id = :messageId and letter_sha256 = :letterSha256 and id <> :id
               and decision in ('executed', 'challenged', 'commented', 'rejected', 'noted')
             order by received_at, id limit 1
            """)
    Optional<UUID> findActed(UUID id, @BindMethods Arrival arrival);

    @SqlQuery("""
            select comment_text from inbound_mail
             where sender_id = :senderId and subject_id <> :subjectId and comment_text is not null and comment_text <> ''
             order by received_at desc, id desc limit :limit
            """)
    List<String> listWords(UUID senderId, UUID subjectId, int limit);

    @SqlQuery("""
            select id from inbound_mail
             where mailbox = :mailbox and uid_validity = :uidValidity and uid = :uid and message_id = :messageId
            """)
    Optional<UUID> findAt(@BindMethods Arrival arrival);

    @SqlQuery("""
            select id from inbound_mail where state = 'stored' and not_before <= :now
             order by received_at, coalesce(uid, 0), id limit :limit
            """)
    List<UUID> listStored(Instant now, int limit);

    @SqlQuery("""
            select earlier.id from inbound_mail earlier, inbound_mail one
             where one.id = :id and earlier.state = 'stored' and earlier.not_before <= :now
               and (earlier.received_at < one.received_at
                    or (earlier.received_at = one.received_at and earlier.id < one.id))
             order by earlier.received_at, coalesce(earlier.uid, 0), earlier.id limit :limit
            """)
    List<UUID> listEarlier(UUID id, Instant now, int limit);

    @SqlQuery("select " + COLUMNS + """
              from inbound_mail where id = :id and state = 'stored' for update
            """)
    Optional<InboundMail> lockStored(UUID id);

    @SqlUpdate("""
            update inbound_mail
               set state = 'decided', error = null, sort = :r.sort, sort_rule = :r.sortRule,
                   from_address = :r.fromAddress, subject = :r.subject, verdict = :r.verdict,
                   verdict_detail = :r.verdictDetail, matched_by = :r.matchedBy, grant_id = :r.grantId,
                   subject_id = cast(:r.subjectId as uuid), person_id = cast(:r.personId as uuid),
                   sender_id = cast(:r.senderId as uuid), verb = :r.verb, args = :r.args, line = :r.line,
                   comment_text = :r.commentText, decision = :decision, rule = :d.rule, reason = :d.reason,
                   about = :d.about, record_id = cast(:d.recordId as uuid), decided_at = :d.decidedAt,
                   version = version + 1
             where id = :id
            """)
    int decide(UUID id, @BindMethods("r") Reading reading, String decision, @BindMethods("d") Ruling ruling);

    @SqlUpdate("""
            update inbound_mail
               set attempts = attempts + 1, error = :error, not_before = :notBefore, version = version + 1
             where id = :id and state = 'stored'
            """)
    void postpone(UUID id, String error, Instant notBefore);

    @SqlBatch("""
            insert into inbound_file (mail_id, n, name, declared_type, found_type, size_bytes, sha256, fate, reason)
            values (:mailId, :n, :name, :declaredType, :foundType, :sizeBytes, :sha256, :fate, :reason)
            """)
    void insertFiles(@BindMethods List<InboundFile> files);

    @SqlUpdate("delete from inbound_file where mail_id = :id")
    void deleteFiles(UUID id);

    @SqlQuery("""
            select mail_id, n, name, declared_type, found_type, size_bytes, sha256, fate, reason
              from inbound_file where mail_id = :id order by n
            """)
    List<InboundFile> listFiles(UUID id);

    @SqlQuery("select count(*) from inbound_file where sha256 = :sha256")
    int countSeen(String sha256);

    /** Refused messages stay longer than those that were done or led to nothing. */
    @SqlUpdate("""
            delete from inbound_raw
             where mail_id in (select id from inbound_mail
                                where state = 'decided'
                                  and (decided_at < :refusedBefore
                                       or (decided_at < :before and decision not in (<refused>))))
            """)
    int deleteRaw(Instant before, Instant refusedBefore, @BindList List<String> refused);

    @SqlQuery("""
            select m.id from inbound_mail m
             where m.state = 'decided' and m.decided_at < :before and m.decision in (<refused>) and not m.headers_only
               and exists (select 1 from inbound_raw r where r.mail_id = m.id)
             order by m.decided_at, m.id limit :limit
            """)
    List<UUID> listWhole(Instant before, @BindList List<String> refused, int limit);

    @SqlUpdate("update inbound_raw set content = :content where mail_id = :id")
    int setRaw(UUID id, byte[] content);

    @SqlUpdate("update inbound_mail set headers_only = true, version = version + 1 where id = :id")
    int setHeadersOnly(UUID id);

    @SqlQuery("select " + COLUMNS + """
               from inbound_mail
              where (cast(:decision as varchar) is null or decision = :decision)
                and (cast(:sort as varchar) is null or sort = :sort)
                and (cast(:beforeAt as timestamp with time zone) is null
                     or received_at < :beforeAt or (received_at = :beforeAt and id < cast(:beforeId as uuid)))
              order by received_at desc, id desc
              limit :limit
            """)
    List<InboundMail> list(
            @Nullable String decision,
            @Nullable String sort,
            @Nullable Instant beforeAt,
            @Nullable UUID beforeId,
            int limit);

    @SqlQuery("""
            select count(*) from inbound_mail
             where (cast(:decision as varchar) is null or decision = :decision)
               and (cast(:sort as varchar) is null or sort = :sort)
            """)
    long count(@Nullable String decision, @Nullable String sort);

    @SqlQuery("select count(*) from inbound_mail where state = 'stored'")
    long countWaiting();
}
