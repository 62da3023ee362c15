package dev.ronde.evidence.export;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.seal.ConsistencyProof;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.LedgerReport;
import dev.ronde.evidence.seal.NightlyVerification;
import dev.ronde.evidence.seal.RecordProof;
import dev.ronde.evidence.seal.SealedCheckpoint;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records, proofs, checkpoints and bundles over HTTP ({@code contract.md}). */
public record EvidenceApi(
        Database database,
        Ledger ledger,
        NightlyVerification verification,
        Exports exports,
        ExportJob exporting,
        Jobs jobs)
        implements Routes {
    @Override
    public void register(Router router) {
        router.get("/api/v1/evidence/records", Access.SCOPED_AUDIT, this::records);
        router.post("/api/v1/evidence/exports", Access.SCOPED_AUDIT, this::export);
        router.get("/api/v1/evidence/exports", Access.SCOPED_AUDIT, this::list);
        router.get(
                "/api/v1/evidence/exports/{id}",
                Access.SCOPED_AUDIT,
                context -> context.json(json(export(context, "id"))));
        router.get("/api/v1/evidence/exports/{id}/download", Access.SCOPED_AUDIT, this::download);
        router.get("/api/v1/evidence/exports/{id}/sha256", Access.SCOPED_AUDIT, context -> sidecar(context, ".sha256"));
        router.get(
                "/api/v1/evidence/exports/{id}/tlog-proof",
                Access.SCOPED_AUDIT,
                context -> sidecar(context, ".tlog-proof"));
        router.get("/api/v1/ledger", Access.SCOPED_AUDIT, this::ledger);
        router.get("/api/v1/ledger/checkpoint", Access.SCOPED_AUDIT, this::checkpoint);
        router.get("/api/v1/ledger/consistency", Access.AUDIT, this::consistency);
        router.get("/api/v1/ledger/tile", Access.AUDIT, this::tile);
        router.post("/api/v1/ledger/verify", Access.AUDIT, this::verify);
        router.get("/api/v1/ledger/proof/{record_id}", Access.AUDIT, this::proof);
    }

    private void records(Context context) {
        Query query = Requests.query(context, "type", "asset", "from", "to", "sort", "limit", "cursor");
        String type = query.text("type").orElse(null);
        String asset = query.text("asset").orElse(null);
        Instant from = query.text("from").map(text -> instant("from", text, 0)).orElse(null);
        Instant until = query.text("to").map(text -> instant("to", text, 1)).orElse(null);
        Requests.list(
                context,
                query,
                asked -> database.read(handle -> {
                    UUID before = asked.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
                    RecordDao dao = handle.attach(RecordDao.class);
                    UUID seenBy = Requests.principal(context).confinedTo();
                    return PageOf.of(
                                    dao.list(type, asset, from, until, seenBy, before, asked.limit() + 1),
                                    asked.limit(),
                                    dao.count(type, asset, from, until, seenBy),
                                    item -> Cursor.of(item.recId()))
                            .map(RecordItem::json);
                }));
    }

    /** An instant, or a day in UTC; a day as the upper end is included. */
    private static Instant instant(String name, String text, int daysLater) {
        try {
            return text.length() == 10
                    ? IsoDates.date(text)
                            .plusDays(daysLater)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : IsoDates.instant(text);
        } catch (DateTimeException e) {
            throw Problem.badRequest(
                    "bad_parameter",
                    "The parameter " + name + " is \"" + text
                            + "\": write a date such as 2026-12-31 or an instant such as 2026-12-31T00:00:00Z.");
        }
    }

    private void export(Context context) {
        UUID job = exporting.start(Requests.body(context, ExportRequest.class), Requests.principal(context));
        context.status(202).header("Location", "/api/v1/jobs/" + job);
        context.json(jobs.get(job));
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Requests.list(
                context,
                query,
                asked -> exports.list(
                                asked.cursor(2).orElse(null),
                                asked.limit(),
                                Requests.principal(context).onlyAskedBy())
                        .map(EvidenceApi::json));
    }

    private void download(Context context) {
        Requests.query(context);
        send(context, exports, export(context, "id"));
    }

    /** Streams the bundle and records who took it; a HEAD request takes nothing. */
    public static void send(Context context, Exports exports, EvidenceExport export) {
        Path file = exports.file(export);
        context.contentType("application/zip");
        context.header("Content-Disposition", "attachment; filename=\"" + export.fileName() + "\"");
        context.header("Digest", "sha-256=" + export.sha256());
        if (context.method().equals(HandlerType.HEAD)) {
            context.header("Content-Length", Long.toString(export.sizeBytes()));
            return;
        }
        exports.downloaded(export, Actor.of(Requests.principal(context)));
        try {
            context.result(Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void sidecar(Context context, String ending) {
        Requests.query(context);
        EvidenceExport export = export(context, "id");
        Path file = exports.file(export).resolveSibling(export.fileName() + ending);
        try {
            context.contentType("text/plain; charset=utf-8").result(Files.readString(file));
        } catch (IOException e) {
            throw Problem.notFound("file", file.getFileName());
        }
    }

    private EvidenceExport export(Context context, String name) {
        return exports.get(PathIds.of(context, name, "export"), Requests.principal(context));
    }

    private static Map<String, @Nullable Object> json(EvidenceExport export) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", export.exportId());
        json.put("file_name", export.fileName());
        json.put("sha256", export.sha256());
        json.put("size", export.sizeBytes());
        json.put("from", export.fromOn());
        json.put("to", export.untilOn());
        json.put("scope", export.scope());
        json.put("tree_size", export.treeSize());
        json.put("leaves", export.leaves());
        json.put("disclosed", export.disclosed());
        json.put("requested_by", export.requestedBy());
        json.put("created_at", export.createdAt());
        json.put("download_url", ExportJob.downloadPath(export));
        return json;
    }

    /** Hands out no checkpoint, so nothing has to be remembered. */
    private void ledger(Context context) {
        Requests.query(context);
        context.json(state());
    }

    private Map<String, @Nullable Object> state() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("origin", ledger.keys().origin());
        json.put("vkey", ledger.verifierKey().encoded());
        json.put("pending", ledger.pending());
        json.put("alarm", ledger.alarm().orElse(null));
        return json;
    }

    /** An auditor may hold this checkpoint now, so later bundles must extend it; a HEAD request hands nothing out. */
    private void given(Context context, SealedCheckpoint checkpoint) {
        if (!context.method().equals(HandlerType.HEAD)) {
            ledger.anchored(checkpoint, "shown", Requests.principal(context).actorRef());
        }
    }

    /** JSON, or the signed note alone for {@code Accept: text/plain}. */
    private void checkpoint(Context context) {
        Requests.query(context);
        SealedCheckpoint checkpoint = ledger.cosigned(ledger.checkpoint());
        given(context, checkpoint);
        if (plain(context)) {
            context.contentType("text/plain; charset=utf-8").result(checkpoint.note());
            return;
        }
        Map<String, @Nullable Object> json = state();
        json.put("tree_size", checkpoint.treeSize());
        json.put("root_hash", checkpoint.rootHash().hex());
        json.put("sealed_at", checkpoint.sealedAt());
        json.put("checkpoint", checkpoint.note());
        context.json(json);
    }

    private static boolean plain(Context context) {
        return Optional.ofNullable(context.header("Accept")).orElse("").startsWith("text/plain");
    }

    /** JSON, or the body of an add-checkpoint request for {@code Accept: text/plain}. */
    private void consistency(Context context) {
        Query query = Requests.query(context, "from", "to");
        long from = size(query, "from").orElseThrow(() -> size("from", ""));
        ConsistencyProof proof = ledger.consistency(from, size(query, "to"));
        given(context, proof.checkpoint());
        if (plain(context)) {
            context.contentType("text/plain; charset=utf-8").result(proof.text());
        } else {
            context.json(proof.json());
        }
    }

    /** What a file of C2SP tlog-tiles is made of, in base64; null stands for a record that retention took. */
    private void tile(Context context) {
        Query query = Requests.query(context, "level", "index", "width");
        long index = size(query, "index").orElseThrow(() -> size("index", ""));
        int width = (int) Math.min(257, size(query, "width").orElse(256L));
        List<byte @Nullable []> items =
                query.text("level").filter("entries"::equals).isPresent()
                        ? ledger.entries(index, width)
                        : new ArrayList<>(ledger.tile(
                                (int) Math.min(4, size(query, "level").orElse(0L)), index, width));
        List<@Nullable String> texts = new ArrayList<>();
        items.forEach(
                item -> texts.add(item == null ? null : Base64.getEncoder().encodeToString(item)));
        context.json(Map.of("items", texts));
    }

    private static Optional<Long> size(Query query, String name) {
        return query.text(name).map(text -> {
            if (!text.matches("0|[1-9][0-9]{0,17}")) {
                throw size(name, text);
            }
            return Long.valueOf(text);
        });
    }

    private static Problem size(String name, String text) {
        return Problem.badRequest(
                "bad_parameter", "The parameter " + name + " is \"" + text + "\": write a number of records.");
    }

    /** Reads the whole database now and records the result. */
    private void verify(Context context) {
        LedgerReport report = verification.run(Actor.of(Requests.principal(context)));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("size", report.size());
        json.put("records", report.records());
        json.put("good", report.good());
        json.put("faults", report.faults());
        json.put("more_faults", report.more());
        json.put("warnings", report.warnings());
        context.json(json);
    }

    private void proof(Context context) {
        Requests.query(context);
        RecordProof proof = ledger.proof(PathIds.of(context, "record_id", "record"));
        given(context, proof.checkpoint());
        context.json(proof.json());
    }
}
