package dev.ronde.review;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** The list of reviews, earliest due date first, put together from fixed conditions; values are always bound. */
public final class ReviewQuery {
    /** Further nobody counts. */
    static final long COUNTED = 10_000;

    private static final String COLUMNS =
            "r." + String.join(", r.", ReviewDao.STORED.strip().split(",\\s*"))
                    + ReviewDao.UNMET_SINCE.replace("review.", "r.");
    private static final String FROM = """
             from review r
             join asset a on a.id = r.asset_id
             left join person p on p.id = case when r.opened_at is null then a.owner_id else r.owner_id end
             left join person d on d.id = r.delegated_to
            where true
            """;
    private static final String UNFINISHED =
            " r.attested_at is null and r.missed_at is null and r.cancelled_at is null and r.missed_from > :now";
    private static final String IN_ORDER = "r.due_on, r.review_number";
    /** The same order among those that nobody has ended, as their index has it. */
    private static final String UNFINISHED_IN_ORDER = "r.attested_at, r.missed_at, r.cancelled_at, " + IN_ORDER;

    private static final String NEXT_OR_OPENED = """
             and r.cancelled_at is null
             and (r.opened_at is not null
                  or r.due_on = (select min(n.due_on) from review n
                                  where n.asset_id = r.asset_id and n.opened_at is null and n.cancelled_at is null
                                    and n.missed_from > :now))
            """;

    private final StringBuilder conditions = new StringBuilder();
    private final Map<String, Object> values = new HashMap<>();
    private final boolean oneSubject;
    private final String order;

    public ReviewQuery(ReviewFilter filter, Instant now) {
        values.put("now", now);
        ReviewState state = filter.state();
        if (state != null) {
            conditions.append(" and").append(inState(state));
        }
        Boolean overdue = filter.overdue();
        if (overdue != null) {
            conditions
                    .append(overdue ? " and (" : " and not (")
                    .append(UNFINISHED)
                    .append(" and r.overdue_at <= :now)");
        }
        boolean late = Boolean.TRUE.equals(overdue);
        if (late) {
            // no zone is further ahead
            add(
                    " and r.due_on <= :tomorrow",
                    "tomorrow",
                    now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1));
        }
        oneSubject = filter.owner() != null || filter.assetRef() != null || filter.visibleTo() != null;
        boolean unfinished = late || state == ReviewState.SCHEDULED || (state != null && state.waiting());
        order = " order by " + (unfinished && !oneSubject ? UNFINISHED_IN_ORDER : IN_ORDER);
        add("""
                 and r.id in (select mine.id from review mine where mine.owner_id = :owner
                              union all
                              select ahead.id from review ahead
                               where ahead.opened_at is null
                                 and ahead.asset_id in (select own.id from asset own where own.owner_id = :owner))
                """, "owner", filter.owner());
        add(" and r.asset_id = (select one.id from asset one where one.ref = :asset)", "asset", filter.assetRef());
        add(" and r.plan_id = :plan", "plan", filter.plan());
        add(" and r.due_on < :dueBefore", "dueBefore", filter.dueBefore());
        add("""
                 and (r.owner_id in (select s.owner_id from stands_for s where s.person_id = :me)
                      or r.delegated_to in (select s.owner_id from stands_for s where s.person_id = :me)
                      or r.asset_id in (select f.asset_id from answers_for f where f.person_id = :me))
                """, "me", filter.visibleTo());
    }

    /** The same as {@link Review#stateAt}, in a form of which each part is found by an index. */
    private static String inState(ReviewState state) {
        return switch (state) {
            case CANCELLED -> " r.cancelled_at <= :now";
            case ATTESTED ->
                " r.cancelled_at is null and r.attested_at is not null and (r.missed_at is null or r.attested_at < r.missed_from)";
            case MISSED -> """
                 r.cancelled_at is null
                 and (r.attested_at is null and r.missed_at is null and r.missed_from <= :now
                      or r.missed_at is not null and (r.attested_at is null or r.attested_at >= r.missed_from))
                """;
            case SCHEDULED -> UNFINISHED + " and r.opened_at is null";
            case OPEN -> UNFINISHED + " and r.opened_at is not null and r.acknowledged_at is null";
            case ACKNOWLEDGED -> UNFINISHED + " and r.opened_at is not null and r.acknowledged_at is not null";
        };
    }

    private void add(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.append(condition);
            values.put(name, value);
        }
    }

    /** How many match; never more than {@link #COUNTED}, so that no list waits for the counting of a whole estate. */
    long count(Handle handle) {
        values.put("most", COUNTED);
        // whose and of which asset have indexes of their own; else the order keeps the database from reading rows
        String sql = "select count(*) from (select 1 as one from review r where true" + conditions
                + (oneSubject ? "" : order) + " limit :most) counted";
        return bound(handle.createQuery(sql)).mapTo(Long.class).one();
    }

    /** The rows after the cursor's due date and number; nulls start at the first. */
    public List<ReviewRow> list(Handle handle, @Nullable LocalDate afterDueOn, long afterNumber, int limit) {
        String after = "";
        if (afterDueOn != null) {
            after = " and r.due_on >= :afterDueOn and (r.due_on > :afterDueOn or r.review_number > :afterNumber)";
            values.put("afterDueOn", afterDueOn);
            values.put("afterNumber", afterNumber);
        }
        values.put("limit", limit);
        String sql = "select " + COLUMNS
                + ", a.ref as asset_ref, a.name as asset_name, p.email as owner_email, p.name as owner_name,"
                + " d.email as delegate_email" + FROM + conditions + after + order + " limit :limit";
        return new ArrayList<>(
                bound(handle.createQuery(sql)).mapTo(ReviewRow.class).list());
    }

    /** The next one that is expected, then what was opened, newest due date first. */
    public List<ReviewRow> newest(Handle handle, int limit) {
        values.put("limit", limit);
        String sql = "select " + COLUMNS
                + ", a.ref as asset_ref, a.name as asset_name, p.email as owner_email, p.name as owner_name,"
                + " d.email as delegate_email" + FROM + conditions + NEXT_OR_OPENED
                + " order by r.due_on desc, r.review_number limit :limit";
        return bound(handle.createQuery(sql)).mapTo(ReviewRow.class).list();
    }

    /** One review by its number, if the filter lets it through. */
    List<ReviewRow> byNumber(Handle handle, long number) {
        add(" and r.review_number = :number", "number", number);
        return list(handle, null, 0, 1);
    }

    private Query bound(Query query) {
        // the time is there for every query, used or not
        query.configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true));
        return query.bindMap(values);
    }
}
