package dev.ronde.evidence.sample;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.population.Leaf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The samples of a bundle, each a sheet and what is needed to draw it again; fed with the disclosed records in index order. */
public final class SampleFiles {
    @FunctionalInterface
    public interface Folder {
        void write(String path, String text) throws IOException;
    }

    private final Map<String, List<Leaf>> draws = new TreeMap<>();

    public void add(Leaf leaf) {
        if (leaf.type().equals("sample.drawn")) {
            draws.computeIfAbsent(leaf.field("name"), name -> new ArrayList<>()).add(leaf);
        }
    }

    /**
     * Writes what was drawn last of each sample.
     *
     * @param tables the content of a table by its SHA-256
     * @param names display name of an actor ref, or the ref itself
     */
    public void write(Folder folder, Function<String, byte[]> tables, UnaryOperator<String> names) throws IOException {
        for (Map.Entry<String, List<Leaf>> sample : draws.entrySet()) {
            List<Leaf> all = sample.getValue();
            Sample last = Sample.of(all.get(all.size() - 1));
            String table = new String(tables.apply(last.populationSha256()), StandardCharsets.UTF_8);
            String path = "samples/" + sample.getKey();
            folder.write(path + ".csv", last.draw().sheet(table).text());
            folder.write(path + ".json", Canonical.text(json(last, all, names)) + "\n");
        }
    }

    private static Map<String, Object> json(Sample last, List<Leaf> all, UnaryOperator<String> names) {
        Map<String, Object> json = new TreeMap<>(Map.of(
                "name", last.name(),
                "freeze", last.freezeId().toString(),
                "method", "the smallest SHA-256 of seed, comma, item",
                "population", last.table().path(),
                "population_sha256", last.populationSha256(),
                "item", last.table().item(),
                "seed", last.seed(),
                "seed_source", last.seedSource(),
                "stratified_by", last.stratifiedBy()));
        json.put("n", last.size());
        json.put("draws", all.stream().map(leaf -> draw(leaf, names)).toList());
        return json;
    }

    private static Map<String, Object> draw(Leaf leaf, UnaryOperator<String> names) {
        Sample sample = Sample.of(leaf);
        return Map.of(
                "index",
                leaf.index(),
                "at",
                sample.drawnAt(),
                "by",
                names.apply(sample.drawnBy()),
                "seed_given_by",
                sample.givenBy(),
                "n",
                sample.size(),
                "drawn",
                sample.drawn());
    }
}
