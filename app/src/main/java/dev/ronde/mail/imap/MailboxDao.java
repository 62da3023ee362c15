package dev.ronde.mail.imap;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** How far each mailbox was read. */
public interface MailboxDao {
    @SqlQuery("select name, uid_validity, last_uid, polled_at, error from inbound_mailbox where name = :name")
    Optional<MailboxMark> find(String name);

    @SqlUpdate("""
            insert into inbound_mailbox (name, uid_validity, last_uid) values (:name, 0, 0) on conflict do nothing
            """)
    void ensure(String name);

    @SqlUpdate("""
            update inbound_mailbox
               set uid_validity = :uidValidity, last_uid = :lastUid, polled_at = :polledAt, error = :error
             where name = :name
            """)
    void update(@BindMethods MailboxMark mark);

    @SqlUpdate("update inbound_mailbox set error = :error, polled_at = :now where name = :name")
    void fail(String name, String error, Instant now);
}
