package dev.ronde.reminder;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Who asked for no optional mails. */
public interface MuteDao {
    @SqlUpdate("insert into mail_mute (person_id, muted_at) values (:personId, :now) on conflict do nothing")
    int mute(UUID personId, Instant now);

    @SqlUpdate("delete from mail_mute where person_id = :personId")
    int unmute(UUID personId);

    @SqlQuery("select count(*) > 0 from mail_mute where person_id = :personId")
    boolean isMuted(UUID personId);
}
