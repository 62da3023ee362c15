package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Holidays of zones for which nothing is built in, or beside what is; a new file replaces the zone's earlier one. */
public final class HolidayImport {
    private final EvidenceLog log;

    HolidayImport(EvidenceLog log) {
        this.log = log;
    }

    /** Every imported day, by zone and date. */
    public List<Holiday> list(Handle handle) {
        return handle.attach(HolidayDao.class).list();
    }

    /** Takes the file in and returns how many days it names; a {@link dev.ronde.platform.problem.Problem} 422 where it names none. */
    public int replace(Handle tx, ZoneId zone, String calendar, Actor by) {
        List<Holiday> days = HolidayFile.read(zone.getId(), calendar);
        HolidayDao dao = tx.attach(HolidayDao.class);
        dao.delete(zone.getId());
        dao.insert(days);
        log.append(
                tx,
                Evidence.of("config.changed", by, Subject.of("installation", "1"))
                        .data("holidays", zone.getId())
                        .data("days", days.size()));
        return days.size();
    }
}
