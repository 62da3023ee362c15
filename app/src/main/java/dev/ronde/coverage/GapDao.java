package dev.ronde.coverage;

import dev.ronde.catalogue.Judgement;
import dev.ronde.check.CheckState;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.text.Worded;
import dev.ronde.review.standing.Standings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

interface GapDao {
    /** The same columns for every kind of gap; {@code place} is the order of {@link Gap}. */
    String ASSET = """
             asset.ref as asset, asset.name as asset_name, asset.kind, asset.unit, p.email as owner
            """;

    String MATCHING = """
             left join person p on p.id = asset.owner_id
             where asset.retired_at is null
               and (cast(:from as varchar) is null or asset.ref >= :from)
               and (cast(:to as varchar) is null or asset.ref <= :to)
               and (cast(:asset as varchar) is null or asset.ref = :asset)
               and (cast(:unit as varchar) is null or asset.unit = :unit)
               and (cast(:owner as varchar) is null or lower(p.email) = lower(:owner))
               and (cast(:person as uuid) is null
                    or asset.id in (select f.asset_id from sees_asset f where f.person_id = cast(:person as uuid)))
            """;

    /** A check that never had anything to look at: no source, no suitable vantage, or no statement yet. */
    String NOTHING_TO_SEE =
            "(s.outcome = 'unknown' and s.reason in ('source-unavailable', 'no-vantage', 'never-attested'))";

    /** As {@link #NOTHING_TO_SEE}, or a check that never ran; an index finds it by the reason. */
    String NEVER_RUN = "(s.reason = '" + CheckState.NEVER_RUN + "' and s.run_id is null or " + NOTHING_TO_SEE + ")";

    String STATED = "'" + Judgement.ATTESTATION_OVERDUE + "', '" + Judgement.ATTESTATION_OUTDATED + "'";

    /** A check whose snapshot or statement is too old or about something else. */
    String OUTDATED = "(s.outcome = 'unknown' and s.reason in ('snapshot-outdated', " + STATED + "))";

    /** A check that recognises products ran on one that none of them knows. */
    String PRODUCT_UNKNOWN = "(s.outcome = 'unknown' and s.reason = '" + Judgement.PRODUCT_UNKNOWN + "')";

    /** Start of the current series of results without a verdict; the run before it had one. */
    String ERROR_SINCE = """
            (select min(r.finished_at) from check_run r
              where r.asset_id = s.asset_id and r.check_id = s.check_id
                and r.due_at > coalesce((select max(o.due_at) from check_run o
                                          where o.asset_id = s.asset_id and o.check_id = s.check_id and o.outcome not in ('error', 'unknown')),
                                        timestamp with time zone '1970-01-01 00:00:00+00'))
            """;

    /** Start of the present series of results that found the snapshot or the statement too old. */
    String OUTDATED_SINCE = """
            (select min(r.finished_at) from check_run r
              where r.asset_id = s.asset_id and r.check_id = s.check_id
                and r.due_at > coalesce((select max(o.due_at) from check_run o
                                          where o.asset_id = s.asset_id and o.check_id = s.check_id
                                            and (o.reason is null or o.reason not in ('snapshot-outdated',""" + STATED + """
            ))),
                                        timestamp with time zone '1970-01-01 00:00:00+00'))
            """;

    String LEFT = " exists (select 1 from gone_person g where g.person_id = p.id) ";

    String UNOWNED_SINCE =
            "coalesce((select g.since from gone_person g where g.person_id = p.id), p.updated_at, asset.updated_at)";

