package dev.ronde.evidence.sample;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.LedgerBehind;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Freezes the tables of a bundle, and draws samples from them once that is sealed.
 *
 * @param bundles the file of an export, or a {@link Problem} 404 where there is none that somebody may see
 */
public record Freezes(
        Database database, Ledger ledger, EvidenceLog evidence, BiFunction<UUID, Principal, Path> bundles) {
    private static final int MAX_TABLE = 16 << 20;

    /** Seals the freeze too, unless sealing has stopped; {@link Problem} 404 where there is no such bundle. */
    public Freeze freeze(UUID exportId, Principal principal) {
        Actor by = Actor.of(principal);
        Map<String, Object> manifest =
                Canonical.parse(content(bundles.apply(exportId, principal), "manifest.json", Integer.MAX_VALUE));
        ExportScope scope = ExportScope.ofJson(manifest.get("scope"));
        List<Object> files = ((List<?>) Objects.requireNonNull(manifest.get("files")))
                .stream()
                        .map(Leaf::map)
                        .filter(file -> String.valueOf(file.get("path")).startsWith("population/"))
                        .<Object>map(file -> Map.of("path", file.get("path"), "sha256", file.get("sha256")))
                        .toList();
        UUID id = UUID.randomUUID();
        database.useTransaction(tx -> evidence.append(
                tx,
                scoped(Evidence.of("population.frozen", by, Subject.of("freeze", id)), scope)
                        .data("export", exportId)
                        .data("treeSize", Leaf.map(manifest.get("asOf")).get("treeSize"))
                        .data("files", files)));
        try {
            ledger.seal();
        } catch (LedgerBehind e) {
            // the freeze waits, and so does whoever wants to draw
        }
        return get(id);
    }

    /** By these a later bundle knows whether its own scope discloses the record. */
    private static Evidence scoped(Evidence record, ExportScope scope) {
        return record.data("from", scope.from()).data("to", scope.to()).data("scope", scope.digest());
    }

    private Freeze get(UUID id) {
        return database.read(handle -> find(handle, id));
    }

    /** {@link Problem} 404 where there is none that they may see. */
    public Freeze get(UUID id, Principal principal) {
        Freeze freeze = get(id);
        String askedBy = principal.onlyAskedBy();
        if (askedBy != null && !askedBy.equals(freeze.frozenBy())) {
            throw Problem.notFound("freeze", id);
        }
        return freeze;
    }

    private static Freeze find(Handle handle, UUID id) {
        FreezeDao dao = handle.attach(FreezeDao.class);
        List<FreezeDao.Row> rows = dao.list(id.toString());
        if (rows.isEmpty()) {
            throw Problem.notFound("freeze", id);
        }
        UUID recordId = rows.get(0).recId();
        List<Leaf> leaves = rows.stream().map(Freezes::leaf).toList();
        return Freeze.of(
                recordId, leaves.get(0), dao.findCheckpoint(recordId).orElse(""), leaves.subList(1, leaves.size()));
    }

    private static Leaf leaf(FreezeDao.Row row) {
        String givenBy = row.givenBy();
        return new Leaf(0, Canonical.parse(row.payload()), givenBy == null ? Map.of() : Map.of("given_by", givenBy));
    }

    /**
     * A page, newest first.
     *
     * @param askedBy only theirs; null for all
     */
    public PageOf<Freeze> list(@Nullable Cursor after, int limit, @Nullable String askedBy) {
        return database.read(handle -> {
            FreezeDao dao = handle.attach(FreezeDao.class);
            List<Freeze> found = new ArrayList<>();
            for (FreezeDao.Row row : dao.listFreezes(after == null ? null : after.uuid(0), askedBy, limit + 1)) {
                found.add(find(handle, UUID.fromString(leaf(row).subjectId())));
            }
            return PageOf.of(found, limit, dao.count(askedBy), freeze -> Cursor.of(freeze.recordId()));
        });
    }

    /**
     * Draws, or draws more of what was drawn.
     *
     * @throws Problem 409 while the freeze is not sealed, and for a second seed; 422 with pointers for what cannot be drawn
     */
    public Sample draw(UUID id, SampleRequest request, Principal principal) {
        Actor by = Actor.of(principal);
        SampledTable table = request.check();
        byte[] content = content(bundles.apply(get(id, principal).exportId(), principal), table.path(), MAX_TABLE);
        String sha256 = Sha256.hex(content);
        return database.inTransaction(tx -> {
            tx.attach(FreezeDao.class).lock(find(tx, id).exportId());
            Freeze freeze = find(tx, id);
            if (!freeze.sealed()) {
                throw Problem.conflict(
                        "not_sealed",
                        "The freeze is not sealed yet, and a seed comes after that. Try again in a minute.");
            }
            if (!sha256.equals(freeze.files().get(table.path()))) {
                throw Problem.conflict(
                        "bundle_changed",
                        "The bundle on this server is not the one that was frozen. Freeze a new one.");
            }
            Sample before = freeze.samples().stream()
                    .filter(sample -> sample.table() == table)
                    .findFirst()
                    .orElse(null);
            return store(tx, freeze, before, wanted(freeze, table, before, request), content, request, by);
        });
    }

    private static Draw wanted(Freeze freeze, SampledTable table, @Nullable Sample before, SampleRequest request) {
        int rows = request.n() == null ? 0 : request.n();
        if (request.extending()) {
            if (before == null) {
                throw Problem.conflict("nothing_drawn", "Nothing was drawn from this table yet. Give a seed.");
            }
            return new Draw(before.seed(), table.item(), Math.toIntExact(before.size() + rows), before.stratifiedBy());
        }
        if (before != null) {
            throw Problem.conflict(
                    "already_drawn",
                    "This table was drawn from with the seed " + before.seed()
                            + ". Extend that sample, or freeze again.");
        }
        String seed = SampleRequest.CHECKPOINT.equals(request.seed())
                ? Sha256.hex(SignedNote.parse(freeze.checkpoint()).text())
                : SampleRequest.blank(request.seed());
        return new Draw(seed, table.item(), rows, SampleRequest.blank(request.stratifiedBy()));
    }

    private Sample store(
            Handle tx,
            Freeze freeze,
            @Nullable Sample before,
            Draw draw,
            byte[] content,
            SampleRequest request,
            Actor by) {
        SampledTable table = request.check();
        Draw.Sheet sheet = draw.sheet(new String(content, StandardCharsets.UTF_8));
        String source = before != null
                ? before.seedSource()
                : SampleRequest.CHECKPOINT.equals(request.seed()) ? SampleRequest.CHECKPOINT : "given";
        String ending = freeze.id().toString().substring(28);
        evidence.append(
                tx,
                Evidence.of("sample.drawn", by, Subject.of("freeze", freeze.id()))
                        .cause(freeze.recordId())
                        .data("from", freeze.from())
                        .data("to", freeze.to())
                        .data("scope", freeze.scope())
                        .data("name", table.word() + "-" + ending)
                        .data("population", table.word())
                        .data("populationSha256", Sha256.hex(content))
                        .data("seed", draw.seed())
                        .data("seedSource", source)
                        .data("size", draw.size())
                        .data("drawn", sheet.items())
                        .data("stratifiedBy", draw.stratum())
                        .priv("given_by", SampleRequest.blank(request.givenBy()))
                        .attach(table.word() + ".csv", "text/csv", content));
        return find(tx, freeze.id()).samples().stream()
                .filter(sample -> sample.table() == table)
                .findFirst()
                .orElseThrow();
    }

    /** The sheet of what was drawn from a table, as every bundle writes it. */
    public String sheet(Sample sample) {
        return sample.draw()
                .sheet(database.read(handle -> evidence.content(handle, sample.populationSha256()))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElseThrow(() -> Problem.notFound("table", sample.populationSha256())))
                .text();
    }

    /** A file of the bundle; {@link Problem} 422 where it is too large to be kept with the sample. */
    private static byte[] content(Path bundle, String path, int most) {
        String file = String.valueOf(bundle.getFileName());
        try (ZipFile zip = new ZipFile(bundle.toFile());
                InputStream in = zip.getInputStream(
                        zip.getEntry(file.substring(0, file.length() - ".zip".length()) + "/" + path))) {
            byte[] content = in.readNBytes(most);
            if (in.read() >= 0) {
                throw Problem.invalid(
                        "/population",
                        "population_too_large",
                        "This table has more than 16 MiB. Freeze a bundle of a shorter period or of fewer assets.");
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + bundle, e);
        }
    }
}
