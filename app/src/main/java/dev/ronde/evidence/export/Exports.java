package dev.ronde.evidence.export;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.PartWriter;
import dev.ronde.evidence.report.BundleTexts;
import dev.ronde.evidence.report.PageOne;
import dev.ronde.evidence.report.PaperHead;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.LedgerBehind;
import dev.ronde.evidence.seal.LedgerDamaged;
import dev.ronde.evidence.seal.RecordProof;
import dev.ronde.evidence.seal.SealedCheckpoint;
import dev.ronde.evidence.stamp.TimeStamps;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.Limits;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Makes bundles, lists them and gives them out; making and taking one are records themselves. */
public final class Exports {
    private static final int MAX_SCOPE = 2_000;

    private final Database database;
    private final Ledger ledger;
    private final TimeStamps stamps;
    private final EvidenceLog evidence;
    private final InstantSource clock;
    private final Path folder;
    private final BundleBuilder builder;
    private final List<FrameworkSource> frameworks = new CopyOnWriteArrayList<>();
    private final List<Runnable> anchors = new CopyOnWriteArrayList<>();

    public Exports(
            Database database,
            Ledger ledger,
            TimeStamps stamps,
            EvidenceLog evidence,
            InstantSource clock,
            Path folder) {
        this.database = database;
        this.ledger = ledger;
        this.stamps = stamps;
        this.evidence = evidence;
        this.clock = clock;
        this.folder = folder;
        this.builder = new BundleBuilder(database, ledger.keys(), new BundleTexts(), PartWriter.ROWS);
    }

    /** May throw to stop the bundle. */
    @FunctionalInterface
    public interface Progress {
        void at(long done, long total);
    }

    /**
     * Seals what waits and makes the bundle. Asked again with the same id, it returns the bundle that is there.
     *
     * @throws Problem (409) if the ledger is damaged: then there is no bundle
     */
    public EvidenceExport make(UUID exportId, ExportScope scope, Locale language, Actor by, Progress progress) {
        return find(exportId).orElseGet(() -> makeNew(exportId, scope, language, by, progress));
    }

