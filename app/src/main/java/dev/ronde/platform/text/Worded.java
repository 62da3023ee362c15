package dev.ronde.platform.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A constant that settings, APIs, records and templates call by its name in lower case. */
public interface Worded {
    String name();

    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E> & Worded> Optional<E> find(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.word().equals(word))
                .findFirst();
    }
}
