package dev.ronde.account;

import dev.ronde.evidence.Actor;
import org.jdbi.v3.core.Handle;

/** What lets somebody in without signing in, in this room and others. It ends for good with the role, the account or the duties of its person. */
public interface Revocation {
    /** Takes back all of it; who comes back makes new ones. */
    void revokeAll(Handle tx, Person person, Actor by);
}
