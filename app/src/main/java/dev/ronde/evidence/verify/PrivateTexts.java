package dev.ronde.evidence.verify;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.NotCanonical;
import dev.ronde.evidence.population.Leaf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * V10 for {@code data/private.jsonl}: read beside the records, in their order, each text against the commitment its record
 * carries; there is one for each commitment.
 */
final class PrivateTexts implements AutoCloseable {
    private final PartLines lines;
    private final Findings findings;
    private @Nullable Map<String, Object> next;

    PrivateTexts(BundleReader bundle, Findings findings) throws IOException {
        this.lines = bundle.lines("data/private.jsonl");
        this.findings = findings;
        next = read();
    }

    Map<String, String> of(Leaf leaf) throws IOException {
        Map<String, String> commitments = commitments(leaf);
        Map<String, String> texts = new TreeMap<>();
        Object id = leaf.document().get("id");
        for (Map<String, Object> text = next; text != null && Objects.equals(text.get("record"), id); text = next) {
            String field = String.valueOf(text.get("field"));
            if (isCommitted(text, commitments.get(field))) {
                texts.put(field, String.valueOf(text.get("text")));
            } else {
                findings.fail(Step.V10, "the private text " + id + "/" + field + " is not the one committed to");
            }
            next = read();
        }
        commitments.keySet().stream()
                .filter(field -> !texts.containsKey(field))
                .forEach(field -> findings.fail(Step.V10, "data/private.jsonl lacks the text " + id + "/" + field));
        return texts;
    }

    static Map<String, String> commitments(Leaf leaf) {
        Map<String, String> commitments = new HashMap<>();
        for (Object item : leaf.document().get("priv") instanceof List<?> list ? list : List.of()) {
            if (item instanceof Map<?, ?> map) {
                commitments.put(String.valueOf(map.get("field")), String.valueOf(map.get("commit")));
            }
        }
        return commitments;
    }

    private static boolean isCommitted(Map<String, Object> text, @Nullable String commitment) {
        try {
            byte[] salt = HexFormat.of().parseHex(String.valueOf(text.get("salt")));
            return EvidenceLog.commitment(salt, String.valueOf(text.get("text")))
                    .hex()
                    .equals(commitment);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The next readable line; unreadable ones are reported and skipped. */
    private @Nullable Map<String, Object> read() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try {
                Map<String, Object> text = Canonical.read(line.getBytes(StandardCharsets.UTF_8));
                if (text.get("record") instanceof String) {
                    return text;
                }
                findings.fail(Step.V10, "data/private.jsonl: a line names no record");
            } catch (NotCanonical | IllegalArgumentException e) {
                findings.fail(Step.V10, "data/private.jsonl: " + e.getMessage());
            }
        }
        return null;
    }

    /** Called after the last record: every text must belong to one. */
    void end() {
        if (next != null) {
            findings.fail(
                    Step.V10,
                    "data/private.jsonl has texts that no record of this bundle carries, first for "
                            + next.get("record"));
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
