package dev.ronde.finding.waiver;

import dev.ronde.catalogue.Severity;
import dev.ronde.check.WaiverLookup;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface WaiverDao {
    String COLUMNS = """
        w.id, w.waiver_number, w.asset_id, w.check_id, w.finding_id, w.assertions, w.bound_to, w.severity, w.category, w.compensating_check,
        w.reason, w.ticket, w.from_on, w.until_on, w.renewals, w.requested_by, w.requested_at, w.decided_by, w.decided_at,
        w.approved, w.revoked_by, w.revoked_at, w.expired_at, w.record_id, w.version
        """;

    /** The token that accepted it, and the first token of the chain that made it. */
    String TOKEN = "from api_token t join api_token o on o.actor_ref = t.origin_ref where t.actor_ref = w.decided_by";

    /** The person behind the acceptance lost the role, or nobody is behind it and the first token is not valid. */
    String LOST = "(exists (select 1 from person p where p.actor_ref = coalesce((select o.created_by " + TOKEN + """
        ), w.decided_by)
             and (not p.active or p.role is null or p.role not in ('ADMIN', 'COMPLIANCE')
               or (p.role <> 'ADMIN' and w.renewals >\s"""
            + Waiver.RENEWALS_OF_LEADS + """
        )))
          or exists (select 1\s""" + TOKEN + """
         and not exists (select 1 from person p where p.actor_ref = o.created_by)
             and (o.revoked_at is not null or o.expires_at <= :now)))
        """;

    /** The person who accepted it still may, and what compensates it passes and is fresh. */
    String STANDING = "not " + LOST + """
          and (w.compensating_check is null or exists (
            select 1 from check_state s where s.asset_id = w.asset_id and s.check_id = w.compensating_check
              and s.outcome = 'pass' and s.fresh_until > :now))
        """;

    /** The present failure is the accepted one, and no worse than it was. */
    String HOLDING = """
         from waiver w join finding f on f.asset_id = w.asset_id and f.check_id = w.check_id
        where f.open_key is not null and f.fingerprint = w.bound_to
          and position(f.severity in 'info low medium high critical') <= position(w.severity in 'info low medium high critical')
          and\s""" + STANDING;

    @SqlQuery("select w.asset_id, w.check_id, w.bound_to, w.severity, w.waiver_number from waiver w where " + STANDING
            + """
          and w.asset_id in (<assetIds>) and w.approved and w.revoked_at is null
          and w.from_on <= :today and w.until_on >= :today
        order by w.waiver_number
        """)
    List<Standing> listStanding(@BindList Collection<UUID> assetIds, LocalDate today, Instant now);

    record Standing(UUID assetId, String checkId, String boundTo, String severity, long waiverNumber) {
        WaiverLookup.Cover cover() {
            return new WaiverLookup.Cover(
                    Waiver.ref(waiverNumber),
                    checkId,
                    boundTo,
                    Severity.find(severity).orElseThrow());
        }
    }

    record Accepted(UUID assetId, String checkId, String boundTo) {}

    @SqlQuery("select w.asset_id, w.check_id, w.bound_to" + HOLDING + """
          and w.asset_id in (<assetIds>) and w.approved and w.revoked_at is null
          and w.from_on <= :today and w.until_on >= :today
        """)
    List<Accepted> listAccepted(@BindList Collection<UUID> assetIds, LocalDate today, Instant now);

    @SqlQuery("select " + COLUMNS + HOLDING + """
          and w.asset_id = :assetId and w.approved and w.revoked_at is null
          and w.from_on <= :today and w.until_on >= :today
        order by w.waiver_number
        """)
    List<Waiver> listAccepting(UUID assetId, LocalDate today, Instant now);

    @SqlQuery("select w.id" + HOLDING + " and w.id in (<ids>)")
    List<UUID> listHolding(@BindList Collection<UUID> ids, Instant now);

    @SqlQuery("select count(*) from waiver w where w.id = :id and " + LOST)
    int countLost(UUID id, Instant now);

    @SqlQuery("select " + COLUMNS + " from waiver w where w.waiver_number = :number")
    Optional<Waiver> find(long number);

    @SqlQuery("select " + COLUMNS + " from waiver w where w.id = :id")
    Optional<Waiver> findById(UUID id);

    @SqlQuery("select " + COLUMNS + " from waiver w where w.finding_id = :findingId order by w.waiver_number desc")
    List<Waiver> listOfFinding(UUID findingId);

    @SqlQuery("select " + COLUMNS + " from waiver w where w.asset_id in (<assetIds>) order by w.waiver_number desc")
    List<Waiver> listOn(@BindList Collection<UUID> assetIds);

    @SqlQuery("select " + COLUMNS + """
         from waiver w where w.asset_id = :assetId and w.check_id = :checkId order by w.waiver_number desc
        """)
    List<Waiver> listOf(UUID assetId, String checkId);

    String MATCHING = """
         from waiver w join asset a on a.id = w.asset_id
        where (cast(:assetId as uuid) is null or w.asset_id = cast(:assetId as uuid))
          and (cast(:answeredBy as uuid) is null
            or a.id in (select f.asset_id from sees_asset f where f.person_id = cast(:answeredBy as uuid)))
          and (cast(:open as boolean) is null or cast(:open as boolean) =
            (w.revoked_at is null and w.expired_at is null and (w.approved is null or w.approved)))
        """;

    @SqlQuery("select " + COLUMNS + MATCHING + """
          and w.waiver_number < :before
        order by w.waiver_number desc limit :limit
        """)
    List<Waiver> list(@BindMethods Wanted wanted, long before, int limit);

    @SqlQuery("select count(*)" + MATCHING)
    long count(@BindMethods Wanted wanted);

    /**
     * Which waivers; null does not restrict.
     *
     * @param open true: those that may still cover something; false: those that are over
     * @param answeredBy owner or backup owner of the asset
     */
    record Wanted(
            @Nullable UUID assetId,
            @Nullable UUID answeredBy,
            @Nullable Boolean open) {}

    @SqlQuery("""
        select count(*) from waiver where asset_id = :assetId and check_id = :checkId and approved
        """)
    int countApproved(UUID assetId, String checkId);

    @SqlQuery("select " + COLUMNS + """
         from waiver w where w.expired_at is null and w.revoked_at is null and (w.approved is null or w.approved)
          and w.until_on < :today order by w.waiver_number limit 500
        """)
    List<Waiver> listEnded(LocalDate today);

    String FAILING = """
        exists (select 1 from finding f where f.asset_id = w.asset_id and f.check_id = w.check_id
            and f.open_key is not null and f.fingerprint = w.bound_to)
        """;

    /** The asset, and the person who asked, directly or through a token. */
    String ASKED_BY = """
         from waiver w join asset a on a.id = w.asset_id
          left join api_token t on t.actor_ref = w.requested_by left join api_token o on o.actor_ref = t.origin_ref
          left join person p on p.actor_ref = coalesce(o.created_by, w.requested_by)
        """;

    String REQUESTED = """
        select w.id, w.waiver_number, a.ref as asset, a.name as asset_name, w.check_id, w.severity, p.id as requester_id, w.until_on,
          w.requested_at, w.renewals, w.version
        """ + ASKED_BY + """
        where w.approved is null and w.revoked_at is null and w.expired_at is null and a.retired_at is null and w.until_on >= :today
          and\s""" + FAILING;

    @SqlQuery(REQUESTED + " order by w.requested_at, w.waiver_number")
    List<RequestedWaiver> listRequested(LocalDate today);

    /** No other waiver covers the same for longer. */
    String UNFOLLOWED = """
          and not exists (select 1 from waiver r where r.asset_id = w.asset_id and r.check_id = w.check_id
            and r.bound_to = w.bound_to and r.approved and r.revoked_at is null and r.until_on > w.until_on)
        """;

    /** Approved, not over, and not followed by another that covers the same for longer. */
    String ENDING = ASKED_BY + """
        where w.approved and w.revoked_at is null and w.expired_at is null and a.retired_at is null
          and w.until_on >= :today and w.until_on <= :until
        """ + UNFOLLOWED;

    String ENDING_COLUMNS = """
        select w.id, w.waiver_number, w.asset_id, a.ref as asset, a.name as asset_name, a.owner_id, w.check_id, p.id as requester_id,
          w.until_on, w.decided_at, w.version
        """;

    @SqlQuery(ENDING_COLUMNS + ENDING + " order by w.until_on, w.waiver_number")
    List<EndingWaiver> listEnding(LocalDate today, LocalDate until);

    /** Ended, still failing in the same way, and not covered for longer by another waiver. */
    String OVER = ENDING_COLUMNS + ASKED_BY + """
        where w.approved and w.revoked_at is null and a.retired_at is null
          and w.until_on >= :since and w.until_on < :today
        """ + UNFOLLOWED + " and " + FAILING;

    @SqlQuery(OVER + " order by w.until_on, w.waiver_number")
    List<EndingWaiver> listOver(LocalDate since, LocalDate today);

    @SqlUpdate("update waiver_counter set next_number = next_number + 1 where id = 1")
    void takeNumber();

    @SqlQuery("select next_number - 1 from waiver_counter where id = 1")
    long takenNumber();

    @SqlUpdate("""
        insert into waiver (id, waiver_number, asset_id, check_id, finding_id, assertions, bound_to, severity, category, compensating_check,
          reason, ticket, from_on, until_on, renewals, requested_by, requested_at, record_id, version)
        values (:id, :waiverNumber, :assetId, :checkId, :findingId, :assertions, :boundTo, :severity, :category, :compensatingCheck,
          :reason, :ticket, :fromOn, :untilOn, :renewals, :requestedBy, :requestedAt, :requested, :version)
        """)
    void insert(@BindMethods Waiver waiver, @Bind("requested") UUID recordId);

    @SqlUpdate("""
        update waiver set approved = :approved, decided_by = :by, decided_at = :at, version = version + 1
        where id = :id and version = :version
        """)
    int decide(UUID id, long version, boolean approved, String by, Instant at);

    @SqlUpdate("""
        update waiver set revoked_by = :by, revoked_at = :at, version = version + 1 where id = :id and version = :version
        """)
    int revoke(UUID id, long version, String by, Instant at);

    @SqlUpdate("update waiver set expired_at = :at, version = version + 1 where id = :id and version = :version")
    int expire(UUID id, long version, Instant at);
}
