package dev.ronde.retention;

import dev.ronde.account.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Where the words, the name and the address of a person stand, in the tables of all rooms. */
interface ErasureDao {
    record Text(UUID recId, String field, boolean held) {}

    /** The mails that came from them or bear their address, whoever that proves, and the reports on mails that went to them. */
    String THEIRS = " (sender_id = :id or lower(from_address) = :key or person_id = :id and sort = 'bounce') ";

    /**
     * The private texts that a person wrote, was mailed or is named in; not what they noted of assets, nor names and leaves of others. With
     * whether a hold covers their records.
     */
    @SqlQuery("""
            select p.rec_id, p.field,
            """ + HoldDao.HELD + """
             as held
              from evidence_private p join evidence_record r on r.rec_id = p.rec_id
             where p.private_text is not null
               and (r.actor_ref = :actorRef and r.subject_kind not in ('person', 'asset')
                    or r.subject_kind = 'person' and r.subject_id = :actorRef
                    or r.subject_kind = 'mail'
                       and exists (select 1 from outbox o where o.person_id = :id and cast(o.id as varchar) = r.subject_id)
                    or r.rec_type = 'review.commented' and position(:key in p.private_text) = 1
                    or r.subject_kind = 'message'
                       and r.subject_id in (select cast(id as varchar) from inbound_mail where""" + THEIRS + """
            )) order by p.rec_id, p.field
            """)
    List<Text> list(@BindMethods Person person, String key, Instant now);

    @SqlBatch("""
            update evidence_private set salt = null, private_text = null, erased_at = :now where rec_id = :recId and field = :field
            """)
    void erase(@BindMethods List<Text> texts, Instant now);

    /** Everything beside the ledger; {@code :named} is the name, or the address where it is too short to be looked for. */
    List<String> STATEMENTS = List.of(
            """
            update review_event set detail = '[erased]'
             where detail is not null
               and (actor_ref = :ref or about_ref = :ref or position(:email in detail) > 0 or position(:named in detail) > 0)
            """,
            "update review_event set actor_name = '[erased]' where actor_ref = :ref",
            "update review_file set file_name = '[erased]', added_by_name = '[erased]' where added_by = :ref",
            """
            update answer_file set name = '[erased]'
             where record_id in (select r.rec_id from evidence_record r where r.actor_ref = :ref and r.rec_type like 'review.%')
            """,
            """
            update review set performed_by_name = '[erased]', note = case when note is not null then '[erased]' end,
                   answers = case when answers is not null then '{}' end,
                   waiver_reason = case when waiver_reason is not null then '[erased]' end
             where performed_by = :ref
            """,
            """
            update review set approver_name = '[erased]', approval_note = case when approval_note is not null then '[erased]' end
             where approver = :ref
            """,
            """
            update review set problem_text = '[erased]'
             where problem_text is not null and id in
                   (select e.review_id from review_event e where e.actor_ref = :ref and e.event_type = 'problem')
            """,
            """
            update review set missed_cause = case when missed_cause is not null then '[erased]' end,
                   missed_action = case when missed_action is not null then '[erased]' end
             where id in (select e.review_id from review_event e where e.actor_ref = :ref and e.event_type = 'recovered')
            """,
            """
            update review set cause_reason = '[erased]'
             where cause_reason is not null and id in
                   (select e.review_id from review_event e where e.actor_ref = :ref and e.event_type = 'scheduled')
            """,
            "update waiver set reason = '[erased]', ticket = null where requested_by = :ref",
            """
            update plan set retire_reason = '[erased]'
             where retire_reason is not null and exists
                   (select 1 from evidence_record r
                     where r.rec_type = 'plan.retired' and r.subject_id = plan.id and r.actor_ref = :ref)
            """,
            "update planned_leave set note = null where person_id = :id or created_by = :ref",
            "update probe_pause set reason = '[erased]' where created_by = :ref",
            "delete from asset_upload where actor_ref = :ref",
            "update legal_hold set reason = '[erased]' where set_by = :ref",
            "update calendar_feed set name = '[erased]' where person_id = :id",
            """
            update outbox set to_address = '[erased]', about = '[erased]', subject = '[erased]', body_text = '[erased]', model = '{}', answer = null, reason = null,
                   state = case when state in ('queued', 'retry', 'held') then 'cancelled' else state end
             where person_id = :id
            """,
            "update outbox_attempt set answer = '' where outbox_id in (select id from outbox where person_id = :id)",
            """
            update outbox set about = replace(replace(about, :named, '[erased]'), :email, '[erased]'),
                   subject = replace(replace(subject, :named, '[erased]'), :email, '[erased]'),
                   body_text = replace(replace(body_text, :named, '[erased]'), :email, '[erased]'),
                   model = replace(replace(model, :named, '[erased]'), :email, '[erased]')
             where position(:named in model) > 0 or position(:email in model) > 0
                or position(:named in body_text) > 0 or position(:email in body_text) > 0
                or position(:named in about) > 0 or position(:email in about) > 0
            """,
            "delete from inbound_raw where mail_id in (select id from inbound_mail where" + THEIRS + ")",
            "update inbound_file set name = '[erased]' where mail_id in (select id from inbound_mail where" + THEIRS
                    + ")",
            """
            update inbound_mail set from_address = null, subject = null, verdict_detail = null, args = null, line = null,
                   comment_text = null, reason = null, about = null, error = null
             where""" + THEIRS,
            "delete from address_health where person_id = :id or address = :key",
            "delete from absence where person_id = :id",
            "delete from report_recipient where person_id = :id",
            """
            update person set name = '[erased]', email = :gone, email_key = :gone, password_hash = null, updated_at = :now,
                   version = version + 1
             where id = :id
            """);

    /**
     * Erases the person in every table that names them.
     *
     * @param gone the address that stands for the old one
     */
    static void eraseElsewhere(Handle tx, Person person, String gone, Instant now) {
        String named = person.name().length() < 6 ? person.email() : person.name();
        for (String statement : STATEMENTS) {
            tx.createUpdate(statement)
                    .bind("id", person.id())
                    .bind("ref", person.actorRef())
                    .bind("named", named)
                    .bind("email", person.email())
                    .bind("key", person.email().toLowerCase(Locale.ROOT))
                    .bind("gone", gone)
                    .bind("now", now)
                    .execute();
        }
    }
}
