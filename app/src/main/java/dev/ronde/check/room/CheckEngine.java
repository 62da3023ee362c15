package dev.ronde.check.room;

import dev.ronde.check.CheckSources;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.agent.ProbeTasks;
import dev.ronde.check.pause.PauseWatch;
import dev.ronde.check.pause.ProbePauses;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.run.CheckRunner;
import dev.ronde.check.run.CheckSweep;
import dev.ronde.check.run.Derivers;
import dev.ronde.check.run.DryRuns;
import dev.ronde.check.run.OwnVantage;
import dev.ronde.check.run.ProbeSet;
import dev.ronde.check.run.Probing;
import dev.ronde.check.run.RunWriter;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Publications;
import dev.ronde.check.statement.Statements;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.DueTable;
import java.time.InstantSource;

/** What makes checks run: the schedule, the sweep, the writer of results, and the threads of probes, which {@link #close} ends. */
final class CheckEngine implements AutoCloseable {
    final CheckSchedule schedule;
    final Publications publications;
    final ProbeTasks agents;
    final CheckRunner runner;
    final RunWriter writer;
    final ProbePauses pauses;
    final CheckSweep sweep;
    final DryRuns dryRuns;
    final Statements statements;
    private final ProbePool pool;
    private final PauseWatch watch;

    CheckEngine(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            CheckSources sources,
            OwnVantage vantage,
            ProbeSet probes,
            WaiverLookup waivers) {
        // what is due
        DueTable due = new DueTable(database, clock);
        schedule = new CheckSchedule(database, clock, sources.catalogue(), due, sources.assets());
        publications = new Publications(sources.catalogue(), evidence, clock);
        sources.assets().addListener(schedule);
        sources.snapshots().addListener(schedule);

        // what runs it, from here and from elsewhere, and keeps what came of it
        agents = new ProbeTasks(database, clock, schedule);
        runner = new CheckRunner(
                clock, probes.all(), Derivers.all(), vantage, agents, sources.catalogue()::unknownProduct);
        writer = new RunWriter(database, clock, due, evidence, waivers, runner);

        // what keeps probes from running
        pool = ProbePool.start();
        pauses = new ProbePauses(database, clock, evidence, schedule);
        watch = PauseWatch.start(pool, pauses);

        // when it runs
        Probing probing = new Probing(pool, probes.limits(), pauses);
        sweep = new CheckSweep(database, clock, sources, schedule, runner, writer, probing);
        statements = new Statements(clock, evidence, schedule);
        dryRuns = new DryRuns(database, clock, sources, runner, probing);
    }

    @Override
    public void close() {
        watch.close();
        pool.close();
    }
}
