package dev.ronde.asset.snapshot;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One node of a source file: what may stand there, what people call it and which way is worse. The grammar is explained at the head
 * of {@code checks/sources/host.v1.yaml}.
 */
record SettingSpec(
        @Nullable Type type,
        @Nullable Map<String, SettingSpec> fields,
        @Nullable SettingSpec items,
        @Nullable List<String> key,
        @Nullable String title,
        @Nullable String titleFr,
        @Nullable String show,
        @Nullable String showFr,
        @Nullable Fold fold,
        @Nullable Blank blank,
        @Nullable List<String> allowed,
        boolean ignore,
        boolean moving,
        boolean secret,
        boolean required,
        @Nullable String into,
        @Nullable List<String> better,
        @Nullable Effect worse,
        @Nullable Effect more,
        @Nullable Measure measure,
        @Nullable List<Added> added,
        @Nullable Map<String, String> inverted,
        boolean flattened,
        @Nullable String arrayIn,
        @Nullable List<String> oneOf,
        boolean strict,
        boolean whole,
        boolean address) {

    enum Type {
        STRING,
        BOOLEAN,
        INTEGER,
        OBJECT,
        /** An array whose order means nothing. */
        SET,
        /** An array whose order means something. */
        LIST
    }

    enum Fold {
        LOWER
    }

    enum Blank {
        ABSENT
    }

    enum Measure {
        ADDRESSES,
        PORTS
    }

    /** The effect of a new element whose content matches. */
    record Added(Map<String, String> when, Effect effect) {}

    /** The type; an object or a set need not name it. */
    Type kind() {
        if (type != null) {
            return type;
        }
        return items != null ? Type.SET : Type.OBJECT;
    }

    boolean array() {
        return kind() == Type.SET || kind() == Type.LIST;
    }

    Map<String, SettingSpec> children() {
        return fields == null ? Map.of() : fields;
    }

    /** At least one of these fields must be there, even if empty; none if it does not matter. */
    List<String> alternatives() {
        return oneOf == null ? List.of() : oneOf;
    }

    List<String> keys() {
        return key == null ? List.of() : key;
    }

    /** Whether an address is the key, so that two spellings of it, as for a VLAN and its parent, are one element. */
    boolean keyedByAddress() {
        return items != null
                && keys().stream().map(items.children()::get).anyMatch(field -> field != null && field.address());
    }

    String titleOr(Locale locale, String fallback) {
        String chosen = "fr".equals(locale.getLanguage()) && titleFr != null ? titleFr : title;
        return chosen == null ? fallback : chosen;
    }

    @Nullable
    String showIn(Locale locale) {
        return "fr".equals(locale.getLanguage()) && showFr != null ? showFr : show;
    }

    Effect worseOr(Effect usual) {
        return worse == null ? usual : worse;
    }

    boolean blankIsAbsent() {
        return blank == Blank.ABSENT;
    }

    boolean folded() {
        return fold == Fold.LOWER;
    }

    /** Whether the field belongs to a child that may be flattened into this object. */
    boolean takesBeside(String field) {
        return !children().containsKey(field)
                && children().values().stream()
                        .anyMatch(child -> child.flattened() && child.children().containsKey(field));
    }

    Optional<String> meantBy(String name) {
        return Stream.concat(
                        children().keySet().stream(),
                        children().values().stream()
                                .filter(SettingSpec::flattened)
                                .flatMap(child -> child.children().keySet().stream()))
                .filter(name::equalsIgnoreCase)
                .findFirst();
    }
}
