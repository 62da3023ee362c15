package dev.ronde.catalogue.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Type of a value that expressions see; closed, so that a misspelt field is an error when a check is loaded. */
public sealed interface FactType {
    /**
     * An object with exactly these fields.
     *
     * @param name unique name of the type, letters, digits and underscores
     * @param fields fields by name, in the order of the schema
     */
    record ObjectType(String name, Map<String, Field> fields) implements FactType {
        /** Returns the type of a dotted path below this object, empty where there is no such field. */
        public Optional<FactType> at(String path) {
            return field(path).map(Field::type);
        }

        public Optional<Field> field(String path) {
            FactType current = this;
            Field found = null;
            for (String name : path.split("\\.", -1)) {
                found = current instanceof ObjectType object ? object.fields().get(name) : null;
                if (found == null) {
                    return Optional.empty();
                }
                current = found.type();
            }
            return Optional.ofNullable(found);
        }

        public boolean mayBeAbsent(String path) {
            FactType current = this;
            for (String name : path.split("\\.", -1)) {
                Field field =
                        current instanceof ObjectType object ? object.fields().get(name) : null;
                if (field == null || !field.required()) {
                    return true;
                }
                current = field.type();
            }
            return false;
        }
    }

    record Field(FactType type, boolean required) {}

    record ListOf(FactType item, int maxItems) implements FactType {}

    /**
     * A string.
     *
     * @param allowed the only values, empty for any
     * @param maxLength characters at most
     */
    record Text(List<String> allowed, int maxLength) implements FactType {}

    /** A point in time, written as RFC 3339 and compared as a time. */
    record Timestamp() implements FactType {}

    /** A span of time, written as ISO 8601 ({@code P14D}) or in hours ({@code 336h}). */
    record Span() implements FactType {}

    /** A whole number; a null bound means that there is none. */
    record Whole(@Nullable Long minimum, @Nullable Long maximum) implements FactType {}

    record Truth() implements FactType {}
}
