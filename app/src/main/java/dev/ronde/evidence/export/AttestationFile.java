package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.Csv;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.population.PartWriter;
import dev.ronde.evidence.seal.LedgerDamaged;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.table.Table;
import dev.ronde.platform.text.Cut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What each attestation of the period showed: the configurations, whose bytes it adds to the attachments, and the results, which are
 * disclosed whatever the filter and so are looked for before the records are written; what had changed, and what was answered.
 */
final class AttestationFile {
    private static final int PAGE = 500;
    private static final String DIGEST = "sha256:";
    private static final String ANSWER = ":\\{\"answer\":\"((?:[^\"\\\\]++|\\\\.)*+)\"";

    private final ExportDao dao;
    private final BundleFolder folder;
    private final long size;
    private final ExportScope scope;
    private final Csv<Row> csv;
    private final BitSet named = new BitSet();

    private record Row(Leaf attestation, String kind, String id, Object index, String file, String text) {}

    AttestationFile(ExportScope scope, ExportDao dao, BundleFolder folder, long size, long partRows)
            throws IOException {
        this.scope = scope;
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
                        .with("file", Row::file)
                        .with("text", row -> Cut.marked(row.text.replaceAll("[\\r\\n]", " "), 500)));
    }

    /** Looks for the results that attestations showed. */
    AttestationFile find() {
        List<KeyRow> page;
        UUID after = new UUID(0, 0);
        do {
            page = dao.listAttestations(after, size, PAGE);
            for (KeyRow row : page) {
                after = row.recId();
                Leaf leaf = whole(new Leaf(row.idx(), Canonical.parse(row.payload())));
                if (isAsked(leaf)) {
                    places(leaf).values().forEach(place -> named.set(Math.toIntExact(place)));
                }
            }
        } while (page.size() == PAGE);
        return this;
    }

    private boolean isAsked(Leaf leaf) {
        return leaf.type().equals("review.attested")
                && scope.matches(leaf)
                && (scope.covers(leaf.occurredAt()) || scope.covers(leaf));
    }

    /** Whether an attestation showed the record at this place. */
    boolean names(long index) {
        return named.get(Math.toIntExact(index));
    }

    /** The record of an attestation with the lists that lie in attachments; any other as it is. */
    Leaf whole(Leaf leaf) {
        if (!leaf.type().equals("review.attested")) {
            return leaf;
        }
        Map<Object, Object> data = new HashMap<>(leaf.data());
        for (String name : List.of("shown_ids", "checks", "changes", "answered")) {
            String attached = leaf.field(name + "Ref");
            if (!attached.isEmpty()) {
                byte[] list = dao.findBlob(Hash.ofHex(attached).bytes()).orElseThrow(() -> missing(leaf, name));
                data.put(name, Json.plain(Json.tree(new String(list, StandardCharsets.UTF_8))));
            }
        }
        Map<String, Object> document = new HashMap<>(leaf.document());
        document.put("data", data);
        return new Leaf(leaf.index(), document, leaf.texts());
    }

    /** Takes every record that is disclosed, whole and with its private texts, in index order. */
    void add(Leaf leaf) throws IOException {
        if (!isAsked(leaf)) {
            return;
        }
        Map<UUID, Long> places = places(leaf);
        Map<String, String> outcomes = new HashMap<>();
        leaf.items("checks")
                .forEach(check -> outcomes.put(
                        Leaf.text(check, "record"),
                        Leaf.text(check, "check") + ": " + Leaf.text(check, "outcome")
                                + (Leaf.text(check, "stale").equals("true") ? ", stale" : "")));
        for (String id : list(leaf, "shown_ids")) {
            if (id.startsWith(DIGEST)) {
                addConfiguration(leaf, id);
            } else {
                Long place = Optional.ofNullable(places.get(UUID.fromString(id)))
                        .orElseThrow(() -> missing(leaf, "the record " + id));
                csv.row(new Row(leaf, "result", id, place, "", outcomes.getOrDefault(id, "")));
            }
        }
        for (Map<?, ?> change : leaf.items("changes").toList()) {
            String text = Leaf.text(change, "before") + " → " + Leaf.text(change, "after") + " ("
                    + Leaf.text(change, "effect") + ")";
            csv.row(new Row(leaf, "change", Leaf.text(change, "path"), "", "", text));
        }
        String answers = leaf.privateText("answers");
        for (String id : list(leaf, "answered")) {
            Matcher member = Pattern.compile("[{,]" + Pattern.quote(Json.write(id)) + ANSWER)
                    .matcher(answers);
            csv.row(new Row(leaf, "answer", id, "", "", member.find() ? member.group(1) : answers));
        }
    }

    private Map<UUID, Long> places(Leaf leaf) {
        List<UUID> records = list(leaf, "shown_ids").stream()
                .filter(id -> !id.startsWith(DIGEST))
                .map(UUID::fromString)
                .toList();
        return records.isEmpty() ? Map.of() : dao.listPlaces(records, size);
    }

    private static List<String> list(Leaf leaf, String name) {
        return leaf.data().get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The document behind a digest; where several sources were looked at, the lines that name theirs, and each of them. */
    private void addConfiguration(Leaf leaf, String digest) throws IOException {
        Optional<String> document = dao.findSnapshot(digest);
        if (document.isPresent()) {
            csv.row(new Row(leaf, "configuration", digest, "", file(leaf, digest, document.get(), ".json"), ""));
            return;
        }
        String sources = dao.findSources(String.valueOf(leaf.asset()), digest)
                .orElseThrow(() -> missing(leaf, "the configuration " + digest));
        Map<String, Object> bySource = new TreeMap<>(Canonical.parse(sources.getBytes(StandardCharsets.UTF_8)));
        String lines = bySource.entrySet().stream()
                .map(source -> source.getKey() + "=" + source.getValue() + "\n")
                .collect(Collectors.joining());
        csv.row(new Row(leaf, "configuration", digest, "", file(leaf, digest, lines, ".txt"), ""));
        for (Object source : bySource.values()) {
            String id = source.toString();
            String text = dao.findSnapshot(id).orElseThrow(() -> missing(leaf, "the configuration " + id));
            csv.row(new Row(leaf, "source", id, "", file(leaf, id, text, ".json"), ""));
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