    String ALL =
            "select 'no_plan' as gap, 0 as place, '' as check_id, cast(null as varchar) as reason, cast(null as varchar) as outcome, cast(null as uuid) as run_id, asset.created_at as since,"
                    + ASSET + " from asset" + MATCHING + " and not " + Standings.UNDER_PLAN
                    + " union all select 'no_owner', 1, '', cast(null as varchar), cast(null as varchar), cast(null as uuid), "
                    + UNOWNED_SINCE
                    + ","
                    + ASSET + " from asset" + MATCHING + " and (asset.owner_id is null or " + LEFT + ")"
                    + " union all select 'no_check', 2, '', cast(null as varchar), cast(null as varchar), cast(null as uuid), asset.created_at,"
                    + ASSET + " from asset" + MATCHING
                    + " and not exists (select 1 from check_state s where s.asset_id = asset.id)"
                    + " union all select 'no_check', 2, '', '" + Judgement.PRODUCT_UNKNOWN
                    + "', cast(null as varchar), cast(null as uuid), (select min("
                    + ERROR_SINCE
                    + ") from check_state s where s.asset_id = asset.id and " + PRODUCT_UNKNOWN + "),"
                    + ASSET + " from asset" + MATCHING
                    + " and exists (select 1 from check_state s where s.asset_id = asset.id and " + PRODUCT_UNKNOWN
                    + ")"
                    + " union all select 'never_run', 3, s.check_id, s.reason, s.outcome, s.run_id, asset.created_at,"
                    + ASSET + " from asset join check_state s on s.asset_id = asset.id" + MATCHING
                    + " and " + NEVER_RUN
                    + " union all select 'policy_denied', 4, s.check_id, s.reason, s.outcome, s.run_id," + ERROR_SINCE
                    + ","
                    + ASSET + " from asset join check_state s on s.asset_id = asset.id" + MATCHING
                    + " and s.outcome = 'error' and s.reason = 'policy-denied'"
                    + " union all select 'stale', 5, s.check_id, s.reason, s.outcome, s.run_id, case when " + OUTDATED
                    + " then "
                    + OUTDATED_SINCE
                    + " else s.fresh_until end,"
                    + ASSET + " from asset join check_state s on s.asset_id = asset.id" + MATCHING
                    + " and (" + OUTDATED + " or s.fresh_until <= :now and not " + NOTHING_TO_SEE
                    + " and (s.outcome <> 'error' or s.reason is distinct from 'policy-denied'))"
                    + " union all select 'lasting_error', 6, e.check_id, e.reason, e.outcome, e.run_id, e.error_since,"
                    + " e.asset, e.asset_name, e.kind, e.unit, e.owner from (select s.check_id, s.reason, s.outcome, s.run_id, s.finished_at, s.fresh_until, "
                    + ERROR_SINCE + " as error_since," + ASSET
                    + " from asset join check_state s on s.asset_id = asset.id" + MATCHING
                    + " and s.reason is not null and (s.outcome = 'error' and s.reason is distinct from 'policy-denied'"
                    + " or s.outcome = 'unknown' and not " + NOTHING_TO_SEE + " and not " + OUTDATED + " and not "
                    + PRODUCT_UNKNOWN + ")"
                    + " and s.fresh_until > :now) e"
                    + " where e.reason in ('" + CheckState.DEFINITION_INVALID + "', :refused)"
                    + " or e.error_since + (e.fresh_until - e.finished_at) <= :now";

    @SqlQuery(
            "select gap, asset, asset_name, kind, unit, owner, nullif(check_id, '') as \"check\", reason, outcome, run_id as run, since from ("
                    + ALL + """
            ) g where (cast(:word as varchar) is null or gap = :word)
               and (asset > :afterAsset or asset = :afterAsset
                 and (place > :afterPlace or place = :afterPlace and check_id > :afterCheck))
             order by asset, place, check_id limit :limit
            """)
    List<GapRow> list(
            @BindMethods GapFilter filter,
            @Bind("now") Instant now,
            @Bind("tomorrow") LocalDate tomorrow,
            @Bind("afterAsset") String afterAsset,
            @Bind("afterPlace") int afterPlace,
            @Bind("afterCheck") String afterCheck,
            @Bind("limit") int limit);

    /** The ref of the asset that many places further on; empty if there are fewer. */
    @SqlQuery("""
            select asset.ref from asset where asset.retired_at is null and asset.ref > :after
             order by asset.retired_at, asset.ref limit 1 offset :assets
            """)
    Optional<String> findFurther(@Bind("after") String after, @Bind("assets") int assets);

    /** The check once had a verdict: what is refused now was allowed before, so set-up is not still under way. */
    String SAW_ONCE = """
             exists (select 1 from check_state s join asset a on a.id = s.asset_id
                      where a.ref = g.asset and s.check_id = g.check_id and coalesce(s.last_pass_at, s.last_fail_at) is not null)
            """;

