package dev.ronde.finding.waiver;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.CheckState;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.finding.Finding;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Requests, decides, revokes and ends waivers; every step is evidence in the same transaction. */
public final class Waivers implements Tick {
    private static final UUID UNRECORDED = new UUID(0, 0);

    private final Database database;
    private final InstantSource clock;
    private final EvidenceLog evidence;
    private final Assets assets;
    private final People people;
    private final CheckRuns runs = new CheckRuns();

    Waivers(Database database, InstantSource clock, EvidenceLog evidence, Assets assets, People people) {
        this.database = database;
        this.clock = clock;
        this.evidence = evidence;
        this.assets = assets;
        this.people = people;
    }

    /**
     * Asks for a waiver of an open finding, bound to what fails now.
     *
     * @throws Problem 409 where the finding is fixed or a request of it waits; 422 with every field that is wrong
     */
    Waiver request(Handle tx, Finding finding, Waiver.Draft draft, Actor by) {
        WaiverDao dao = tx.attach(WaiverDao.class);
        dao.takeNumber(); // locks: two requests of one finding cannot both be the first
        Set<String> failing = require(tx, finding, draft);
        Instant now = now();
        Waiver waiver = new Waiver(
                Ids.next(clock),
                dao.takenNumber(),
                finding.assetId(),
                finding.checkId(),
                finding.id(),
                String.join(",", failing),
                finding.fingerprint(),
                finding.severity().code(),
                Objects.requireNonNull(draft.category()),
                draft.compensatingCheck(),
                Objects.requireNonNull(draft.reason()).strip(),
                draft.ticket(),
                draft.from() == null ? today() : draft.from(),
                Objects.requireNonNull(draft.until()),
                dao.countApproved(finding.assetId(), finding.checkId()),
                by.ref(),
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                UNRECORDED,
                1);
        UUID recordId = evidence.append(
                tx,
                record(tx, "requested", waiver, by)
                        .cause(finding.recordId())
                        .priv("reason", waiver.reason())
                        .priv("ticket", waiver.ticket()));
        dao.insert(waiver, recordId);
        return get(tx, waiver.id());
    }

    /**
     * Refuses what may not be asked for; see {@link #request}.
     *
     * @return ids of the assertions that fail now
     */
    Set<String> require(Handle handle, Finding finding, Waiver.Draft draft) {
        if (!finding.isOpen()) {
            throw Problem.conflict("finding_fixed", "The finding is fixed since " + finding.fixedAt() + ".");
        }
        handle.attach(WaiverDao.class).listOfFinding(finding.id()).stream()
                .filter(waiver -> waiver.stateOn(today(), true) == Waiver.State.REQUESTED)
                .findFirst()
                .ifPresent(waiver -> {
                    throw Problem.conflict(
                            "waiver_requested",
                            "The waiver " + waiver.ref() + " of this finding waits for a decision.");
                });
        Set<String> failing = failing(handle, finding);
        WaiverRules.require(draft, finding.severity(), failing, passable(handle, finding), today());
        return failing;
    }

    /**
     * Approves a request.
     *
     * @throws Problem 403 to whoever requested it, and to all but administrators from the third renewal on; 409 where it was decided
     *     already, its last day is over, or something else fails
     */
    Waiver approve(Handle tx, Waiver waiver, Finding finding, Principal principal) {
        requireUndecided(tx, waiver, principal);
        if (!mayAccept(waiver, principal)) {
            throw Problem.of(
                    403,
                    "renewal_needs_admin",
                    "This is renewal " + waiver.renewals()
                            + ": only an administrator approves it. Let one decide, or deny it.");
        }
        if (!finding.isOpen()) {
            throw Problem.conflict("finding_fixed", "The finding is fixed since " + finding.fixedAt() + ".");
        }
        if (!finding.fingerprint().equals(waiver.boundTo())) {
            throw Problem.conflict(
                    "facts_changed", "What fails is not what was asked for any more. Deny this and ask again.");
        }
        if (!waiver.bears(finding.severity())) {
            throw Problem.conflict(
                    "severity_risen",
                    "What fails is " + finding.severity().code() + " now, and was " + waiver.severity()
                            + " when it was asked for. Deny this and ask again.");
        }
        return decide(tx, waiver, true, principal, null);
    }

    /** Refuses a request; the reason is optional. Throws a {@link Problem} as {@link #approve} does. */
    Waiver deny(Handle tx, Waiver waiver, @Nullable String reason, Principal principal) {
        requireUndecided(tx, waiver, principal);
        return decide(tx, waiver, false, principal, reason);
    }

    private void requireUndecided(Handle tx, Waiver waiver, Principal principal) {
        Waiver.State state = waiver.stateOn(today(), true);
        if (state == Waiver.State.EXPIRED && waiver.approved() == null) {
            throw Problem.conflict(
                    "waiver_ended",
                    "Nobody decided on the waiver " + waiver.ref() + " until its last day, " + waiver.untilOn()
                            + ". Ask again where the failure is still to be accepted.");
        }
        if (state != Waiver.State.REQUESTED) {
            throw Problem.conflict("waiver_decided", "The waiver " + waiver.ref() + " is " + state.word() + ".");
        }
        if (askedBy(tx, waiver, principal)) {
            throw Problem.of(
                    403,
                    "own_request",
                    "Whoever asks for a waiver does not decide on it, nor does a token of theirs. Let another lead decide.");
        }
    }

