package dev.ronde.asset.snapshot;

import dev.ronde.platform.json.JsonFault;
import dev.ronde.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a pushed document within the bounds of {@code checks.md} Safety 9: JSON only, 5 MiB, 32 levels, 300,000 tokens, no key twice. */
final class SnapshotBody {
    static final int MAX_BYTES = 5 << 20;
    static final int MAX_DEPTH = 32;
    static final int MAX_TOKENS = 300_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(1 << 20)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SnapshotBody() {}

    static JsonNode read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw Problem.tooLarge("It is larger than 5 MiB. Push only the settings of its source.");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode document = MAPPER.readTree(text);
            if (document.isMissingNode()) {
                throw Problem.badRequest("bad_json", "The body is empty. Send the JSON document of the source.");
            }
            return document;
        } catch (CharacterCodingException notUtf8) {
            throw Problem.badRequest("bad_encoding", "The body is not UTF-8. Send JSON in UTF-8.");
        } catch (StreamConstraintsException bound) {
            throw Problem.badRequest(
                    "too_deep",
                    "The document has more than 32 levels, more than 300000 names and values, or a value is too long.");
        } catch (JacksonException broken) {
            throw Problem.badRequest("bad_json", "The body is not valid JSON: " + JsonFault.of(broken) + ".");
        }
    }
}
