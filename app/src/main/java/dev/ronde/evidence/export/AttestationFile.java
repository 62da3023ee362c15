package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.Csv;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.population.PartWriter;
import dev.ronde.evidence.seal.LedgerDamaged;
import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What each attestation of the period showed: the configurations, whose bytes it adds to the attachments, and the results, which are
 * disclosed whatever the filter. It is written before the records, as the results lie before the attestation that names them.
 */
final class AttestationFile {
    private static final int PAGE = 500;
    private static final String DIGEST = "sha256:";

    private final ExportDao dao;
    private final BundleFolder folder;
    private final long size;
    private final Csv<Row> csv;
    private final BitSet named = new BitSet();

    private record Row(Leaf attestation, String kind, String id, Object index, String file) {}

    AttestationFile(ExportDao dao, BundleFolder folder, long size, long partRows) throws IOException {
        this.dao = dao;
        this.folder = folder;
        this.size = size;
        this.csv = new Csv<>(
                PartWriter.csv("population/attestations.csv", folder::writer, partRows),
                Table.<Row>empty()
                        .with("review", row -> row.attestation.subjectId())
                        .with("attestation", row -> row.attestation.index())
                        .with("kind", Row::kind)
                        .with("id", Row::id)
                        .with("index", Row::index)
                        .with("file", Row::file));
    }

    /** @throws LedgerDamaged where something that an attestation showed is missing */
    AttestationFile write(ExportScope scope) throws IOException {
        List<KeyRow> page;
        long next = 0;
        do {
            page = dao.listAttestations(next, size, PAGE);
            for (KeyRow row : page) {
                next = row.idx() + 1;
                Leaf leaf = new Leaf(row.idx(), Canonical.parse(row.payload()));
                if (scope.matches(leaf) && (scope.covers(leaf.occurredAt()) || scope.covers(leaf))) {
                    add(leaf);
                }
            }
        } while (page.size() == PAGE);
        return this;
    }

    /** Whether an attestation showed the record at this place. */
    boolean names(long index) {
        return named.get(Math.toIntExact(index));
    }

    private void add(Leaf leaf) throws IOException {
        List<String> ids = shownIds(leaf);
        List<UUID> records = ids.stream()
                .filter(id -> !id.startsWith(DIGEST))
                .map(UUID::fromString)
                .toList();
        Map<UUID, Long> places = records.isEmpty() ? Map.of() : dao.listPlaces(records, size);
        for (String id : ids) {
            if (id.startsWith(DIGEST)) {
                addConfiguration(leaf, id);
            } else {
                Long place = Optional.ofNullable(places.get(UUID.fromString(id)))
                        .orElseThrow(() -> missing(leaf, "the record " + id));
                named.set(Math.toIntExact(place));
                csv.row(new Row(leaf, "result", id, place, ""));
            }
        }
    }

    private List<String> shownIds(Leaf leaf) {
        Object ids = leaf.data().get("shown_ids");
        String attached = leaf.field("shown_idsRef");
        if (!attached.isEmpty()) {
            byte[] list = dao.findBlob(Hash.ofHex(attached).bytes()).orElseThrow(() -> missing(leaf, "shown_ids"));
            ids = Canonical.parse(("{\"ids\":" + new String(list, StandardCharsets.UTF_8) + "}")
                            .getBytes(StandardCharsets.UTF_8))
                    .get("ids");
        }
        return ids instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    /** The document behind a digest; where several sources were looked at, the lines that name theirs, and each of them. */
    private void addConfiguration(Leaf leaf, String digest) throws IOException {
        Optional<String> document = dao.findSnapshot(digest);
        if (document.isPresent()) {
            csv.row(new Row(leaf, "configuration", digest, "", file(leaf, digest, document.get(), ".json")));
            return;
        }
        String sources = dao.findSources(String.valueOf(leaf.asset()), digest)
                .orElseThrow(() -> missing(leaf, "the configuration " + digest));
        Map<String, Object> bySource = new TreeMap<>(Canonical.parse(sources.getBytes(StandardCharsets.UTF_8)));
        String lines = bySource.entrySet().stream()
                .map(source -> source.getKey() + "=" + source.getValue() + "\n")
                .collect(Collectors.joining());
        csv.row(new Row(leaf, "configuration", digest, "", file(leaf, digest, lines, ".txt")));
        for (Object source : bySource.values()) {
            String id = source.toString();
            String text = dao.findSnapshot(id).orElseThrow(() -> missing(leaf, "the configuration " + id));
            csv.row(new Row(leaf, "source", id, "", file(leaf, id, text, ".json")));
        }
    }

    private String file(Leaf leaf, String digest, String text, String ending) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!digest.equals(DIGEST + Hash.sha256(bytes))) {
            throw new LedgerDamaged("index " + leaf.index() + ": the configuration " + digest + " was changed");
        }
        String path = "data/blobs/" + digest.substring(DIGEST.length()) + ending;
        if (!folder.has(path)) {
            folder.write(path, bytes);
        }
        return path;
    }

    private static LedgerDamaged missing(Leaf leaf, String what) {
        return new LedgerDamaged("index " + leaf.index() + ": " + what + ", which was attested, is missing");
    }
}
