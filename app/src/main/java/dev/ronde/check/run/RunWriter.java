package dev.ronde.check.run;

import dev.ronde.catalogue.Outcome;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRunDao;
import dev.ronde.check.CheckState;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.OutcomeListener;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.log.ProbeLog;
import dev.ronde.check.run.AnsweringTargets.Completion;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.RowArrays;
import dev.ronde.platform.schedule.Claim;
import dev.ronde.platform.schedule.DueTable;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a batch of results: rows, evidence, present state, next due time and what listeners do, in one transaction with a handful
 * of statements, and only for occurrences whose lease still holds.
 */
public final class RunWriter {
    private static final Logger log = LoggerFactory.getLogger(RunWriter.class);
    private static final UUID UNRECORDED = new UUID(0, 0);

    private final Database database;
    private final InstantSource clock;
    private final DueTable due;
    private final EvidenceLog evidence;
    private final WaiverLookup waivers;
    private final AnsweringTargets targets;
    private final List<OutcomeListener> listeners = new CopyOnWriteArrayList<>();

    public RunWriter(
            Database database,
            InstantSource clock,
            DueTable due,
            EvidenceLog evidence,
            WaiverLookup waivers,
            CheckRunner runner) {
        this.database = database;
        this.clock = clock;
        this.due = due;
        this.evidence = evidence;
        this.waivers = waivers;
        this.targets = new AnsweringTargets(runner);
    }

    /** Call before the sweep starts. */
    public void addListener(OutcomeListener listener) {
        listeners.add(listener);
    }

    /** Counts missed occurrences too; a result the database refuses becomes an error of its own check only. */
    int write(List<Completion> batch) {
        try {
            Set<UUID> heard = new TreeSet<>();
            int written = database.inTransaction(tx -> {
                heard.clear();
                return write(tx, batch, heard);
            });
            lookAgain(heard);
            return written;
        } catch (RuntimeException e) {
            if (!Database.isDataFault(e)) {
                throw e;
            }
            if (batch.size() > 1) {
                return oneByOne(batch);
            }
            return Database.isUniqueViolation(e) ? skip(batch.get(0)) : refused(batch.get(0), e);
        }
    }

    /** Records that the database refused a result, because it would refuse it the next time too. */
    private int refused(Completion finished, RuntimeException failure) {
        String which = finished.entry().id() + " on asset " + finished.asset().ref();
        log.error("the result of check {} cannot be stored", which, failure);
        Execution ran = finished.ran();
        if (ran == null) {
            return 0;
        }
        List<Completion> instead = List.of(finished.with(ran.unstorable()));
        return database.inTransaction(tx -> write(tx, instead, new TreeSet<>()));
    }

    /** Runs apart from writing the results, because others may wait for their rows. */
    private void lookAgain(Set<UUID> heard) {
        if (!heard.isEmpty()) {
            Instant now = Occurrences.stored(clock.instant());
            database.useTransaction(tx -> tx.attach(CheckStateDao.class)
                    .listNeverSeen(heard)
                    .forEach(pair -> due.schedule(tx, CheckSchedule.key(pair.assetId(), pair.checkId()), now)));
        }
    }

    private int oneByOne(List<Completion> batch) {
        int written = 0;
        for (Completion finished : batch) {
            written += write(List.of(finished));
        }
        return written;
    }

    /** The result was already written under an earlier lease, so the row only moves on. */
    private int skip(Completion finished) {
        return database.inTransaction(tx -> held(tx, List.of(finished)).size());
    }

    private int write(Handle tx, List<Completion> batch, Set<UUID> heard) {
        List<Completion> held = held(tx, batch);
        if (held.isEmpty()) {
            return 0;
        }
        int missed = writeMissed(tx, held);
        List<Completion> ran =
                held.stream().filter(finished -> finished.ran() != null).toList();
        if (!ran.isEmpty()) {
            writeRuns(tx, targets.judged(tx, ran, clock.instant(), heard));
        }
        return missed + ran.size();
    }

