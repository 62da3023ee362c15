package dev.ronde.command;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.StrayFiles;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.schedule.CatalogueInForce;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.state.StateVerification;
import dev.ronde.mail.MailWriter;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Dialect;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.db.Migrations;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import dev.ronde.platform.schedule.NodeMark;
import dev.ronde.platform.schedule.TickRunner;
import dev.ronde.platform.schedule.TickStatus;
import dev.ronde.platform.time.ProductClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Looks at what only an open database shows. Changes nothing. */
public final class Doctor {
    private static final Duration LATE_SEAL = Duration.ofMinutes(10);
    private static final Duration SILENT = Duration.ofMinutes(5);
    private static final Duration CLOCK_LIMIT = Duration.ofSeconds(5);
    /** Quartz checks in every 5 s; a node that is silent for longer than this is gone. */
    private static final Duration CHECKED_IN = Duration.ofSeconds(30);

    private static final int NAMED = 5;

    private final Settings settings;
    private final Database database;
    private final ProductClock clock;
    private final TickRunner runner;
    private final Ledger ledger;
    private final Templates templates;
    private final MailWriter mails;
    private final Catalogue catalogue;

    public Doctor(
            Settings settings,
            Database database,
            ProductClock clock,
            TickRunner runner,
            Ledger ledger,
            Templates templates,
            MailWriter mails,
            Catalogue catalogue) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.runner = runner;
        this.ledger = ledger;
        this.templates = templates;
        this.mails = mails;
        this.catalogue = catalogue;
    }

    /** Returns all findings, good and bad, in the order of the areas. */
    public List<Diagnosis> look() {
        List<Diagnosis> found = new ArrayList<>();
        database(found);
        clock(found);
        mail(found);
        templates(found);
        checks(found);
        probes(found);
        sources(found);
        ledger(found);
        exports(found);
        ticks(found);
        return found;
    }

    private void database(List<Diagnosis> found) {
        String version = Migrations.version(database.url());
        found.add(Diagnosis.ok("database", database.url().shown() + ", schema version " + version));
        try {
            List<String> open = Migrations.unprotectedTables(database.url());
            if (!open.isEmpty()) {
                found.add(
                        Diagnosis.warn(
                                "database",
                                "These tables should refuse changes but do not: " + String.join(", ", open),
                                "Let the database user create triggers, then run ronde migrate. Until then ronde ledger verify --state, which also runs each night, is what tells of changes."));
            }
        } catch (SQLException e) {
            found.add(Diagnosis.fail(
                    "database",
                    "The protection of the tables cannot be read: " + e.getMessage(),
                    "Look at the database's log."));
        }
        if (database.dialect() == Dialect.H2) {
            found.add(
                    Diagnosis.ok("database", "One file, one server. For more: ronde db copy --to jdbc:postgresql://…"));
        }
    }

    private void clock(List<Diagnosis> found) {
        Instant now = clock.baseInstant();
        found.add(Diagnosis.ok("clock", now + ", zone " + settings.zone()));
        if (Installation.find(database).map(Installation::testClock).orElse(false)) {
            found.add(Diagnosis.warn(
                    "clock",
                    "This home lives under a test clock: it is " + clock.instant() + " here.",
                    "Never use it for real evidence."));
        }
        if (database.dialect() == Dialect.POSTGRESQL) {
            Instant there =
                    database.read(handle -> handle.attach(DoctorDao.class).getDatabaseClock());
            Duration off = Duration.between(there, clock.baseInstant()).abs();
            if (off.compareTo(CLOCK_LIMIT) > 0) {
                found.add(Diagnosis.fail(
                        "clock",
                        "The database server's clock is " + off.toSeconds() + " s away from this machine's.",
                        "Synchronise both with NTP (timedatectl)."));
            }
        }
    }

    private void templates(List<Diagnosis> found) {
        templates
                .faults()
                .forEach(fault -> found.add(Diagnosis.warn(
                        "templates",
                        fault,
                        "Correct it in " + Setting.TEMPLATES.key()
                                + " and start again; mails are written with the packaged template meanwhile.")));
        mails.unused()
                .forEach((kind, why) -> found.add(Diagnosis.warn(
                        "templates",
                        "mail/" + kind + " is written with the packaged templates, your own fail: " + why,
                        "Correct it in " + Setting.TEMPLATES.key() + " and start again.")));
    }

    private void mail(List<Diagnosis> found) {
        found.addAll(MailDoctor.look(settings));
        found.addAll(InboxDoctor.look(settings, database, clock.instant()));
        String channel = database.read(handle -> handle.attach(DoctorDao.class).findMailChannel())
                .orElse("open");
        if (!channel.startsWith("open")) {
            found.add(Diagnosis.fail("mail", "Mail is " + channel, "Decide on the outbox page."));
        }
        long deferred = database.read(handle -> handle.attach(DoctorDao.class).countMails("retry"));
        if (deferred > 0) {
            found.add(Diagnosis.warn(
                    "mail",
                    deferred + (deferred == 1 ? " mail is" : " mails are")
                            + " deferred by the mail server and tried again.",
                    "Look at the outbox page, filter retry: it says what the server answers."));
        }
        long refused = database.read(handle -> handle.attach(DoctorDao.class).countMails("refused"));
        if (refused > 0) {
            found.add(Diagnosis.warn(
                    "mail", refused + " mails were refused.", "Look at the outbox page, filter refused."));
        }
    }

    private void checks(List<Diagnosis> found) {
        if (database.read(new CatalogueInForce(catalogue)::isOther)) {
            found.add(
                    Diagnosis.fail(
                            "checks",
                            "The checks of this process are not those of the server that started last; it runs none.",
                            "Set " + Setting.CHECKS.key()
                                    + " to the folder the server has, and run the same version. Where that folder was changed, start the server first."));
        }
        List<CatalogueEntry> notUsed = catalogue.notUsed();
        if (!notUsed.isEmpty()) {
            found.add(Diagnosis.warn(
                    "checks",
                    notUsed.size() + " packaged checks are not used: "
                            + notUsed.stream()
                                    .map(entry ->
                                            entry.id() + " (" + entry.outline().protection() + ")")
                                    .collect(Collectors.joining(", ")),
                    "Where you want them, name their protections in protections.yaml of " + Setting.CHECKS.key()
                            + " and give them to their kinds."));
        }
        StrayFiles.of(Overlay.checks(settings))
                .forEach((path, why) -> found.add(Diagnosis.warn(
                        "checks",
                        "In " + Setting.CHECKS.key() + " " + path + " " + why + ".",
                        "Do so and start again; until then nothing runs from it.")));
    }

    private void probes(List<Diagnosis> found) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
        long addressed = database.read(handle -> handle.attach(DoctorDao.class).countProbeable());
        List<String> allowed = settings.list(Setting.PROBE_ALLOW);
        if (allowed.isEmpty()) {
            found.add(
                    addressed == 0
                            ? Diagnosis.ok("probes", "Nothing is probed: RONDE_PROBE_ALLOW is empty.")
                            : Diagnosis.warn(
                                    "probes",
                                    "Nothing is probed, but " + addressed + " assets have an address or are domains.",
                                    "Name the networks you may probe in RONDE_PROBE_ALLOW, such as 10.0.0.0/8."));
            return;
        }
        found.add(Diagnosis.ok("probes", "Allowed networks: " + String.join(", ", allowed)));
        List<String> near = Probes.canariesHere(settings);
        if (!near.isEmpty()) {
            found.add(Diagnosis.warn(
                    "probes",
                    "RONDE_PROBE_CANARY names this machine, which answers also while its network is down: "
                            + String.join(", ", near),
                    "Name a canary on another machine."));
        }
        long domains = database.read(handle -> handle.attach(DoctorDao.class).countDomains());
        if (domains > 0) {
            Probes.resolverRefused(settings, today)
                    .ifPresent(why -> found.add(Diagnosis.warn(
                            "probes",
                            domains + " domains cannot be looked at, since their resolver may not be asked: " + why,
                            "Name one that may in RONDE_PROBE_RESOLVER, and allow it in RONDE_PROBE_ALLOW.")));
        }
        long closed = database.read(handle -> handle.attach(DoctorDao.class).countUnauthorised(today));
        if (closed > 0) {
            List<String> named =
                    database.read(handle -> handle.attach(DoctorDao.class).listUnauthorised(today, NAMED));
            found.add(Diagnosis.warn(
                    "probes",
                    closed + " assets have an address, or are domains, but nobody allows probing them: "
                            + String.join(", ", named) + (closed > NAMED ? " …" : ""),
                    "Set probe_authorised_until on each whose owner agrees."));
        }
    }

    private void sources(List<Diagnosis> found) {
        Instant since = clock.instant().minus(Duration.ofDays(1));
        database.read(handle -> handle.attach(DoctorDao.class).listUnreadSources(since, NAMED))
                .forEach(source -> found.add(Diagnosis.warn(
                        "sources",
                        "A source of snapshots cannot be read. " + source,
                        "Look at the file RONDE_SOURCES names, and at what it names.")));
    }

    private void ledger(List<Diagnosis> found) {
        found.add(Diagnosis.ok("ledger", ledger.verifierKey().toString()));
        Optional<String> alarm = ledger.alarm();
        alarm.ifPresent(text -> found.add(Diagnosis.fail(
                "ledger", text, "Restore the newest backup, or follow operations.md, An older backup was restored.")));
        Instant now = clock.instant();
        database.read(handle -> handle.attach(DoctorDao.class).findOldestPending())
                .map(oldest -> Duration.between(oldest, now))
                .filter(age -> age.compareTo(LATE_SEAL) > 0)
                .ifPresent(age -> found.add(Diagnosis.warn(
                        "ledger",
                        ledger.pending() + " records wait to be sealed, the oldest for " + age.toMinutes()
                                + " minutes.",
                        "Start ronde serve: it seals every few seconds.")));
        database.read(handle -> handle.attach(DoctorDao.class).findLastVerification())
                .map(payload -> Json.tree(new String(payload, StandardCharsets.UTF_8)))
                .ifPresent(record -> verification(record, found));
        database.read(StateVerification::newest).ifPresent(run -> comparison(run, found));
    }

    private static void comparison(StateVerification.Run run, List<Diagnosis> found) {
        if (run.good()) {
            found.add(Diagnosis.ok("ledger", "Tables last compared with the records " + run.at()));
        } else {
            found.add(
                    Diagnosis.fail(
                            "ledger",
                            run.differences()
                                    + (run.differences() == 1 ? " row was not what its" : " rows were not what their")
                                    + " records say at " + run.at() + ": " + run.example(),
                            "Run ronde ledger verify --state; it names them. Keep the database as it is: somebody changed it by another way than Ronde."));
        }
    }

    private static void verification(JsonNode record, List<Diagnosis> found) {
        String at = record.path("recordedAt").asString("");
        if (record.at("/data/outcome").asString("").equals("good")) {
            found.add(Diagnosis.ok("ledger", "Last verified " + at));
        } else {
            found.add(Diagnosis.fail(
                    "ledger",
                    "The verification of " + at + " found "
                            + record.at("/data/faultCount").asString("") + " faults.",
                    "Run ronde ledger verify; it names them. Keep the database as it is."));
        }
    }

    /** Writes and reads a file in the folder of exports and looks for the marks of the other nodes there. */
    private void exports(List<Diagnosis> found) {
        Path folder = settings.path(Setting.EXPORTS);
        try {
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, ".doctor-", "");
            Files.writeString(written, "readable");
            boolean same = Files.readString(written).equals("readable");
            Files.delete(written);
            if (!same) {
                throw new IOException("what was written reads differently");
            }
        } catch (IOException e) {
            found.add(Diagnosis.fail(
                    "exports",
                    folder + " cannot be written: " + e.getClass().getSimpleName(),
                    "Give it to the user Ronde runs as, or set RONDE_EXPORTS."));
            return;
        }
        long since = clock.baseInstant().minus(CHECKED_IN).toEpochMilli();
        List<String> nodes =
                database.read(handle -> handle.attach(DoctorDao.class).listNodes(since));
        List<String> elsewhere = NodeMark.missing(folder, nodes);
        found.add(
                elsewhere.isEmpty()
                        ? Diagnosis.ok(
                                "exports", folder + (nodes.size() > 1 ? ", shared by " + nodes.size() + " nodes" : ""))
                        : Diagnosis.fail(
                                "exports",
                                "These nodes keep their exports elsewhere than in " + folder + ": "
                                        + String.join(", ", elsewhere),
                                "Set RONDE_EXPORTS of every node to one folder all of them can read and write."));
    }

    private void ticks(List<Diagnosis> found) {
        List<TickStatus> statuses = runner.statuses();
        for (TickStatus status : statuses) {
            if (status.lastError() != null) {
                found.add(Diagnosis.fail(
                        "ticks",
                        status.name() + " failed: " + status.lastError(),
                        "Look for it in the server's log; it is tried again by itself."));
            }
        }
        Optional<Instant> last = statuses.stream()
                .flatMap(status -> Optional.ofNullable(status.lastRunAt()).stream())
                .max(Instant::compareTo);
        if (last.isEmpty() || last.get().plus(SILENT).isBefore(clock.instant())) {
            found.add(Diagnosis.warn(
                    "ticks",
                    last.map(at -> "Nothing has run since " + at + ".").orElse("Nothing has run yet."),
                    "Start ronde serve: without it no check runs and no mail is sent."));
        } else {
            found.add(Diagnosis.ok(
                    "ticks", String.format(Locale.ROOT, "%d ticks, the last ran at %s", statuses.size(), last.get())));
        }
    }
}
