package dev.ronde.platform.http;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** Bodies of requests: a text is a text, a number a number and a date a date; what was meant otherwise is said, never guessed. */
final class StrictJson {
    static final JsonMapper MAPPER = Json.MAPPER
            .rebuild()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .addModule(new SimpleModule()
                    .addDeserializer(LocalDate.class, new Strict<>(LocalDate.class, IsoDates::date))
                    .addDeserializer(Instant.class, new Strict<>(Instant.class, IsoDates::instant)))
            .build();

    private static final Pattern NUL = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");

    private StrictJson() {}

    /**
     * The text, which holds no U+0000: PostgreSQL cannot keep it, and nobody means it.
     *
     * @throws Problem 400 where it does
     */
    static String withoutNul(String text) {
        if (NUL.matcher(text).find()) {
            throw Problem.badRequest("bad_json", "The body holds the character U+0000. Leave it out.");
        }
        return text;
    }

    private static final class Strict<T> extends StdScalarDeserializer<T> {
        private final Class<T> type;
        private final Function<String, T> reader;

        Strict(Class<T> type, Function<String, T> reader) {
            super(type);
            this.type = type;
            this.reader = reader;
        }

        @Override
        public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isScalarValue()) {
                return type.cast(context.handleUnexpectedToken(context.constructType(type), parser));
            }
            String text = parser.getValueAsString("");
            try {
                return text.isBlank() ? null : reader.apply(text.strip());
            } catch (DateTimeException e) {
                throw InvalidFormatException.from(parser, "it does not fit", text, type);
            }
        }
    }
}
