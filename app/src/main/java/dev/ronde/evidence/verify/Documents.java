package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.NotCanonical;
import dev.ronde.evidence.ledger.RangeProof;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the small JSON files of a bundle. */
final class Documents {
    private final BundleReader bundle;

    Documents(BundleReader bundle) {
        this.bundle = bundle;
    }

    Map<String, Object> manifest() {
        return object("manifest.json", bundle.text("manifest.json"));
    }

    RangeProof range() {
        Map<String, Object> json = object("ledger/range-proof.json", bundle.text("ledger/range-proof.json"));
        return new RangeProof(
                number(json.get("n")),
                number(json.get("a")),
                number(json.get("b")),
                hashes(json.get("left")),
                hashes(json.get("right")));
    }

    /** A JSON array of objects; the reader of canonical objects needs an object around it. */
    List<Map<?, ?>> list(String path) {
        return objects(object(path, "{\"items\":" + bundle.text(path) + "}").get("items"));
    }

    /** An item that is not an object becomes an empty one. */
    static List<Map<?, ?>> objects(@Nullable Object items) {
        List<Map<?, ?>> list = new ArrayList<>();
        for (Object item : items instanceof List<?> found ? found : List.of()) {
            list.add(item instanceof Map<?, ?> map ? map : Map.of());
        }
        return list;
    }

    private static Map<String, Object> object(String path, String text) {
        try {
            return Canonical.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (NotCanonical e) {
            throw new Unreadable(path + ": " + e.getMessage());
        }
    }

    static long number(@Nullable Object item) {
        if (item instanceof Integer || item instanceof Long) {
            return ((Number) item).longValue();
        }
        throw new IllegalArgumentException("not an integer: " + item);
    }

    static List<Hash> hashes(@Nullable Object item) {
        List<Hash> hashes = new ArrayList<>();
        if (item instanceof List<?> list) {
            list.forEach(hex -> hashes.add(Hash.ofHex(String.valueOf(hex))));
        }
        return hashes;
    }
}
