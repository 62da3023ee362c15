package dev.ronde.evidence.export;

import dev.ronde.evidence.ErasedTexts;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import dev.ronde.evidence.population.Leaf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names that the tables show, each with the sealed record that says it, wherever in the log that lies. */
final class PeopleFile {
    private final ExportDao dao;
    private final Merkle tree;
    private final long size;
    private final Map<String, Optional<Map<String, Object>>> people = new TreeMap<>();

    PeopleFile(ExportDao dao, Merkle tree, long size) {
        this.dao = dao;
        this.tree = tree;
        this.size = size;
    }

    /** The name; the reference itself if no record names it. */
    String nameOf(String ref) {
        return ref.isEmpty()
                ? ref
                : people.computeIfAbsent(ref, this::find)
                        .map(person -> String.valueOf(person.get("name")))
                        .orElse(ref);
    }

    private Optional<Map<String, Object>> find(String ref) {
        return dao.findName(ref, size).map(row -> {
            String text = row.privateText();
            byte[] salt = row.salt();
            return Map.of(
                    "ref",
                    ref,
                    "name",
                    text == null ? said(new Leaf(row.idx(), Canonical.parse(row.payload()))) : text,
                    "salt",
                    text == null || salt == null ? "" : HexFormat.of().formatHex(salt),
                    "record",
                    new String(row.payload(), StandardCharsets.UTF_8),
                    "index",
                    row.idx(),
                    "proof",
                    tree.inclusion(row.idx(), size).stream().map(Hash::hex).toList());
        });
    }

    private static String said(Leaf record) {
        return record.type().equals(ErasedTexts.TYPE)
                ? ErasedTexts.Erasure.of(record.index(), record.document()).mark()
                : record.field("name");
    }

    void write(BundleFolder folder) throws IOException {
        List<Object> named = new ArrayList<>();
        people.values().forEach(person -> person.ifPresent(named::add));
        folder.write("population/people.json", Canonical.text(named) + "\n");
    }
}
