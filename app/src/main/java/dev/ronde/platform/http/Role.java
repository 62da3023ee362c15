package dev.ronde.platform.http;

import dev.ronde.platform.text.Worded;

/** Who somebody is to the product; the rights of each are in {@code contract.md} "Roles". */
public enum Role implements Worded {
    ADMIN,
    COMPLIANCE,
    OWNER,
    AUDITOR,
    /** Pushes snapshots, and probes where its token names no assets; for tokens. */
    AGENT,
    /** Takes probes and brings back what it found, nothing else; for tokens. */
    PROBER;

    public boolean forPeople() {
        return this != AGENT && this != PROBER;
    }

    public boolean leads() {
        return this == ADMIN || this == COMPLIANCE;
    }

    public boolean covers(Role other) {
        return this == ADMIN || this == other;
    }

    /** As command lines read and list it. */
    @Override
    public String toString() {
        return word();
    }
}
