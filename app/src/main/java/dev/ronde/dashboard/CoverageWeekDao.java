package dev.ronde.dashboard;

import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on the counted weeks. */
interface CoverageWeekDao {
    record Row(LocalDate weekOn, long inDate, long late, long notYet, long noPlan) {
        long all() {
            return inDate + late + notYet + noPlan;
        }
    }

    @SqlQuery("""
            select week_on, in_date, late, not_yet, no_plan from coverage_week
             where week_on >= :from and week_on <= :to order by week_on""")
    List<Row> list(@Bind("from") LocalDate from, @Bind("to") LocalDate to);

    @SqlUpdate("""
            insert into coverage_week (week_on, in_date, late, not_yet, no_plan)
            values (:weekOn, :inDate, :late, :notYet, :noPlan)""")
    void insert(@BindMethods Row row);
}
