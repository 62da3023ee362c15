package dev.ronde.testing.services;

import dev.ronde.testing.Stance;

/** A running server that a probe can be pointed at. */
public interface Service extends AutoCloseable {
    /** A text that stands in the data of every service; no probe may ever bring it back. */
    String CANARY = "canary-7f3c19-do-not-read";

    /** Returns its TCP port on 127.0.0.1. */
    int port();

    /** Returns program and version, as tables name it. */
    String program();

    /** Returns as what it stands there; what does not say is something else than a check is about. */
    default Stance stance() {
        return Stance.OTHER;
    }

    @Override
    void close();
}