    /** Whether they requested it, directly or through a token. */
    boolean askedBy(Handle handle, Waiver waiver, Principal principal) {
        return people.same(handle, waiver.requestedBy(), principal.actorRef());
    }

    /** Whether their role allows approving it, regardless of who requested it. */
    static boolean mayAccept(Waiver waiver, Principal principal) {
        return Waiver.needsAdmin(waiver.renewals()) ? principal.role() == Role.ADMIN : principal.lead();
    }

    private Waiver decide(Handle tx, Waiver waiver, boolean approved, Principal principal, @Nullable String reason) {
        Actor by = Actor.of(principal);
        once(tx.attach(WaiverDao.class).decide(waiver.id(), waiver.version(), approved, by.ref(), now()), waiver);
        Waiver after = get(tx, waiver.id());
        evidence.append(
                tx,
                record(tx, approved ? "approved" : "denied", after, by)
                        .cause(waiver.recordId())
                        .priv("reason", reason));
        return after;
    }

    /**
     * Takes a waiver back: who asked for it, or a lead.
     *
     * @throws Problem 403 to others; 409 where it is over
     */
    Waiver revoke(Handle tx, Waiver waiver, Principal principal) {
        if (!principal.lead() && !askedBy(tx, waiver, principal)) {
            throw Problem.forbidden("Who asked for the waiver takes it back, or a lead.");
        }
        if (over(waiver)) {
            throw Problem.conflict(
                    "waiver_over",
                    "The waiver " + waiver.ref() + " is "
                            + waiver.stateOn(today(), true).word() + " already.");
        }
        Actor by = Actor.of(principal);
        once(tx.attach(WaiverDao.class).revoke(waiver.id(), waiver.version(), by.ref(), now()), waiver);
        Waiver after = get(tx, waiver.id());
        evidence.append(tx, record(tx, "revoked", after, by).cause(waiver.recordId()));
        return after;
    }

    boolean over(Waiver waiver) {
        return switch (waiver.stateOn(today(), true)) {
            case REVOKED, DENIED, EXPIRED -> true;
            case REQUESTED, UPCOMING, ACTIVE, SUSPENDED -> false;
        };
    }

    @Override
    public String name() {
        return "waivers";
    }

    /** Records the end of every waiver whose last day is over. */
    @Override
    public int run(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return database.inTransaction(tx -> {
            WaiverDao dao = tx.attach(WaiverDao.class);
            int ended = 0;
            for (Waiver waiver : dao.listEnded(today)) {
                if (dao.expire(waiver.id(), waiver.version(), now.truncatedTo(ChronoUnit.MICROS)) == 1) {
                    Waiver after = get(tx, waiver.id());
                    evidence.append(
                            tx, record(tx, "expired", after, Actor.SYSTEM).cause(waiver.recordId()));
                    ended++;
                }
            }
            return ended;
        });
    }

    Waiver get(Handle handle, UUID id) {
        return handle.attach(WaiverDao.class).findById(id).orElseThrow(() -> Problem.notFound("waiver", id));
    }

    private Set<String> failing(Handle tx, Finding finding) {
        Set<String> failing = new TreeSet<>();
        runs.details(tx, runs.get(tx, finding.runId())).path("assertions").forEach(assertion -> {
            if (assertion.path("result").asString("").equals("fail")) {
                failing.add(assertion.path("id").asString(""));
            }
        });
        return failing;
    }

    /** Checks of the asset that may be named as compensating: all but the failing one. */
    Set<String> passable(Handle tx, Finding finding) {
        return runs.states(tx, finding.assetId()).stream()
                .map(CheckState::checkId)
                .filter(check -> !check.equals(finding.checkId()))
                .collect(Collectors.toSet());
    }

    private Evidence record(Handle tx, String what, Waiver waiver, Actor by) {
        Asset asset = assets.byId(tx, waiver.assetId());
        return Evidence.of("waiver." + what, by, Subject.of("waiver", waiver.ref(), waiver.version()))
                .asset(asset.ref())
                .data("check", Map.of("id", waiver.checkId()))
                .data("finding", waiver.findingId())
                .data("after", state(tx, waiver));
    }

    private Map<String, Object> state(Handle tx, Waiver waiver) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("state", waiver.stateOn(today(), true).word());
        state.put("category", waiver.category());
        state.put("assertions", waiver.assertionIds());
        state.put("bound_to", waiver.boundTo());
        state.put("severity", waiver.severity());
        state.put("from", waiver.fromOn());
        state.put("until", waiver.untilOn());
        state.put("renewals", waiver.renewals());
        putWho(tx, state, "requested", waiver.requestedBy());
        put(state, "compensating_check", waiver.compensatingCheck());
        putWho(tx, state, Boolean.FALSE.equals(waiver.approved()) ? "denied" : "approved", waiver.decidedBy());
        putWho(tx, state, "revoked", waiver.revokedBy());
        return state;
    }

    private void putWho(Handle tx, Map<String, Object> state, String what, @Nullable String ref) {
        if (ref == null) {
            return;
        }
        state.put(what + "_by", ref);
        String behind = people.behind(tx, ref);
        if (!behind.equals(ref)) {
            state.put(what + "_for", behind);
        }
    }

    private static void put(Map<String, Object> state, String key, @Nullable Object value) {
        if (value != null) {
            state.put(key, value);
        }
    }

    private static void once(int rows, Waiver waiver) {
        if (rows != 1) {
            throw Problem.conflict("waiver_changed", "The waiver " + waiver.ref() + " was changed meanwhile.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
