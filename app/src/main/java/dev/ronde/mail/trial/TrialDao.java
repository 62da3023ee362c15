package dev.ronde.mail.trial;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on the mails Ronde sends to itself. */
interface TrialDao {
    String COLUMNS = """
            id, tag, bounce_tag, message_id, sent_to, server, verdict, phase, smtp_code, answer, sent_at, outcome, returned_at,
            mail_id, header_text
            """;

    @SqlUpdate("""
            insert into mail_trial (id, tag, bounce_tag, message_id, sent_to, server, verdict, phase, smtp_code, answer, sent_at)
            values (:id, :tag, :bounceTag, :messageId, :sentTo, :server, :verdict, :phase, :smtpCode, :answer, :sentAt)
            """)
    void insert(@BindMethods Trial trial);

    @SqlUpdate("""
            update mail_trial set verdict = :verdict, phase = :phase, smtp_code = :code, answer = :answer where id = :id
            """)
    void answered(UUID id, String verdict, String phase, int code, String answer);

    /** Notes what came back; the copy itself counts for more than a report about it. */
    @SqlUpdate("""
            update mail_trial
               set outcome = :outcome, returned_at = :at, mail_id = :mailId, header_text = :headerText
             where id = :id and (outcome is null or (outcome = 'bounced' and :outcome = 'arrived'))
            """)
    int returned(UUID id, String outcome, Instant at, UUID mailId, String headerText);

    @SqlQuery("select " + COLUMNS + " from mail_trial where id = :id")
    Optional<Trial> find(UUID id);

    @SqlQuery("select " + COLUMNS + " from mail_trial order by sent_at desc, id desc limit :limit")
    List<Trial> list(int limit);

    @SqlQuery("select " + COLUMNS + """
               from mail_trial
              where sent_at > :after and (outcome is null or outcome = 'bounced')
              order by sent_at desc, id desc limit 20
            """)
    List<Trial> listOpen(Instant after);
}
