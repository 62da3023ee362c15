package dev.ronde.evidence.export;

import dev.ronde.evidence.ErasedTexts;
import dev.ronde.evidence.RecordParts;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.seal.LedgerDamaged;
import dev.ronde.platform.Lazy;
import java.io.IOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The texts behind the commitments of disclosed records, with the salts that prove them. */
final class PrivateFile {
    private static final int PAGE = 5_000;

    private final ExportDao dao;
    private final Lazy<ErasedTexts> erased;
    private final Writer out;
    private final Map<Long, List<RecordParts.Text>> page = new TreeMap<>();
    private long until = -1;

    /** @param size of the log that is exported */
    PrivateFile(ExportDao dao, long size, Writer out) {
        this.dao = dao;
        this.erased = Lazy.of(() -> ErasedTexts.of(dao, size));
        this.out = out;
    }

    /**
     * Writes the texts of a record, or who erased them, and returns them by their field.
     *
     * @throws LedgerDamaged if one that the record commits to is gone
     */
    Map<String, String> add(Leaf leaf, UUID recordId) throws IOException {
        if (!(leaf.document().get("priv") instanceof List<?> commitments)) {
            return Map.of();
        }
        Map<String, String> said = new TreeMap<>();
        for (RecordParts.Text text : texts(leaf.index())) {
            byte[] salt = text.salt();
            String content = text.privateText();
            if (salt != null && content != null) {
                out.write(Canonical.text(Map.of(
                        "record", recordId.toString(),
                        "field", text.field(),
                        "salt", HexFormat.of().formatHex(salt),
                        "text", content)));
                out.write('\n');
                said.put(text.field(), content);
            } else {
                Optional<ErasedTexts.Erasure> erasure = erased.get().find(recordId, text.field());
                if (erasure.isPresent()) {
                    out.write(Canonical.text(Map.of(
                            "record", recordId.toString(),
                            "field", text.field(),
                            "erased", erasure.get().mark(),
                            "index", erasure.get().index())));
                    out.write('\n');
                    said.put(text.field(), erasure.get().mark());
                }
            }
        }
        if (said.size() != commitments.size()) {
            throw new LedgerDamaged("index " + leaf.index() + ": a private text of the record is missing");
        }
        return said;
    }

    private List<RecordParts.Text> texts(long index) {
        if (index >= until) {
            page.clear();
            until = index + PAGE;
            for (RecordParts.Text text : dao.listPrivates(index, until)) {
                page.computeIfAbsent(text.idx(), key -> new java.util.ArrayList<>())
                        .add(text);
            }
        }
        return page.getOrDefault(index, List.of());
    }
}
