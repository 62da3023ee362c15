package dev.ronde.asset.snapshot;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.text.Sha256;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A configuration in canonical form: sorted keys, sets sorted, case folded, ignored fields gone, secrets hashed.
 *
 * @param content the document; equal configurations have equal text
 * @param dropped paths that were sent and are not in the allow-list of the source; names only
 */
record Canonical(ObjectNode content, String text, String digest, List<String> dropped) {
    static Canonical of(ObjectNode content, List<String> dropped) {
        String text = Json.write(content);
        return new Canonical(content, text, sha256(text), List.copyOf(dropped));
    }

    /** {@code sha256:} and the lower-case hex of the SHA-256 of the UTF-8 text. */
    static String sha256(String text) {
        return "sha256:" + Sha256.hex(text);
    }
}
