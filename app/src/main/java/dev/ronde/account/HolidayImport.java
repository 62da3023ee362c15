package dev.ronde.account;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Imported holidays, in addition to the built-in ones; a new file replaces the zone's earlier one. */
record HolidayImport(InstantSource clock, EvidenceLog log) {
    public List<Holiday> list(Handle handle) {
        return handle.attach(HolidayDao.class).list();
    }

    /**
     * What was taken in.
     *
     * @param lastOn from the day after it on, nothing is known
     * @param leftOut events with hours, which are no holidays
     */
    public record Taken(int days, LocalDate lastOn, int leftOut) {}

    /**
     * Takes a file in.
     *
     * @throws dev.ronde.platform.problem.Problem 422 where it has no holidays, or an event that cannot be understood
     */
    public Taken replace(Handle tx, ZoneId zone, String calendar, Actor by) {
        HolidayFile.Content content = HolidayFile.read(zone, calendar, LocalTimes.dayOf(clock.instant(), zone));
        List<Holiday> days = content.days();
        HolidayDao dao = tx.attach(HolidayDao.class);
        dao.delete(zone.getId());
        dao.insert(days);
        log.append(
                tx,
                Evidence.of("config.changed", by, Subject.of("holidays", zone.getId()))
                        .data("days", days.size()));
        return new Taken(days.size(), days.get(days.size() - 1).dayOn(), content.leftOut());
    }

    interface HolidayDao {
        @SqlQuery("select zone, day_on, name from holiday order by zone, day_on")
        List<Holiday> list();

        @SqlQuery("select day_on from holiday where zone = :zone order by day_on")
        List<LocalDate> listDays(String zone);

        @SqlUpdate("delete from holiday where zone = :zone")
        int delete(String zone);

        @SqlBatch("insert into holiday (zone, day_on, name) values (:zone, :dayOn, :name)")
        void insert(@BindMethods List<Holiday> days);
    }
}
