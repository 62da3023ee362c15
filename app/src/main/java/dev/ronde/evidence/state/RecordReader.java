package dev.ronde.evidence.state;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.platform.db.Batches;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the records that rows are compared with. */
public final class RecordReader {
    private static final Comparator<Leaf> AS_CHANGED =
            Comparator.comparingLong(RecordReader::rev).thenComparing(RecordReader::id);

    /** A record whose payload retention took: nothing says any more what its row should be. */
    static final Leaf PURGED = new Leaf(0, Map.of());

    private final StateDao dao;

    RecordReader(Handle handle) {
        this.dao = handle.attach(StateDao.class);
    }

    /** The records of these types about these subjects with their texts: by subject, and for each by the revision they led to. */
    public Map<String, List<Leaf>> of(String kind, Set<String> types, Collection<String> subjects) {
        List<StateDao.Recorded> rows = dao.listOfSubjects(kind, types, subjects.toArray(String[]::new));
        Map<UUID, Map<String, String>> texts =
                texts(rows.stream().map(StateDao.Recorded::recId).toList());
        Map<String, List<Leaf>> bySubject = rows.stream()
                .map(row -> leaf(row).with(texts.getOrDefault(row.recId(), Map.of())))
                .collect(Collectors.groupingBy(Leaf::subjectId));
        bySubject.values().forEach(leaves -> leaves.sort(AS_CHANGED));
        return bySubject;
    }

    public Map<String, List<Leaf>> byId(String type, Collection<String> ids) {
        return dao.listByIds(type, ids.stream().map(UUID::fromString).toList()).stream()
                .collect(Collectors.toMap(
                        row -> row.recId().toString(), row -> List.of(leaf(row)), (one, other) -> one));
    }

    private Map<UUID, Map<String, String>> texts(List<UUID> records) {
        Map<UUID, Map<String, String>> texts = new HashMap<>();
        for (List<UUID> some : Batches.of(records)) {
            dao.listTexts(some)
                    .forEach(text -> texts.computeIfAbsent(text.recId(), id -> new HashMap<>())
                            .put(text.field(), text.privateText()));
        }
        return texts;
    }

    /** A state that is too large for its record is stored beside it, under its hash. */
    private Leaf leaf(StateDao.Recorded row) {
        byte[] payload = row.payload();
        if (payload == null) {
            return PURGED;
        }
        Map<String, Object> document = Canonical.parse(payload);
        if (document.get("data") instanceof Map<?, ?> data && data.get("afterRef") instanceof String sha256) {
            Map<String, Object> whole = new LinkedHashMap<>();
            data.forEach((name, value) -> whole.put(String.valueOf(name), value));
            dao.findBlob(Hash.ofHex(sha256).bytes()).ifPresent(content -> whole.put("after", Canonical.parse(content)));
            document = new LinkedHashMap<>(document);
            document.put("data", whole);
        }
        return new Leaf(0, document);
    }

    public static String id(Leaf leaf) {
        return String.valueOf(leaf.document().get("id"));
    }

    private static long rev(Leaf leaf) {
        return leaf.document().get("on") instanceof Map<?, ?> on && on.get("rev") instanceof Number rev
                ? rev.longValue()
                : 0;
    }
}
