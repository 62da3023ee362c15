package dev.ronde.asset.snapshot;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

record Words(Locale locale) {
    boolean french() {
        return "fr".equals(locale.getLanguage());
    }

    String value(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? (french() ? "oui" : "yes") : (french() ? "non" : "no");
        }
        if (value.isArray()) {
            return value.isEmpty()
                    ? (french() ? "aucun" : "none")
                    : StreamSupport.stream(value.spliterator(), false)
                            .map(this::value)
                            .collect(Collectors.joining(", "));
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    String hidden() {
        return french() ? "valeur masquée" : "value hidden";
    }

    String notComparable() {
        return french()
                ? "Ne se compare pas à ce qui a été attesté : cela n’est plus conservé, ou les règles de la source ont changé entre-temps"
                : "Cannot be compared with what was attested: that is not kept, or the rules of the source changed in between";
    }

    String firstSnapshot() {
        return french() ? "première mesure" : "first snapshot";
    }
}
