package dev.ronde.review.forecast;

import dev.ronde.account.People;
import dev.ronde.cadence.Cadence.Every;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.PlanWork;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.EnrolmentTally;
import dev.ronde.review.enrolment.Enrolments;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.plan.CadenceRule;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * The load ahead of every owner, and levelling it for one plan. A proposal is computed, shown, and applied only while it is still the one
 * that was shown; applying gives the assets in it their own anchor and moves the slots that have not opened.
 */
public record Forecasts(
        Database database, InstantSource clock, EvidenceLog log, Estate estate, Enrolments enrolments, People people) {
    private static final int YEAR = 52;

    /** Most loaded owner first. */
    public record Forecast(Weeks weeks, ZoneId zone, List<OwnerLoad> owners) {

        public Forecast {
            owners = List.copyOf(owners);
        }

        public OwnerLoad everybody() {
            int[] sum = new int[weeks.count()];
            int overdue = 0;
            for (OwnerLoad owner : owners) {
                overdue += owner.overdue();
                for (int week = 0; week < sum.length; week++) {
                    sum[week] += owner.weeks().get(week);
                }
            }
            return new OwnerLoad("", "", overdue, Arrays.stream(sum).boxed().toList());
        }
    }

    /** The fingerprint names exactly this proposal. */
    public record Levelled(Plan plan, Levelling.Proposal proposal, String fingerprint) {}

    /**
     * The forecast.
     *
     * @param person the person whose own is asked for; null for everybody
     */
    public Forecast forecast(int weeks, @Nullable UUID person) {
        return database.read(handle -> forecast(handle, weeks, person));
    }

    private Forecast forecast(Handle handle, int count, @Nullable UUID person) {
        Instant now = clock.instant();
        ZoneId zone = people.zone(handle);
        Weeks weeks = Weeks.from(LocalTimes.dayOf(now, zone), count);
        Map<String, int[]> loads = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Integer> overdue = new LinkedHashMap<>();
        for (ForecastDao.DueOn due : handle.attach(ForecastDao.class).listDue(now, weeks.until(), person)) {
            String owner = Objects.requireNonNullElse(due.owner(), "");
            names.put(owner, Objects.requireNonNullElse(due.ownerName(), ""));
            int[] load = loads.computeIfAbsent(owner, key -> new int[count]);
            if (weeks.holds(due.dueOn())) {
                load[weeks.of(due.dueOn())] += due.due();
            } else {
                overdue.merge(owner, due.due(), Integer::sum);
            }
        }
        List<OwnerLoad> owners = new ArrayList<>();
        loads.forEach((owner, load) -> owners.add(new OwnerLoad(
                owner,
                names.getOrDefault(owner, ""),
                overdue.getOrDefault(owner, 0),
                Arrays.stream(load).boxed().toList())));
        owners.sort(Comparator.comparingInt(OwnerLoad::total).reversed().thenComparing(OwnerLoad::owner));
        return new Forecast(weeks, zone, owners);
    }

    /**
     * How the load of one plan would be levelled; nothing changes.
     *
     * @throws Problem 404 without such a plan, 409 for one whose days cannot move
     */
    public Levelled propose(String planId) {
        return database.read(handle -> propose(handle, planId));
    }

    private Levelled propose(Handle handle, String planId) {
        Plan plan = handle.attach(PlanDao.class)
                .find(planId)
                .orElseThrow(() -> Problem.notFound("plan", planId))
                .inForce();
        PlanDefinition definition = plan.read();
        if (!(definition.cadence() instanceof CadenceRule.Interval interval)) {
            throw Problem.conflict(
                    "days_are_fixed",
                    "The plan names the days of the month; there is nothing to level without breaking it.");
        }
        Instant now = clock.instant();
        LocalDate today = LocalTimes.dayOf(now, definition.zone());
        List<Levelling.Row> rows = new ArrayList<>();
        for (ForecastDao.Ahead ahead : handle.attach(ForecastDao.class).listAhead(planId, now)) {
            Every cadence = new Every(interval.every().count(), interval.every().unit(), ahead.nextOn());
            rows.add(new Levelling.Row(
                    ahead.enrolmentId(),
                    ahead.ref(),
                    Objects.requireNonNullElse(ahead.owner(), ""),
                    cadence,
                    ahead.nextOn(),
                    earliest(definition, cadence, ahead, today),
                    definition.maxGapDays()));
        }
        Forecast forecast = forecast(handle, YEAR, null);
        Levelling.Proposal proposal = Levelling.of(forecast.weeks(), forecast.owners(), rows);
        String text = plan.planVersion() + "\n" + proposal.moves();
        return new Levelled(plan, proposal, Hash.sha256(text).hex().substring(0, 16));
    }

    /** Late enough not to open at once, and at least half an interval after the last used slot. */
    private static LocalDate earliest(PlanDefinition plan, Every cadence, ForecastDao.Ahead ahead, LocalDate today) {
        LocalDate opensLater = today.plus(plan.leadTime()).plusDays(1);
        long half = ChronoUnit.DAYS.between(ahead.nextOn(), ahead.nextOn().plus(cadence.period())) / 2;
        LocalDate notTooSoon = ahead.nextOn().minusDays(half);
        LocalDate used = ahead.usedOn();
        LocalDate afterUsed = used == null ? opensLater : used.plusDays(Math.max(1, half));
        LocalDate earliest = opensLater.isAfter(notTooSoon) ? opensLater : notTooSoon;
        return afterUsed.isAfter(earliest) ? afterUsed : earliest;
    }

    /**
     * Applies the proposal that was shown.
     *
     * @throws Problem 409 when it would be another one now
     */
    public Levelled apply(String planId, String fingerprint, Actor by, Channel channel) {
        return database.inTransaction(tx -> {
            if (tx.attach(PlanDao.class).lock(planId).isEmpty()) {
                throw Problem.notFound("plan", planId);
            }
            Levelled levelled = propose(tx, planId);
            if (!levelled.fingerprint().equals(fingerprint)) {
                throw Problem.conflict(
                        "proposal_changed",
                        "Reviews changed since the proposal was made. Look at the newer one, then apply it.");
            }
            PlanInForce plan = PlanInForce.of(levelled.plan());
            EnrolmentDao dao = tx.attach(EnrolmentDao.class);
            Map<UUID, Covered> moving = new LinkedHashMap<>();
            for (Levelling.Move move : levelled.proposal().moves()) {
                dao.updateAnchor(move.key(), move.to());
                Enrolment enrolment = dao.find(move.key()).orElseThrow();
                moving.put(move.key(), estate.find(tx, enrolment.assetId()).orElseThrow());
            }
            enrolments.reslot(new PlanWork(tx, plan, by, channel), moving, new EnrolmentTally());
            log.append(
                    tx,
                    Evidence.of(
                                    "plan.levelled",
                                    by,
                                    Subject.of("plan", planId, levelled.plan().planVersion()))
                            .data("fingerprint", fingerprint)
                            .data(
                                    "assets",
                                    levelled.proposal().moves().stream()
                                            .map(Levelling.Move::ref)
                                            .toList()));
            return levelled;
        });
    }

    interface ForecastDao {

        /** The owner of the asset stands in for reviews that have not opened. */
        record DueOn(@Nullable String owner, @Nullable String ownerName, LocalDate dueOn, int due) {}

        @SqlQuery("""
                select p.email as owner, p.name as owner_name, r.due_on, count(*) as due
                  from review r join asset a on a.id = r.asset_id
                  left join person p on p.id = coalesce(r.owner_id, a.owner_id)
                 where r.due_on < :until and r.attested_at is null and r.cancelled_at is null and r.missed_at is null
                   and r.missed_from > :now
                   and (cast(:person as uuid) is null
                        or coalesce(r.owner_id, a.owner_id) in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid)))
                 group by p.email, p.name, r.due_on
                 order by p.email, r.due_on
                """)
        List<DueOn> listDue(Instant now, LocalDate until, @Nullable UUID person);

        record Ahead(
                UUID enrolmentId,
                String ref,
                @Nullable String owner,
                LocalDate nextOn,
                @Nullable LocalDate usedOn) {}

        @SqlQuery("""
                select e.id as enrolment_id, a.ref, p.email as owner,
                       min(case when r.opened_at is null then r.scheduled_on end) as next_on,
                       max(case when r.opened_at is not null then r.scheduled_on end) as used_on
                  from enrolment e join asset a on a.id = e.asset_id
                  left join person p on p.id = a.owner_id
                  join review r on r.enrolment_id = e.id
                 where e.plan_id = :planId and e.ended_at is null and r.cause = 'scheduled' and r.cancelled_at is null
                   and (r.opened_at is not null or r.missed_at is null and r.missed_from > :now)
                 group by e.id, a.ref, p.email
                having min(case when r.opened_at is null then r.scheduled_on end) is not null
                 order by a.ref
                """)
        List<Ahead> listAhead(String planId, Instant now);
    }
}
