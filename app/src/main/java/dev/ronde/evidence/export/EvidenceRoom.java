package dev.ronde.evidence.export;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.NameBook;
import dev.ronde.evidence.redact.RedactionScan;
import dev.ronde.evidence.redact.StoredTexts;
import dev.ronde.evidence.sample.Freezes;
import dev.ronde.evidence.sample.SampleApi;
import dev.ronde.evidence.sample.SamplePages;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.evidence.seal.NightlyVerification;
import dev.ronde.evidence.seal.SealTick;
import dev.ronde.evidence.stamp.ClockWatch;
import dev.ronde.evidence.stamp.TimeStamps;
import dev.ronde.evidence.state.StateApi;
import dev.ronde.evidence.state.StateBanner;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.evidence.state.StateVerification;
import dev.ronde.evidence.witness.Witnesses;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.schedule.Tick;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The evidence room, wired: ledger, exports, their job, ticks and routes. */
public final class EvidenceRoom {
    private final Database database;
    private final EvidenceLog evidence;
    private final InstantSource clock;
    private final Jobs jobs;
    private final Ledger ledger;
    private final TimeStamps stamps;
    private final Exports exports;
    private final NameBook names;
    private final Witnesses witnesses;
    private final List<StoredTexts> texts = new CopyOnWriteArrayList<>();
    private final List<StateSource> sources = new CopyOnWriteArrayList<>();

    private EvidenceRoom(
            Database database,
            EvidenceLog evidence,
            InstantSource clock,
            Jobs jobs,
            Ledger ledger,
            TimeStamps stamps,
            Exports exports,
            NameBook names,
            Witnesses witnesses) {
        this.database = database;
        this.evidence = evidence;
        this.clock = clock;
        this.jobs = jobs;
        this.ledger = ledger;
        this.stamps = stamps;
        this.exports = exports;
        this.names = names;
        this.witnesses = witnesses;
    }

    /**
     * Opens the ledger and adds the export job.
     *
     * @param names who stands behind an actor reference, asked when a page is made
     */
    public static EvidenceRoom open(
            Settings settings,
            Database database,
            EvidenceLog evidence,
            InstantSource clock,
            Jobs jobs,
            NameBook names) {
        LedgerFiles files = LedgerFiles.of(settings);
        Ledger ledger = Ledger.open(files, database, evidence, clock);
        TimeStamps stamps = new TimeStamps(
                database, ledger, evidence, settings.find(Setting.TSA_URL).map(URI::create));
        Exports exports = new Exports(database, ledger, stamps, evidence, clock, files.exports());
        jobs.add(new ExportJob(exports, database, jobs));
        Witnesses witnesses = new Witnesses(database, ledger, evidence, clock, settings.list(Setting.WITNESSES));
        exports.addAnchor(witnesses::cosign);
        return new EvidenceRoom(database, evidence, clock, jobs, ledger, stamps, exports, names, witnesses);
    }

    public Ledger ledger() {
        return ledger;
    }

    public Exports exports() {
        return exports;
    }

    public NightlyVerification verification() {
        return new NightlyVerification(ledger, database, evidence);
    }

    public RedactionScan redactions() {
        return new RedactionScan(database, evidence, clock, texts);
    }

    public void addTexts(List<StoredTexts> more) {
        texts.addAll(more);
    }

    /** The comparison of the tables with the records, on demand, with its record. */
    public StateVerification states() {
        return new StateVerification(database, evidence, sources);
    }

    public void addStates(List<StateSource> more) {
        sources.addAll(more);
    }

    public List<Routes> routes(PageRenderer pages) {
        pages.addBanners(new StateBanner(states(), clock));
        ExportJob exporting = new ExportJob(exports, database, jobs);
        Freezes freezes = new Freezes(database, ledger, evidence, (id, by) -> exports.file(exports.get(id, by)));
        LedgerPanel panel = new LedgerPanel(ledger, verification(), states(), redactions(), witnesses, stamps);
        return List.of(
                new EvidenceApi(database, ledger, verification(), exports, exporting, jobs),
                new StateApi(states()),
                new RedactionApi(redactions()),
                new SampleApi(freezes),
                new SamplePages(freezes, names, pages),
                new EvidencePages(panel, exports, exporting, freezes, names, pages, clock));
    }

    /**
     * What runs by itself.
     *
     * @param wall the machine's clock, without the distance of a test clock
     */
    public List<Tick> ticks(ZoneId zone, InstantSource wall) {
        return List.of(
                new ClockWatch(database, evidence, wall, System::nanoTime),
                new SealTick(ledger),
                witnesses,
                stamps.tick(zone),
                verification().tick(zone),
                states().tick(zone),
                redactions().tick(zone));
    }
}
