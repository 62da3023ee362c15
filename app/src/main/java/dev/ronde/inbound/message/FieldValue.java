package dev.ronde.inbound.message;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * A structured field such as {@code Content-Type} with its parameters (RFC 2045 5.1, RFC 2231), read forgivingly: of a
 * parameter that comes twice the first counts.
 *
 * @param main what stands before the first semicolon, in lower case
 */
record FieldValue(String main, Map<String, String> parameters) {
    private static final int PARAMETERS = 50;

    FieldValue {
        parameters = Map.copyOf(parameters);
    }

    static FieldValue read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RawBody body = RawFieldParser.DEFAULT.parseRawBody(
                new ByteArrayBuffer(bytes, bytes.length, true), new ParserCursor(0, bytes.length));
        Map<String, String> plain = new HashMap<>();
        MimeParameterMapping split = new MimeParameterMapping();
        List<NameValuePair> given = body.getParams();
        for (NameValuePair one : given.subList(0, Math.min(PARAMETERS, given.size()))) {
            String name = one.getName().toLowerCase(Locale.ROOT);
            String value = Objects.requireNonNullElse(one.getValue(), "");
            if (name.contains("*")) {
                split.addParameter(name, value);
            } else {
                plain.putIfAbsent(name, EncodedWords.decode(value));
            }
        }
        split.getParameters().forEach(plain::putIfAbsent);
        return new FieldValue(
                Objects.requireNonNullElse(body.getValue(), "").strip().toLowerCase(Locale.ROOT), plain);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