    private EvidenceExport makeNew(UUID exportId, ExportScope scope, Locale language, Actor by, Progress progress) {
        try {
            Optional<String> alarm = sealed();
            if (alarm.isEmpty()) {
                anchors.forEach(Runnable::run);
            }
            SealedCheckpoint sealed = ledger.checkpoint();
            stamps.stamp(sealed);
            SealedCheckpoint head = ledger.cosigned(sealed);
            String organisation = Installation.find(database)
                    .map(Installation::organisation)
                    .orElse(ledger.keys().origin());
            Manifest manifest = new Manifest(
                    scope,
                    new PaperHead(organisation, language),
                    ledger.keys().origin(),
                    head,
                    by.ref(),
                    alarm.orElse(""),
                    alarm.isPresent() ? ledger.pending() : 0);
            BundleBuilder.Bundle bundle = builder.build(manifest, folder, exportId.toString(), progress::at);
            EvidenceExport export = new EvidenceExport(
                    exportId,
                    bundle.name() + ".zip",
                    bundle.sha256(),
                    Files.size(bundle.file()),
                    scope.from(),
                    scope.to(),
                    shortened(scope.label()),
                    head.treeSize(),
                    head.treeSize(),
                    bundle.disclosed(),
                    by.ref(),
                    clock.instant());
            UUID record = store(export, bundle, by);
            ledger.anchored(head, "export", bundle.name());
            if (alarm.isEmpty()) {
                RecordProof proof = ledger.proof(record);
                ledger.anchored(proof.checkpoint(), "export", bundle.name());
                Files.writeString(
                        folder.resolve(export.fileName() + ".tlog-proof"), proof.text(), StandardCharsets.UTF_8);
            }
            return export;
        } catch (LedgerDamaged e) {
            throw Problem.conflict("ledger_damaged", "No bundle was made. " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }

    /** Seals what waits; if sealing has stopped, returns why, and earlier records can still be exported. */
    private Optional<String> sealed() {
        try {
            ledger.seal();
            return Optional.empty();
        } catch (LedgerBehind e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String shortened(String label) {
        return Cut.marked(label, MAX_SCOPE);
    }

    private UUID store(EvidenceExport export, BundleBuilder.Bundle bundle, Actor by) {
        return database.inTransaction(tx -> {
            tx.attach(ExportDao.class).insert(export);
            return evidence.append(
                    tx,
                    Evidence.of("export.created", by, subject(export))
                            .data("name", bundle.name())
                            .data("sha256", export.sha256())
                            .data("sumsSha256", bundle.sumsSha256())
                            .data("from", export.fromOn())
                            .data("to", export.untilOn())
                            .data("scope", export.scope())
                            .data("treeSize", export.treeSize())
                            .data("leaves", export.leaves())
                            .data("disclosed", export.disclosed()));
        });
    }

    private static Subject subject(EvidenceExport export) {
        return Subject.of("export", export.exportId());
    }

    public Optional<EvidenceExport> find(UUID exportId) {
        return database.read(handle -> handle.attach(ExportDao.class).find(exportId));
    }

    public EvidenceExport get(UUID exportId) {
        return find(exportId).orElseThrow(() -> Problem.notFound("export", exportId));
    }

    /** {@link Problem} 404 where there is none that they may see. */
    EvidenceExport get(UUID exportId, Principal principal) {
        EvidenceExport export = get(exportId);
        String askedBy = principal.onlyAskedBy();
        if (askedBy != null && !askedBy.equals(export.requestedBy())) {
            throw Problem.notFound("export", exportId);
        }
        return export;
    }

    /** The request as far as somebody may ask for it: an engagement fills in what it leaves open; {@link Problem} 403 beyond. */
    ExportRequest within(ExportRequest request, Principal principal) {
        Limits limits = principal.limits();
        return limits == null
                ? request
                : request.within(
                        limits,
                        limits.allAssets()
                                ? List.of()
                                : database.read(
                                        handle -> handle.attach(ExportDao.class).listSeen(principal.person())));
    }

    /**
     * A page, newest first; {@link Problem} 400 for a cursor of another list.
     *
     * @param askedBy only theirs; null for all
     */
    public PageOf<EvidenceExport> list(@Nullable Cursor after, int limit, @Nullable String askedBy) {
        Instant beforeAt = after == null ? null : after.instant(0);
        UUID beforeId = after == null ? null : after.uuid(1);
        return database.read(handle -> {
            ExportDao dao = handle.attach(ExportDao.class);
            return PageOf.of(
                    dao.list(beforeAt, beforeId, askedBy, limit + 1),
                    limit,
                    dao.count(askedBy),
                    export -> Cursor.of(export.createdAt(), export.exportId()));
        });
    }

    /** Adds a source of framework names; the rooms that map something to frameworks call this while they are wired. */
    public void addFrameworks(FrameworkSource source) {
        frameworks.add(source);
    }

    /** Adds what has the newest checkpoint seen outside before each bundle. */
    public void addAnchor(Runnable anchor) {
        anchors.add(anchor);
    }

    /**
     * Refuses what nothing in this installation has, so that a typing error does not become an empty bundle.
     *
     * @throws Problem (422) with a pointer for each field that cannot be accepted
     */
    public void requireKnown(ExportRequest request) {
        request.scope();
        List<FieldError> errors = database.read(handle -> {
            Set<String> controls = new TreeSet<>();
            frameworks.forEach(source -> controls.addAll(source.controls(handle)));
            ExportDao dao = handle.attach(ExportDao.class);
            return request.unknown(controls, dao::existsAsset);
        });
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** The bundle's file; 404 where another node made it and the exports folder is not shared. */
    public Path file(EvidenceExport export) {
        return file(export.fileName());
    }

    public Path file(String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw Problem.notFound("file", name);
        }
        return file;
    }

    /** The figures of page one of its report, by name. */
    public Map<String, Long> pageOne(EvidenceExport export, ExportScope scope) {
        try (BundleFolder work = new BundleFolder(folder.resolve(".work-" + export.exportId()))) {
            return PageOne.figures(file(export), scope, work.root());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + export.fileName(), e);
        }
    }

    public void downloaded(EvidenceExport export, Actor by) {
        database.useTransaction(tx -> evidence.append(
                tx,
                Evidence.of("export.downloaded", by, subject(export))
                        .data("name", export.fileName())
                        .data("sha256", export.sha256())));
    }
}
