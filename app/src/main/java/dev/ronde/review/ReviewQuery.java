package dev.ronde.review;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
                    + (ReviewDao.UNMET_SINCE + ReviewDao.MADE_UP_ON).replace("review.", "r.");
    private static final String LINE = "select " + COLUMNS
            + ", a.ref as asset_ref, a.name as asset_name, p.email as owner_email, p.name as owner_name,"
            + " d.email as delegate_email";
    private static final String OF_WHOM = """
             join asset a on a.id = r.asset_id
             left join person p on p.id = case when r.opened_at is null and r.owner_id is null then a.owner_id else r.owner_id end
             left join person d on d.id = r.delegated_to
            """;
    private static final String NOT_ENDED =
            " and r.attested_at is null and r.missed_at is null and r.cancelled_at is null";
    private static final String UNFINISHED = NOT_ENDED + " and r.missed_from > :now";
    private static final String IN_ORDER = "r.due_on, r.review_number";
    /** The same order among those that nobody has ended, as their index has it. */
    private static final String UNFINISHED_IN_ORDER = "r.attested_at, r.missed_at, r.cancelled_at, " + IN_ORDER;
    /** And among those of them that are not open yet. */
    private static final String SCHEDULED_IN_ORDER =
            "r.attested_at, r.missed_at, r.cancelled_at, r.opened_at, " + IN_ORDER;

    private static final String KEYS = "select r.id as row_id, r.due_on, r.review_number";

    private static final String NEXT_OR_OPENED = """
             and r.cancelled_at is null
             and (r.opened_at is not null
                  or r.due_on = (select min(n.due_on) from review n
                                  where n.asset_id = r.asset_id and n.opened_at is null and n.cancelled_at is null
                                    and n.missed_from > :now))
            """;

    /**
     * Reviews an index finds; none is in two parts.
     *
     * @param found the order in which it finds them; null where that is the list's
     */
    private record Part(String condition, @Nullable String found) {
        Part(String condition) {
            this(condition, null);
        }
    }

    private final StringBuilder conditions = new StringBuilder();
    private final List<Part> parts;
    /** Of each part whether it is crowded, from the first page on: on those that follow there are no more. */
    private final Map<Part, Boolean> crowds = new HashMap<>();

    private final Map<String, Object> values = new HashMap<>();
    private final boolean oneSubject;
    private final String order;
    private final long most;

    public ReviewQuery(ReviewFilter filter, Instant now) {
        this(filter, now, COUNTED);
    }

    ReviewQuery(ReviewFilter filter, Instant now, long most) {
        this.most = most;
        values.put("now", now);
        values.put("most", most);
        ReviewState state = filter.state();
        parts = state == null ? List.of(new Part("")) : inState(state);
        Boolean overdue = filter.overdue();
        if (overdue != null) {
            conditions
                    .append(overdue ? " and (true" : " and not (true")
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
        order = " order by " + (oneSubject ? IN_ORDER : inOrder(state, late));
        add("""
                 and r.id in (select mine.id from review mine where mine.owner_id = :owner
                              union all
                              select ahead.id from review ahead
                               where ahead.opened_at is null and ahead.owner_id is null
                                 and ahead.asset_id in (select own.id from asset own where own.owner_id = :owner))
                """, "owner", filter.owner());
        add(" and r.asset_id = (select one.id from asset one where one.ref = :asset)", "asset", filter.assetRef());
        add(" and r.plan_id = :plan", "plan", filter.plan());
        add(" and r.due_on < :dueBefore", "dueBefore", filter.dueBefore());
        add("""
                 and (r.owner_id in (select s.owner_id from stands_for s where s.person_id = :me)
                      or r.delegated_to in (select s.owner_id from stands_for s where s.person_id = :me)
                      or r.asset_id in (select f.asset_id from sees_asset f where f.person_id = :me))
                """, "me", filter.visibleTo());
    }

    /** The same as {@link Review#stateAt}. */
    private static List<Part> inState(ReviewState state) {
        return switch (state) {
            case CANCELLED -> List.of(new Part(" and r.cancelled_at <= :now"));
            case ATTESTED ->
                List.of(
                        new Part(
                                " and r.cancelled_at is null and r.attested_at is not null and (r.missed_at is null or r.attested_at < r.missed_from)"));
            case MISSED ->
                List.of(
                        // what the next closing takes, in the order of its index: due dates and ends of windows go
                        // together
                        new Part(
                                NOT_ENDED + " and r.missed_from <= :now",
                                " order by r.attested_at, r.missed_at, r.cancelled_at, r.missed_from"),
                        new Part(
                                " and r.cancelled_at is null and r.missed_at is not null and (r.attested_at is null or r.attested_at >= r.missed_from)"));
            case SCHEDULED -> List.of(new Part(UNFINISHED + " and r.opened_at is null"));
            case OPEN -> List.of(new Part(UNFINISHED + " and r.opened_at is not null and r.acknowledged_at is null"));
            case ACKNOWLEDGED ->
                List.of(new Part(UNFINISHED + " and r.opened_at is not null and r.acknowledged_at is not null"));
        };
    }

    private static String inOrder(@Nullable ReviewState state, boolean late) {
        if (state == ReviewState.SCHEDULED) {
            return SCHEDULED_IN_ORDER;
        }
        return late || (state != null && state.waiting()) ? UNFINISHED_IN_ORDER : IN_ORDER;
    }

    private void add(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.append(condition);
            values.put(name, value);
        }
    }

    /** How many match; never more than {@link #COUNTED}, so that no list waits for the counting of a whole estate. */
    long count(Handle handle) {
        // whose and of which asset have indexes of their own; else the order keeps the database from reading rows
        String each = parts.stream()
                .map(part -> part(part, "select 1 as one", "", oneSubject ? "" : order, "most"))
                .collect(Collectors.joining(" union all "));
        return Math.min(most, one(handle, "select count(*) from (" + each + ") counted"));
    }

    private long one(Handle handle, String sql) {
        return bound(handle.createQuery(sql)).mapTo(Long.class).one();
    }

    /** The rows after the cursor's due date and number; nulls start at the first. Whoever asks for all pages of one moment asks the same query. */
    public List<ReviewRow> list(Handle handle, @Nullable LocalDate afterDueOn, long afterNumber, int limit) {
        String after = "";
        if (afterDueOn != null) {
            after = " and r.due_on >= :afterDueOn and (r.due_on > :afterDueOn or r.review_number > :afterNumber)";
            values.put("afterDueOn", afterDueOn);
            values.put("afterNumber", afterNumber);
        }
        values.put("limit", limit);
        String found = after;
        String each = parts.stream()
                .map(part -> part(
                        crowds.computeIfAbsent(part, one -> crowded(handle, one, found))
                                ? new Part(part.condition())
                                : part,
                        KEYS,
                        found,
                        order,
                        "limit"))
                .collect(Collectors.joining(" union all "));
        String first = "select u.row_id from (" + each + ") u order by u.due_on, u.review_number limit :limit";
        String sql =
                LINE + " from (" + first + ") w join review r on r.id = w.row_id" + OF_WHOM + " order by " + IN_ORDER;
        return new ArrayList<>(
                bound(handle.createQuery(sql)).mapTo(ReviewRow.class).list());
    }

    private String part(Part part, String select, String after, String ordered, String limit) {
        return "(" + select + " from review r where true" + part.condition() + conditions + after
                + (part.found() == null ? ordered + " limit :" + limit : part.found() + " limit :most") + ")";
    }

    /** Whether the first that an index finds may not be the first of the list: then those are sought in the order of the list, and near. */
    private boolean crowded(Handle handle, Part part, String after) {
        return part.found() != null
                && one(
                                handle,
                                "select count(*) from " + part(part, "select 1 as one", after, order, "limit")
                                        + " found")
                        >= most;
    }

    /** The next one that is expected, then what was opened, newest due date first. */
    public List<ReviewRow> newest(Handle handle, int limit) {
        values.put("limit", limit);
        String sql = LINE + " from review r" + OF_WHOM + " where true" + conditions + NEXT_OR_OPENED
                + " order by r.due_on desc, r.review_number limit :limit";
        return bound(handle.createQuery(sql)).mapTo(ReviewRow.class).list();
    }

    List<ReviewRow> byNumber(Handle handle, long number) {
        add(" and r.review_number = :number", "number", number);
        return list(handle, null, 0, 1);
    }

    private Query bound(Query query) {
        // the time and the most that is counted are there for every query, used or not
        query.configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true));
        return query.bindMap(values);
    }
}