    private List<Completion> held(Handle tx, List<Completion> batch) {
        Map<Claim, Instant> next = new LinkedHashMap<>();
        batch.forEach(finished -> {
            Instant at = finished.nextDueAt();
            next.put(finished.claim(), at == null ? finished.claim().dueAt() : at);
        });
        Set<Claim> valid = due.complete(tx, next);
        List<Completion> held = batch.stream()
                .filter(finished -> valid.contains(finished.claim()))
                .toList();
        held.stream()
                .filter(finished -> finished.nextDueAt() == null)
                .forEach(finished -> due.remove(tx, finished.claim()));
        return held;
    }

    private int writeMissed(Handle tx, List<Completion> held) {
        record Occurrence(Completion of, Instant dueAt) {}
        Instant now = clock.instant();
        List<Occurrence> missed = held.stream()
                .flatMap(finished -> finished.occurrences().missed().stream().map(at -> new Occurrence(finished, at)))
                .toList();
        if (missed.isEmpty()) {
            return 0;
        }
        List<UUID> recordIds = evidence.appendAll(
                tx,
                missed.stream()
                        .map(one -> RunRecords.missed(one.of().asset(), one.of().entry(), one.dueAt(), now))
                        .toList());
        List<CheckRunDao.Missed> rows = new ArrayList<>();
        for (int i = 0; i < missed.size(); i++) {
            Completion of = missed.get(i).of();
            rows.add(new CheckRunDao.Missed(
                    of.asset().id(),
                    of.entry().id(),
                    missed.get(i).dueAt(),
                    now,
                    RunRecords.NOT_RUN,
                    recordIds.get(i)));
        }
        tx.attach(CheckRunDao.class).insertMissed(rows);
        return rows.size();
    }

    private void writeRuns(Handle tx, List<Completion> ran) {
        List<RunRecords.Result> results = ran.stream().map(this::result).toList();
        // before the waivers are read: what compensates may have failed in this very batch
        updateStates(tx, results);
        Map<UUID, List<WaiverLookup.Cover>> covers = covers(tx, ran);
        List<UUID> recordIds = evidence.appendAll(
                tx,
                results.stream()
                        .map(result -> RunRecords.result(
                                result, covers.getOrDefault(result.asset().id(), List.of())))
                        .toList());
        List<CheckRun> runs = new ArrayList<>();
        List<OutcomeListener.Recorded> recorded = new ArrayList<>();
        for (int i = 0; i < ran.size(); i++) {
            Completion finished = ran.get(i);
            CheckRun run = results.get(i).run(recordIds.get(i));
            runs.add(run);
            recorded.add(new OutcomeListener.Recorded(
                    finished.asset(),
                    run,
                    results.get(i).observedAt(),
                    finished.before(),
                    finished.entry().outline().title(),
                    results.get(i).messages(),
                    results.get(i).controls()));
        }
        insert(tx, runs);
        ProbeLog.write(tx, clock, conversations(runs, ran));
        listeners.forEach(listener -> listener.recorded(tx, recorded));
    }

