package dev.ronde.coverage;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.table.Table;
import dev.ronde.platform.text.Worded;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** The page of what nobody can answer for, each with its next step, and the same over HTTP. */
final class OrphanPages implements Routes {
    private static final String PATH = "/people/orphans";

    private static final Table<Orphan> JSON = Table.<Orphan>empty()
            .with("kind", orphan -> orphan.kind().word())
            .with("subject", Orphan::subject)
            .with("name", Orphan::name)
            .with("asset", Orphan::asset)
            .with("owner", Orphan::owner)
            .with("reason", orphan -> orphan.reason().word())
            .with("since", Orphan::since)
            .with("assets", Orphan::assets)
            .with("next", orphan -> Map.of("action", orphan.next().word(), "page", orphan.nextHref()));

    private final Orphans orphans;
    private final PageRenderer pages;

    OrphanPages(Orphans orphans, PageRenderer pages) {
        this.orphans = orphans;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::list);
        router.get(
                "/api/v1/orphans",
                Access.AUDIT,
                context -> Requests.list(
                        context, query(context), asked -> page(asked).map(JSON::json)));
    }

    private static Query query(Context context) {
        return Requests.query(context, "kind", "reason", "sort", "limit", "cursor");
    }

    private PageOf<Orphan> page(Query query) {
        return orphans.page(Orphans.Filter.of(query), query.cursor(2), query.limit());
    }

    private void list(Context context) {
        Query query = query(context);
        PageOf<Orphan> page = PageOf.listed(query, this::page);
        Map<String, Object> model = ListPage.of(query, page, PATH, List.of("kind", "reason"));
        model.put("counts", orphans.counts(Orphans.Filter.ALL));
        model.put(
                "reasons",
                Stream.of(Orphan.Reason.values()).map(Orphan.Reason::word).toList());
        model.put("lead", Requests.principal(context).lead());
        pages.render(context, "web/coverage/orphans.peb", model);
    }

    /** Things nobody can answer for: without an owner, or with one who left or whom mail does not reach. */
    static final class Orphans {
        private final Database database;
        private final InstantSource clock;

        Orphans(Database database, InstantSource clock) {
            this.database = database;
            this.clock = clock;
        }

        /** Null does not restrict. */
        record Filter(Orphan.@Nullable Kind kind, Orphan.@Nullable Reason reason) {
            static final Filter ALL = new Filter(null, null);

            static Filter of(Query query) {
                return new Filter(
                        query.oneOf("kind", Orphan.Kind.class).orElse(null),
                        query.oneOf("reason", Orphan.Reason.class).orElse(null));
            }

            private @Nullable String kindName() {
                return kind == null ? null : kind.name();
            }

            private @Nullable String reasonName() {
                return reason == null ? null : reason.name();
            }
        }

        PageOf<Orphan> page(Filter filter, Optional<Cursor> after, int limit) {
            Instant now = clock.instant();
            List<Orphan> rows = database.read(handle -> handle.attach(OrphanDao.class)
                    .list(
                            now,
                            filter.kindName(),
                            filter.reasonName(),
                            after.map(cursor -> (int) cursor.number(0)).orElse(-1),
                            after.map(cursor -> cursor.get(1)).orElse(""),
                            limit + 1));
            long count =
                    counts(filter).values().stream().mapToLong(Long::longValue).sum();
            return PageOf.of(rows, limit, count, row -> Cursor.of(row.kind().place(), row.subject()));
        }

        Map<Orphan.Kind, Long> counts(Filter filter) {
            Instant now = clock.instant();
            Map<Orphan.Kind, Long> counts = new EnumMap<>(Orphan.Kind.class);
            for (Orphan.Kind kind : Orphan.Kind.values()) {
                counts.put(kind, 0L);
            }
            database.read(handle -> handle.attach(OrphanDao.class).count(now, filter.kindName(), filter.reasonName()))
                    .forEach(count -> counts.put(count.kind(), count.orphans()));
            return counts;
        }
    }

    interface OrphanDao {

        String UNREACHABLE =
                "exists (select 1 from address_health h where h.person_id = p.id and h.state = 'unreachable')";

        String LEFT = " exists (select 1 from gone_person g where g.person_id = p.id) ";

        String LOST = "(p.id is null or " + LEFT + " or " + UNREACHABLE + ")";

        String WHO = """
                 p.email as owner, p.id as person_id,
                 case when p.id is null then 'NO_OWNER' when""" + LEFT + """
                 then 'LEFT' else 'UNREACHABLE' end as reason,
                 case when p.id is null then a.updated_at when""" + LEFT + """
                 then (select g.since from gone_person g where g.person_id = p.id)
                      else coalesce((select min(h.first_hard_at) from address_health h
                                      where h.person_id = p.id and h.state = 'unreachable'), p.updated_at) end as since
                """;

        String ALL =
                "select 0 as place, 'REVIEW' as kind, 'REV-' || r.review_number as subject, a.name, a.ref as asset,"
                        + WHO
                        + """
                , 1 as assets
                  from review r join asset a on a.id = r.asset_id left join person p on p.id = r.owner_id
                 where r.opened_at is not null and r.attested_at is null and r.missed_at is null and r.cancelled_at is null
                   and r.missed_from > :now and\s""" + LOST
                        + " union all select 1, 'FINDING', cast(f.id as varchar), a.name, a.ref," + WHO + """
                , 1
                  from finding f join asset a on a.id = f.asset_id left join person p on p.id = a.owner_id
                 where f.fixed_at is null and a.retired_at is null and\s""" + LOST
                        + " union all select 2, 'ASSET', a.ref, a.name, a.ref," + WHO + """
                , 1
                  from asset a left join person p on p.id = a.owner_id
                 where a.retired_at is null and\s""" + LOST + """
                 union all select 3, 'PLAN', x.plan_id, v.title, cast(null as varchar), cast(null as varchar), cast(null as uuid),
                        min(x.reason), min(x.since), count(*)
                   from (select e.plan_id,""" + WHO + """
                           from enrolment e join asset a on a.id = e.asset_id left join person p on p.id = a.owner_id
                          where e.ended_at is null and a.retired_at is null and\s"""
                        + LOST + """
                        ) x
                   join plan n on n.id = x.plan_id
                   join plan_version v on v.plan_id = n.id and v.plan_version = n.plan_version
                  group by x.plan_id, v.title
                """;

        String MATCHING = """
                 where (cast(:kind as varchar) is null or o.kind = :kind)
                   and (cast(:reason as varchar) is null or o.reason = :reason)
                """;

        @SqlQuery("select o.kind, o.subject, o.name, o.asset, o.owner, o.person_id, o.reason, o.since, o.assets from ("
                + ALL
                + ") o" + MATCHING + """
                   and (o.place > :afterPlace or o.place = :afterPlace and o.subject > :afterSubject)
                 order by o.place, o.subject limit :limit
                """)
        List<Orphan> list(
                Instant now,
                @Nullable String kind,
                @Nullable String reason,
                int afterPlace,
                String afterSubject,
                int limit);

        record Count(Orphan.Kind kind, long orphans) {}

        @SqlQuery("select o.kind, count(*) as orphans from (" + ALL + ") o" + MATCHING
                + " group by o.kind order by o.kind")
        List<Count> count(Instant now, @Nullable String kind, @Nullable String reason);
    }

    /**
     * Something that nobody can answer for.
     *
     * @param subject the asset's or review's ref, the finding's or plan's id
     * @param name of the asset; of a plan its title
     * @param asset ref of the asset; null for a plan
     * @param owner address of who should answer; null where nobody is named, and for a plan
     * @param personId the same person
     * @param since since when it has been so, as far as is known
     * @param assets for a plan, how many of its assets nobody can answer for; 1 for everything else
     */
    public record Orphan(
            Kind kind,
            String subject,
            String name,
            @Nullable String asset,
            @Nullable String owner,
            @Nullable UUID personId,
            Reason reason,
            Instant since,
            long assets) {

        /** In the order in which a list shows them. */
        public enum Kind implements Worded {
            /** A review that waits for somebody. */
            REVIEW(0),
            /** A finding that is open. */
            FINDING(1),
            /** An asset of the inventory. */
            ASSET(2),
            /** A plan that covers such assets. */
            PLAN(3);

            private final int place;

            Kind(int place) {
                this.place = place;
            }

            int place() {
                return place;
            }
        }

        public enum Reason implements Worded {
            /** Nobody is named. */
            NO_OWNER,
            /** Who is named has left. */
            LEFT,
            /** Mail to who is named does not arrive. */
            UNREACHABLE;
        }

        public enum Next implements Worded {
            /** Name somebody. */
            ASSIGN,
            /** Hand over everything of the person who cannot answer. */
            HAND_OVER,
            /** Look at the plan's progress. */
            LOOK;
        }

        /** The next step: everything of somebody who is gone at once, else this one thing. */
        public Next next() {
            return kind == Kind.PLAN ? Next.LOOK : reason == Reason.NO_OWNER ? Next.ASSIGN : Next.HAND_OVER;
        }

        public String href() {
            return switch (kind) {
                case REVIEW -> "/reviews/" + subject;
                case FINDING -> "/findings/" + subject;
                case ASSET -> "/assets/" + subject;
                case PLAN -> "/plans/" + subject;
            };
        }

        public String nextHref() {
            return switch (next()) {
                case HAND_OVER -> "/people/" + personId + "/handover";
                case LOOK -> href() + "#progress";
                case ASSIGN -> kind == Kind.REVIEW ? href() : "/assets/" + asset + "/edit";
            };
        }
    }
}
