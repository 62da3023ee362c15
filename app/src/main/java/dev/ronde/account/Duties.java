package dev.ronde.account;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a person still answers for. It must be handed over before the person is deactivated. */
public interface Duties {
    /** How many things name the person now, such as assets and open reviews. */
    int count(Handle handle, UUID personId);
}