    private static List<ProbeLog.Conversation> conversations(List<CheckRun> runs, List<Completion> ran) {
        List<ProbeLog.Conversation> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            CheckRun run = runs.get(i);
            Execution result = ran.get(i).ran();
            if (result != null) {
                all.add(new ProbeLog.Conversation(run.id(), run.assetId(), run.checkId(), result.exchanges()));
            }
        }
        return all;
    }

    private Map<UUID, List<WaiverLookup.Cover>> covers(Handle tx, List<Completion> ran) {
        Set<UUID> failed = ran.stream()
                .filter(finished -> finished.ran() != null && finished.ran().fingerprint() != null)
                .map(finished -> finished.asset().id())
                .collect(Collectors.toSet());
        return failed.isEmpty() ? Map.of() : waivers.covers(tx, failed, clock.instant());
    }

    private RunRecords.Result result(Completion finished) {
        Execution ran = finished.ran();
        Instant current = finished.occurrences().current();
        if (ran == null || current == null) {
            throw new IllegalStateException("nothing ran");
        }
        return new RunRecords.Result(
                // runs are listed by their ids, newest first: by their start
                Ids.next(ran::startedAt),
                finished.asset(),
                finished.entry(),
                current,
                finished.claim().attempts(),
                ran,
                observedAt(finished.before(), ran));
    }

    private static Instant observedAt(CheckState before, Execution ran) {
        Instant seenAt = ran.seenAt();
        return before.observedAt(
                ran.judgement().outcome() == Outcome.PASS,
                Occurrences.stored(ran.finishedAt()),
                seenAt == null ? null : Occurrences.stored(seenAt));
    }

    private static void insert(Handle tx, List<CheckRun> runs) {
        Update insert = tx.createUpdate("""
                insert into check_run (id, asset_id, check_id, check_version, check_sha256, outcome, reason, severity, incomplete,
                  due_at, started_at, finished_at, fresh_until, fingerprint, record_id)
                select c.* from unnest(cast(:ids as uuid array), cast(:assets as uuid array), cast(:checks as varchar array),
                  cast(:versions as integer array), cast(:hashes as varchar array), cast(:outcomes as varchar array),
                  cast(:reasons as varchar array), cast(:severities as varchar array), cast(:incomplete as boolean array),
                  cast(:dues as timestamp(6) with time zone array), cast(:starts as timestamp(6) with time zone array),
                  cast(:ends as timestamp(6) with time zone array), cast(:fresh as timestamp(6) with time zone array),
                  cast(:fingerprints as varchar array), cast(:records as uuid array)) as c""");
        columns(insert, runs)
                .integer("versions", CheckRun::checkVersion)
                .text("hashes", CheckRun::checkSha256)
                .flag("incomplete", CheckRun::incomplete)
                .time("starts", CheckRun::startedAt)
                .text("fingerprints", CheckRun::fingerprint)
                .uuid("records", CheckRun::recordId);
        insert.execute();
    }

    private static void updateStates(Handle tx, List<RunRecords.Result> results) {
        List<CheckRun> runs =
                results.stream().map(result -> result.run(UNRECORDED)).toList();
        Update update = tx.createUpdate("""
                update check_state set run_id = c.run, outcome = c.outcome, reason = c.reason, severity = c.severity,
                  due_at = c.due, finished_at = c.finished, fresh_until = c.fresh,
                  last_pass_at = case when c.outcome = 'pass' then c.observed else check_state.last_pass_at end,
                  last_fail_at = case when c.outcome = 'fail' then c.observed else check_state.last_fail_at end
                from unnest(cast(:assets as uuid array), cast(:checks as varchar array), cast(:ids as uuid array),
                  cast(:outcomes as varchar array), cast(:reasons as varchar array), cast(:severities as varchar array),
                  cast(:dues as timestamp(6) with time zone array), cast(:ends as timestamp(6) with time zone array),
                  cast(:fresh as timestamp(6) with time zone array), cast(:observed as timestamp(6) with time zone array))
                  as c(asset, check_name, run, outcome, reason, severity, due, finished, fresh, observed)
                where check_state.asset_id = c.asset and check_state.check_id = c.check_name""");
        columns(update, runs);
        new RowArrays<>(update, results).time("observed", RunRecords.Result::observedAt);
        update.execute();
    }

    private static RowArrays<CheckRun> columns(Update statement, List<CheckRun> runs) {
        return new RowArrays<>(statement, runs)
                .uuid("ids", CheckRun::id)
                .uuid("assets", CheckRun::assetId)
                .text("checks", CheckRun::checkId)
                .text("outcomes", run -> run.outcome().code())
                .text("reasons", CheckRun::reason)
                .text("severities", run -> run.severity().code())
                .time("dues", CheckRun::dueAt)
                .time("ends", CheckRun::finishedAt)
                .time("fresh", CheckRun::freshUntil);
    }
}
