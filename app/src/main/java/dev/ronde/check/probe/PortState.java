package dev.ronde.check.probe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

enum PortState {
    /** It takes connections. */
    OPEN,
    /** It refuses them. */
    REFUSED,
    /** Nothing comes back: something on the way drops what is sent, or nothing is there. */
    FILTERED,
    /** The network says that it lets nobody there. */
    UNREACHABLE,
    /** Nothing was sent, so that nothing is known. */
    NOT_LOOKED_AT;

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<PortState> find(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .findFirst();
    }

    boolean answered() {
        return this == OPEN || this == REFUSED;
    }

    /** Silence alone is proof only from a vantage that reaches anything. */
    boolean silent() {
        return this == FILTERED || this == UNREACHABLE;
    }
}
