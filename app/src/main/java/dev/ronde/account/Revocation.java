package dev.ronde.account;

import dev.ronde.evidence.Actor;
import org.jdbi.v3.core.Handle;

/** What lets somebody in without signing in, in other rooms. It ends for good when its person is deactivated. */
public interface Revocation {
    /** Takes back all of it; who comes back makes new ones. */
    void revokeAll(Handle tx, Person person, Actor by);
}
