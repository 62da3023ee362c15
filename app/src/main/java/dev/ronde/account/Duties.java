package dev.ronde.account;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a person still answers for in other rooms. Who answers for something is not deactivated; it is handed over first. */
public interface Duties {
    /** How many things name the person now, such as assets and open reviews. */
    int count(Handle handle, UUID personId);
}