    /** Longest first; each check is listed once for each owner first, so one broken check hides no other. */
    @SqlQuery(
            "select gap, asset, asset_name, kind, unit, owner, check_id as \"check\", reason, outcome, run_id as run, since from ("
                    + "select g.*, row_number() over (partition by check_id, owner order by since, asset) as nth from ("
                    + ALL + """
            ) g where (gap = 'lasting_error' or gap = 'stale' and reason in (""" + STATED + """
            ) or gap = 'policy_denied' and""" + SAW_ONCE + """
            )
                 and since is not null) r
             order by nth, check_id, asset limit :limit
            """)
    List<GapRow> listLasting(
            @BindMethods GapFilter filter,
            @Bind("now") Instant now,
            @Bind("tomorrow") LocalDate tomorrow,
            @Bind("limit") int limit);

    record Count(Gap gap, long gaps) {}

    @SqlQuery("select gap, count(*) as gaps from (" + ALL
            + ") g where (cast(:word as varchar) is null or gap = :word) group by gap order by gap")
    List<Count> count(@BindMethods GapFilter filter, @Bind("now") Instant now, @Bind("tomorrow") LocalDate tomorrow);

    /**
     * Which gaps; null does not restrict.
     *
     * @param asset ref of the asset
     * @param owner address of the owner
     * @param person owner or backup owner, for those who see only what is theirs
     * @param from ref of the first asset, in the order of refs
     * @param to ref of the last asset
     */
    record GapFilter(
            @Nullable Gap gap,
            @Nullable String asset,
            @Nullable String unit,
            @Nullable String owner,
            @Nullable UUID person,
            @Nullable String from,
            @Nullable String to) {
        GapFilter(
                @Nullable Gap gap,
                @Nullable String asset,
                @Nullable String unit,
                @Nullable String owner,
                @Nullable UUID person) {
            this(gap, asset, unit, owner, person, null, null);
        }

        static GapFilter all(@Nullable UUID person) {
            return new GapFilter(null, null, null, null, person);
        }

        /** The reason that time does not mend: the newest configuration was refused. */
        public String refused() {
            return ProbeFailure.SNAPSHOT_REFUSED.code();
        }

        GapFilter between(@Nullable String first, @Nullable String last) {
            return new GapFilter(gap, asset, unit, owner, person, first, last);
        }

        boolean wholeEstate() {
            return asset == null && unit == null && owner == null && person == null;
        }

        public @Nullable String word() {
            return gap == null ? null : gap.word();
        }
    }

    /**
     * One gap of one asset.
     *
     * @param owner address of the owner, null where nobody is
     * @param check the check in question; null where the gap is the asset's
     * @param reason reason code of the check's newest result; null without one
     * @param outcome its outcome; null without one
     * @param run that result; null without one
     * @param since since when it has been so, as far as is known
     */
    record GapRow(
            Gap gap,
            String asset,
            String assetName,
            String kind,
            @Nullable String unit,
            @Nullable String owner,
            @Nullable String check,
            @Nullable String reason,
            @Nullable String outcome,
            @Nullable UUID run,
            @Nullable Instant since) {
        /** An auditor with an engagement is not told who owns what. */
        GapRow shownTo(Principal principal) {
            return principal.limits() == null
                    ? this
                    : new GapRow(gap, asset, assetName, kind, unit, null, check, reason, outcome, run, since);
        }
    }

    /** Why something is not known, in the order in which a list shows them for one asset. */
    enum Gap implements Worded {
        /** No plan expects reviews of the asset. */
        NO_PLAN(0),
        /** Nobody answers for the asset, or the owner has left. */
        NO_OWNER(1),
        /** No check fits the asset, or none that recognises products knows the one that its tags name. */
        NO_CHECK(2),
        /** A check of the asset has never run, or has never had anything to look at: no source delivers, no vantage looks, or nobody stated anything. */
        NEVER_RUN(3),
        /** A check may not be run, because one of the two keys to probing is missing. */
        POLICY_DENIED(4),
        /** The newest result of a check no longer counts, or what it looks at was delivered, or stated, too long ago. */
        STALE(5),
        /**
         * A check has ended in an error, or could not tell, for longer than one of its results counts; or its file is broken, or the newest
         * snapshot was refused, which no time mends.
         */
        LASTING_ERROR(6);

        private final int place;

        Gap(int place) {
            this.place = place;
        }

        /** Place among the gaps of one asset; the SQL statements repeat it. */
        int place() {
            return place;
        }
    }
}
