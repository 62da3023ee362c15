package dev.ronde.catalogue.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Presents our types to the CEL checker, so that field names and value types are checked when an expression is compiled. */
final class FactTypeProvider implements CelTypeProvider {
    private final ImmutableMap<String, CelType> structs;

    private FactTypeProvider(Map<String, CelType> structs) {
        this.structs = ImmutableMap.copyOf(structs);
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return structs.values();
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return Optional.ofNullable(structs.get(typeName));
    }

    static final class Builder {
        private static final String PREFIX = "FactType_";

        private final Map<String, CelType> structs = new LinkedHashMap<>();

        /** Declares an object type and all below it; returns the reference that declares a variable of it. */
        CelType declare(FactType.ObjectType type) {
            String name = PREFIX + type.name();
            if (!structs.containsKey(name)) {
                ImmutableMap.Builder<String, CelType> converted = ImmutableMap.builder();
                type.fields().forEach((field, declared) -> converted.put(field, convert(declared.type())));
                ImmutableMap<String, CelType> fields = converted.buildOrThrow();
                structs.put(
                        name,
                        StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field))));
            }
            return StructTypeReference.create(name);
        }

        private CelType convert(FactType type) {
            if (type instanceof FactType.ObjectType object) {
                return declare(object);
            }
            if (type instanceof FactType.ListOf list) {
                return ListType.create(convert(list.item()));
            }
            if (type instanceof FactType.Text) {
                return SimpleType.STRING;
            }
            if (type instanceof FactType.Timestamp) {
                return SimpleType.TIMESTAMP;
            }
            if (type instanceof FactType.Span) {
                return SimpleType.DURATION;
            }
            return type instanceof FactType.Whole ? SimpleType.INT : SimpleType.BOOL;
        }

        FactTypeProvider build() {
            return new FactTypeProvider(structs);
        }
    }
}
