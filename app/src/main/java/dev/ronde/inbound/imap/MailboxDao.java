package dev.ronde.inbound.imap;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
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

    /** Returns 0 if another node has the mailbox. */
    @SqlUpdate("""
            update inbound_mailbox set lease_token = :token, lease_until = :until
             where name = :name and (lease_until is null or lease_until <= :now)
            """)
    int take(String name, UUID token, Instant until, Instant now);

    @SqlUpdate("""
            update inbound_mailbox set lease_token = null, lease_until = null where name = :name and lease_token = :token
            """)
    void release(String name, UUID token);

    /** Extends the lease as well; returns 0 if another node has the mailbox by now. */
    @SqlUpdate("""
            update inbound_mailbox
               set uid_validity = :uidValidity, last_uid = :lastUid, polled_at = :polledAt, error = :error, lease_until = :until
             where name = :name and lease_token = :token
            """)
    int update(@BindMethods MailboxMark mark, UUID token, Instant until);

    @SqlUpdate("update inbound_mailbox set error = :error, polled_at = :now where name = :name")
    void fail(String name, String error, Instant now);
}
