package dev.ronde.asset.snapshot;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.text.Sha256;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pushed document in canonical form, read before the transaction that stores it begins ({@link Snapshots#read}): sorted keys, sets sorted,
 * case folded, ignored fields gone, secrets hashed.
 *
 * @param content equal configurations have equal text
 * @param dropped paths that were sent and are not in the allow-list of the source; names only
 */
public record Document(SourceSchema schema, ObjectNode content, String text, String digest, List<String> dropped) {
    static Document of(SourceSchema schema, ObjectNode content, List<String> dropped) {
        String text = Json.write(content);
        return new Document(schema, content, text, digest(text), dropped);
    }

    /** {@code sha256:} and the lower-case hex of the SHA-256 of the UTF-8 text. */
    static String digest(String text) {
        return "sha256:" + Sha256.hex(text);
    }

    boolean isSame(Snapshot.Row latest) {
        return latest.canonVersion() == schema.canon() && latest.digest().equals(digest);
    }
}
