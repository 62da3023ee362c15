package dev.ronde;

import dev.ronde.account.AccountRoom;
import dev.ronde.asset.AssetRoom;
import dev.ronde.asset.inventory.TokenAssets;
import dev.ronde.asset.page.AssetPageParts;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.asset.pull.PullPages;
import dev.ronde.asset.pull.PullSources;
import dev.ronde.asset.pull.Pulls;
import dev.ronde.asset.snapshot.PushQuota;
import dev.ronde.asset.snapshot.SettingsPanel;
import dev.ronde.asset.snapshot.SnapshotApi;
import dev.ronde.asset.snapshot.SnapshotPages;
import dev.ronde.asset.snapshot.SnapshotTimeline;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.SourceSchemas;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.CheckSources;
import dev.ronde.check.CheckTags;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.room.CheckRoom;
import dev.ronde.check.run.ProbeSet;
import dev.ronde.check.run.RunRequests;
import dev.ronde.check.statement.StatementTimeline;
import dev.ronde.coverage.CoverageRoom;
import dev.ronde.dashboard.CoverageWeeks;
import dev.ronde.dashboard.DashboardPages;
import dev.ronde.dashboard.Overview;
import dev.ronde.dashboard.Running;
import dev.ronde.evidence.export.EvidenceRoom;
import dev.ronde.evidence.request.RequestRoom;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.finding.FindingRoom;
import dev.ronde.finding.FindingTexts;
import dev.ronde.finding.FindingTimeline;
import dev.ronde.finding.exposure.ExposurePages;
import dev.ronde.finding.waiver.ActiveWaivers;
import dev.ronde.finding.waiver.WaiverRoom;
import dev.ronde.inbound.answer.InboxRoom;
import dev.ronde.mail.CheckpointMail;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailKinds;
import dev.ronde.mail.MailRoom;
import dev.ronde.mail.MailStatus;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.report.MonthlyReports;
import dev.ronde.mail.report.Recipients;
import dev.ronde.mail.report.ReportMail;
import dev.ronde.mail.report.ReportPages;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.file.WorkFolder;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.http.RunTokenAuthenticator;
import dev.ronde.platform.schedule.CompactionTick;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.reminder.FindingsSeen;
import dev.ronde.reminder.Ladder;
import dev.ronde.reminder.MailCount;
import dev.ronde.reminder.ReminderRoom;
import dev.ronde.reminder.ToldNotices;
import dev.ronde.reply.ReplyRoom;
import dev.ronde.retention.RetentionRoom;
import dev.ronde.review.ReviewTimeline;
import dev.ronde.review.builder.PlanWords;
import dev.ronde.review.calendar.CalendarRoom;
import dev.ronde.review.estate.AssetEstate;
import dev.ronde.review.estate.AssetLooks;
import dev.ronde.review.estate.CheckResults;
import dev.ronde.review.estate.CheckTellings;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.handover.Handover;
import dev.ronde.review.handover.HandoverPages;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.room.ReviewRoom;
import dev.ronde.review.room.ReviewsPanel;
import dev.ronde.review.standing.Standings;
import dev.ronde.webhook.WebhookRoom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The rooms, built one after the other in the order of their dependencies; each adds its routes, ticks and listeners to the foundation. */
final class Rooms implements AutoCloseable {
    /** Which probes the checks use: the real ones, or recorded answers in the demonstration. */
    interface ProbeChoice extends BiFunction<Probes, Catalogue, List<Probe>> {}

    private final Foundation base;
    final Ledger ledger;
    final AccountRoom account;
    final Authenticator authenticator;
    final PageRenderer pages;
    final Catalogue catalogue;
    final AssetRoom inventory;
    final Snapshots snapshots;
    final Probes probes;
    final CheckRoom checks;
    final ReviewRoom review;
    final InboxRoom inbox;
    final MailStatus mailStatus;
    final MailWriter mailWriter;

