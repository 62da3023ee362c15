package dev.ronde.evidence.export;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.report.BundleTexts;
import dev.ronde.evidence.report.PaperHead;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.evidence.seal.SealedCheckpoint;
import dev.ronde.platform.resource.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * manifest.json: what was asked, what is in the bundle, what is not, and why. No time of making: that stands in the ledger.
 *
 * @param paper what stands at the head of the papers
 * @param alarm why sealing has stopped, so that the records that wait cannot be in the bundle; empty where it has not
 * @param waiting how many those are
 */
record Manifest(
        ExportScope scope,
        PaperHead paper,
        String origin,
        SealedCheckpoint head,
        String requestedBy,
        String alarm,
        long waiting) {

    /**
     * Everything the bundle's texts are made from; the hashes of the files, including theirs, come later.
     *
     * @param leaves that were written, all of them
     * @param texts from which templates
     */
    Map<String, Object> stated(LeafFiles leaves, long partRows, boolean testClock, String texts) {
        long size = head.treeSize();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("formatVersion", 2);
        json.put("product", Map.of("name", "Ronde", "version", Version.text()));
        json.put("origin", origin);
        json.put("organisation", paper.organisation());
        json.put("language", paper.language().getLanguage());
        json.put(
                "asOf",
                Map.of(
                        "treeSize", size,
                        "root", head.rootHash().hex(),
                        "sealedAt", head.sealedAt().toString()));
        json.put("scope", scope.json());
        json.put("range", Map.of("from", 0L, "until", size));
        json.put("ordering", "ledger index");
        json.put("rowsPerPart", partRows);
        json.put("requestedBy", requestedBy);
        json.put(
                "counts",
                Map.of("leaves", size, "disclosed", leaves.disclosed(), "withheld", size - leaves.disclosed()));
        json.put("omissions", omissions(leaves.withheld()));
        json.put("totals", leaves.population().totals().counts());
        json.put("clock", Map.of("test", testClock));
        json.put("demonstration", origin.equals(LedgerFiles.DEMONSTRATION));
        json.put(BundleTexts.MEMBER, texts);
        return json;
    }

    static Map<String, Object> json(Map<String, Object> stated, BundleFolder folder) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>(stated);
        json.put("files", files(folder));
        return json;
    }

    private List<Object> omissions(Map<String, Long> withheld) {
        List<Object> list = new ArrayList<>();
        withheld.forEach((why, count) -> list.add(Map.of("what", "records", "count", count, "why", why)));
        if (!alarm.isEmpty()) {
            list.add(Map.of("what", "records", "count", waiting, "why", BundleTexts.notSealed(alarm)));
        }
        return list;
    }

    private static List<Object> files(BundleFolder folder) throws IOException {
        List<Object> list = new ArrayList<>();
        for (Map.Entry<String, Long> file : folder.paths().entrySet()) {
            list.add(Map.of("path", file.getKey(), "sha256", folder.sha256(file.getKey()), "size", file.getValue()));
        }
        return list;
    }
}
