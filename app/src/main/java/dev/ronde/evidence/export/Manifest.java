package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.PartWriter;
import dev.ronde.evidence.report.BundleTexts;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.evidence.seal.SealedCheckpoint;
import dev.ronde.platform.resource.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** manifest.json: what was asked, what is in the bundle, what is not, and why. No time of making: that stands in the ledger. */
final class Manifest {
    private final ExportScope scope;
    private final String origin;
    private final SealedCheckpoint head;
    private final String requestedBy;
    private final Map<String, Long> counts = new TreeMap<>();
    private Map<String, Long> withheld = Map.of();
    private Map<String, Long> totals = Map.of();
    private long partRows = PartWriter.ROWS;
    private long from;
    private long until;
    private boolean testClock;
    private String alarm = "";
    private long waiting;

    Manifest(ExportScope scope, String origin, SealedCheckpoint head, String requestedBy) {
        this.scope = scope;
        this.origin = origin;
        this.head = head;
        this.requestedBy = requestedBy;
    }

    /** Sealing has stopped, so the waiting records cannot be in the bundle. */
    void sealingHasStopped(String why, long records) {
        alarm = why;
        waiting = records;
    }

    void rowsPerPart(long rows) {
        partRows = rows;
    }

    void leaves(RangeProof range, LeafFiles leaves, boolean underTestClock) {
        from = range.from();
        until = range.until();
        testClock = underTestClock;
        withheld = leaves.withheld();
        totals = leaves.population().totals().counts();
        counts.put("leaves", until - from);
        counts.put("disclosed", leaves.disclosed());
        counts.put("withheld", until - from - leaves.disclosed());
    }

    ExportScope scope() {
        return scope;
    }

    SealedCheckpoint head() {
        return head;
    }

    boolean demonstration() {
        return origin.equals(LedgerFiles.DEMONSTRATION);
    }

    long leafCount() {
        return until - from;
    }

    long disclosedCount() {
        return counts.getOrDefault("disclosed", 0L);
    }

    /** Everything the bundle's texts are made from; the hashes of the files, including theirs, come later. */
    Map<String, Object> stated(String texts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", 1);
        json.put("product", Map.of("name", "Ronde", "version", Version.text()));
        json.put("origin", origin);
        json.put(
                "asOf",
                Map.of(
                        "treeSize", head.treeSize(),
                        "root", head.rootHash().hex(),
                        "sealedAt", head.sealedAt().toString()));
        json.put("scope", scope.json());
        json.put("range", Map.of("from", from, "until", until));
        json.put("ordering", "ledger index");
        json.put("rowsPerPart", partRows);
        json.put("requestedBy", requestedBy);
        json.put("counts", counts);
        json.put("omissions", omissions());
        json.put("totals", totals);
        json.put("clock", Map.of("test", testClock));
        json.put("demonstration", demonstration());
        json.put(BundleTexts.MEMBER, texts);
        return json;
    }

    Map<String, Object> json(Map<String, Object> stated, BundleFolder folder) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>(stated);
        json.put("files", files(folder));
        return json;
    }

    private List<Object> omissions() {
        List<Object> list = new ArrayList<>();
        withheld.forEach((why, count) -> list.add(Map.of("what", "records", "count", count, "why", why)));
        if (!alarm.isEmpty()) {
            list.add(Map.of("what", "records", "count", waiting, "why", BundleTexts.notSealed(alarm)));
        }
        return list;
    }

    private List<Object> files(BundleFolder folder) throws IOException {
        List<Object> list = new ArrayList<>();
        for (Map.Entry<String, Long> file : folder.paths().entrySet()) {
            list.add(Map.of("path", file.getKey(), "sha256", folder.sha256(file.getKey()), "size", file.getValue()));
        }
        return list;
    }
}
