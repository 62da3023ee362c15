package dev.ronde.account;

import dev.ronde.evidence.Actor;
import org.jdbi.v3.core.Handle;

/** Something that lets a person in without signing in. It ends with their role, account or duties. */
public interface Revocation {
    void revokeAll(Handle tx, Person person, Actor by);
}
