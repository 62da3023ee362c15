package dev.ronde.mail.report;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.export.EvidenceExport;
import dev.ronde.evidence.export.Exports;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.job.Job;
import dev.ronde.platform.job.JobKind;
import dev.ronde.platform.job.JobRun;
import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The job {@code report}: makes the bundle of a month and writes its mails. A daily tick starts it once for each month.
 *
 * @param language of the papers, asked when they are made
 */
public record MonthlyReports(
        Database database, Exports exports, Outbox outbox, Jobs jobs, Supplier<Locale> language, InstantSource clock)
        implements JobKind {
    private static final String NAME = "report";
    private static final LocalTime AT = LocalTime.of(5, 0);

    /** The daily tick, at 05:00 UTC. */
    public Tick tick() {
        return new Daily("monthly-report", AT, ZoneOffset.UTC, database, this::queue);
    }

    /**
     * Starts the report of the month before (UTC, as the days of bundles), once, and again on the days after one that came to nothing. Whoever is named within a month gets the report of that month first.
     */
    public int queue(Instant now) {
        LocalDate month =
                LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1).minusMonths(1);
        Optional<ReportDao.Month> known =
                database.read(handle -> handle.attach(ReportDao.class).find(month));
        if (known.isPresent() && !cameToNothing(known.get())) {
            return 0;
        }
        return database.inTransaction(tx -> {
            ReportDao dao = tx.attach(ReportDao.class);
            if (readers(dao, month).isEmpty()) {
                return 0;
            }
            UUID job = jobs.start(tx, NAME, Map.of("month", month.toString()), Actor.SYSTEM.ref());
            if (known.isPresent()) {
                dao.restart(month, job);
            } else {
                dao.insertMonth(month, job);
            }
            return 1;
        });
    }

    private boolean cameToNothing(ReportDao.Month month) {
        return month.mailedAt() == null
                && jobs.find(month.jobId())
                        .map(Job::state)
                        .filter(Set.of("queued", "running")::contains)
                        .isEmpty();
    }

    private static List<ReportDao.Recipient> readers(ReportDao dao, LocalDate month) {
        Instant over = month.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return dao.list().stream()
                .filter(one -> one.entitled() && one.addedAt().isBefore(over))
                .toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(JobRun run) {
        LocalDate month = LocalDate.parse(run.params().get("month").asString());
        ExportScope scope = new ExportScope(month, month.plusMonths(1).minusDays(1), List.of(), List.of());
        EvidenceExport export;
        try {
            export = exports.make(run.id(), scope, language.get(), Actor.SYSTEM, (done, total) -> {
                run.progress(done, total);
                if (run.cancelled()) {
                    throw new CancellationException();
                }
            });
        } catch (CancellationException e) {
            return;
        }
        Map<String, Object> model = new HashMap<>();
        model.put("month", month.toString());
        model.put("export", export.exportId().toString());
        model.put("file", export.fileName());
        model.put("figures", exports.pageOne(export, scope));
        database.useTransaction(tx -> write(tx, month, export, model));
        run.result("/api/v1/evidence/exports/" + export.exportId() + "/download");
    }

    private void write(Handle tx, LocalDate month, EvidenceExport export, Map<String, Object> model) {
        Instant now = clock.instant();
        ReportDao dao = tx.attach(ReportDao.class);
        if (dao.setMailed(month, now) == 0) {
            return;
        }
        for (ReportDao.Recipient to : readers(dao, month)) {
            outbox.enqueue(
                    tx,
                    NewMail.toPerson(
                            "report:" + month + ":" + to.id(),
                            ReportMail.NAME,
                            MailClass.SERVICE,
                            export.exportId(),
                            "report " + month.toString().substring(0, 7),
                            to.id(),
                            model,
                            now));
        }
    }
}