    Rooms(Foundation base, String runToken, ProbeChoice choice, Catalogue catalogue) {
        this.base = base;
        this.catalogue = catalogue;
        Settings settings = base.settings();
        Database database = base.database();
        InstantSource clock = base.clock();

        // account: people, sessions, tokens; from here on pages know who reads them
        account = new AccountRoom(database, settings, clock, base.evidence(), base.allowances(), new TokenAssets());
        authenticator = new RunTokenAuthenticator(runToken, account.authenticator());
        pages = new PageRenderer(
                base.templates(), base.messages(), authenticator, clock, settings.locale(), settings.zone());
        routes(account.routes(pages));

        // evidence: the ledger and its exports, which look names up when they are made
        EvidenceRoom evidence =
                EvidenceRoom.open(settings, database, base.evidence(), clock, base.jobs(), account.people()::nameOf);
        ledger = evidence.ledger();
        routes(evidence.routes(pages));
        routes(RequestRoom.routes(
                database, base.evidence(), clock, evidence.exports(), account.people()::nameOf, pages));

        // mail: what the rooms below write with
        MailRoom mail = new MailRoom(
                database,
                settings,
                clock,
                base.evidence(),
                base.templates(),
                base.installation().installationId());
        mailWriter = mail.writer();
        account.accounts().addRevocation(mail.grants());

        // webhook: who outside is told of what is sealed
        WebhookRoom webhooks = new WebhookRoom(database, clock, base.evidence(), settings.baseUrl());
        routes(webhooks.routes(pages));

        // asset: inventory and snapshots
        inventory = new AssetRoom(
                database, clock, base.messages(), account.people(), base.evidence(), new CheckTags(catalogue));
        SourceSchemas sources = SourceSchemas.open(base.checks());
        snapshots = new Snapshots(sources, base.evidence(), clock);
        inventory.timeline().addSource(new SnapshotTimeline(snapshots));
        Pulls pulls = new Pulls(
                database,
                inventory.assets(),
                snapshots,
                PullSources.read(settings.find(Setting.SOURCES).orElse(null), new TreeSet<>(sources.names())));
        routes(List.of(new PullPages(pulls, pages)));

        // check and finding: run what is due, keep what fails
        probes = Probes.start(settings, clock, Set.of(settings.integer(Setting.HTTP_PORT)));
        ActiveWaivers active = new ActiveWaivers();
        checks = new CheckRoom(
                database,
                settings,
                clock,
                base.evidence(),
                base.allowances(),
                base.messages(),
                new CheckSources(catalogue, inventory.assets(), snapshots),
                new ProbeSet(choice.apply(probes, catalogue), probes.limits()),
                active);
        RunRequests runs = checks.requests(base.jobs());
        FindingRoom findings = new FindingRoom(
                clock,
                base.evidence(),
                catalogue,
                inventory.assets(),
                account.people(),
                new FindingTexts(checks.messages(), new CheckRuns()),
                active);
        checks.addListener(findings.findings());
        WaiverRoom waivers = new WaiverRoom(
                database, clock, base.evidence(), inventory.assets(), account.people(), findings.findings(), catalogue);
        base.runner().add(checks.sweep());
        routes(checks.routes(runs, pages));
        routes(waivers.routes(findings.reader(), pages));
        routes(List.of(new ExposurePages(database, clock, pages)));

        // review: plans and what they promise
        FindingsSeen seen = new FindingsSeen(findings.findings(), findings.texts(), inventory.assets(), active, clock);
        review = ReviewRoom.of(
                database,
                clock,
                base.evidence(),
                account.people(),
                new AssetEstate(inventory.assets()),
                new AssetLooks(
                        snapshots, new CheckResults(new CheckRuns(), checks.coverage(), inventory.assets(), active)),
                new MailCount(account.people(), inventory.assets(), seen, mail.outbox()),
                new ToldNotices(),
                new WorkFolder(settings.home().resolve("downloads")).emptied());
        inventory.assets().addListener(review.assets());
        snapshots.addListener(review.drift());
        evidence.exports().addFrameworks(handle -> catalogue.controls());
        evidence.exports().addFrameworks(review.plans()::controls);
        PlanWords planWords = PlanWords.of(catalogue);
        PlanReader planReader = new PlanReader(() -> database.read(account.people()::zone), planWords.vocabulary());
        Standings.describe(inventory.assets().states());
        CheckWords words = new CheckTellings(
                catalogue,
                checks.coverage(),
                inventory.assets(),
                checks.messages(),
                new CheckTellings.Said(findings.findings(), findings.texts(), active),
                clock);
        routes(review.routes(database, clock, planReader, planWords, Ladder::ahead, words, account.people(), pages));
        routes(CalendarRoom.routes(
                database,
                clock,
                base.evidence(),
                account.people(),
                account.accounts(),
                base.messages(),
                settings.baseUrl(),
                pages));
        Handover handover = ReviewRoom.handover(
                clock, base.evidence(), account.people(), account.accounts(), inventory.assets(), new ToldNotices());
        routes(List.of(new HandoverPages(database, account.people(), handover, account.tokens(), pages)));

        // coverage: what is on of what could be, over checks and plans
        CoverageRoom coverage = new CoverageRoom(
                database,
                clock,
                catalogue,
                inventory.assets(),
                checks.coverage(),
                checks.figures(),
                checks.messages(),
                active,
                review.plans());
        routes(coverage.routes(pages));

        // reminder and reply: what must be said, and the answers from the mail
        ReminderRoom reminder = ReminderRoom.of(
                database,
                clock,
                base.evidence(),
                account.people(),
                new ReminderRoom.Sources(
                        review.reviews(),
                        inventory.assets(),
                        seen,
                        coverage.lastingErrors(),
                        (reason, language) ->
                                checks.messages().reason(reason, language).map(CheckMessages.Why::told)),
                mail);
        routes(findings.routes(database, pages, new ToldNotices(), waivers.acceptances()));
        ReplyRoom reply = ReplyRoom.of(
                database,
                clock,
                base.evidence(),
                account.people(),
                review,
                reminder,
                mail,
                words,
                base.messages(),
                pages);
        routes(reminder.routes());
        routes(reply.routes());

        // inbox: what people answer by mail, and what mail servers report
        inbox = InboxRoom.of(
                database,
                settings,
                clock,
                base.evidence(),
                account.people(),
                inventory.assets(),
                review,
                reminder,
                mail,
                reply,
                base.messages(),
                pages);
        routes(inbox.routes());
        pages.addBanners(inbox.mailbox());

        // mail again: with every kind of mail known, what sends and what shows them
        List<MailKind> kinds = new ArrayList<>(reminder.kinds());
        kinds.addAll(reply.kinds());
        kinds.addAll(inbox.kinds());
        CheckpointMail checkpointMail = new CheckpointMail(
                database,
                ledger,
                mail.outbox(),
                base.evidence(),
                mail.writer(),
                new CheckpointMail.Recipients(settings.list(Setting.AUDITORS), settings.locale(), settings.zone()));
        kinds.add(checkpointMail);
        kinds.add(new ReportMail(account.people(), evidence.exports(), mail.writer(), settings.baseUrl()));
        MonthlyReports reports = new MonthlyReports(
                database,
                evidence.exports(),
                mail.outbox(),
                base.jobs(),
                () -> database.read(account.people()::language),
                clock);
        base.jobs().add(reports);
        routes(List.of(new ReportPages(new Recipients(database, account.people(), base.evidence(), clock), pages)));
        MailRoom.Running sending = mail.running(new MailKinds(kinds), account.people(), pages);
        mailStatus = sending.status();
        routes(sending.routes());
        pages.addBanners(sending.status());

        // asset pages and dashboard: views over everything
        inventory.timeline().addSource(new StatementTimeline(catalogue));
        inventory.timeline().addSource(new FindingTimeline(findings.findings(), findings.texts()));
        inventory.timeline().addSource(new ReviewTimeline());
        inventory.timeline().addSource(new ToldNotices());
        List<AssetPanel> panels = new ArrayList<>(checks.panels());
        panels.addAll(List.of(
                findings.panel(waivers.acceptances()),
                new ReviewsPanel(),
                new SettingsPanel(snapshots, checks::sourcesRead, inventory.assets()::actorName)));
        AssetPageParts parts = new AssetPageParts(
                panels,
                List.of(findings.column(inventory.assets().states()), new Standings(), checks.column()),
                runs::startOn);
        routes(inventory.routes(pages, parts));
        routes(List.of(
                new SnapshotApi(
                        database, inventory.assets(), snapshots, new PushQuota(base.allowances()), checks::judging),
                new SnapshotPages(database, inventory.assets(), snapshots, pages)));
        Running running = new Running(database, settings, clock, ledger);
        pages.addBanners(running);
        CoverageWeeks weeks = new CoverageWeeks(database, settings.zone());
        Overview overview = new Overview(database, clock, weeks, coverage.lastingErrors());
        routes(List.of(new DashboardPages(
                overview,
                running,
                catalogue::title,
                ref -> database.read(handle -> review.reviews().unsignable(handle, ref)),
                pages)));

        EvidenceSources.addTo(evidence);

        // retention: what is kept for how long, and what goes
        RetentionRoom retention =
                RetentionRoom.of(database, settings, clock, base.evidence(), ledger, account.people(), pages);
        routes(retention.routes());

        // ticks, in the order in which a moved clock settles
        ticks(List.of(base.jobs(), base.allowances(), new CompactionTick(database)));
        ticks(account.ticks());
        ticks(inbox.ticks());
        ticks(List.of(pulls, waivers.waivers(), review.sweep(), reminder.reminders()));
        ticks(sending.ticks());
        ticks(List.of(checkpointMail.tick(), reports.tick()));
        ticks(evidence.ticks(settings.zone(), base.clock()::baseInstant));
        ticks(List.of(retention.tick()));
        ticks(coverage.ticks());
        ticks(webhooks.ticks());
        ticks(List.of(
                checks.tidying(settings.zone()),
                weeks,
                overview.tick(),
                checks.figures().tick()));
        ticks(List.of(inventory.tick(), review.rounds().tick()));
    }

    private void routes(List<? extends Routes> all) {
        all.forEach(routes -> routes.register(base.router()));
    }

    private void ticks(List<? extends Tick> all) {
        all.forEach(base.runner()::add);
    }

    /** What must be in line before anything is served; {@code owner} is whether this process owns the schedule. */
    void atStart(boolean owner) {
        checks.atStart(owner);
    }

    @Override
    public void close() {
        checks.close();
        probes.close();
    }
}
