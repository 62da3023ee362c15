package dev.ronde.account;

import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

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
