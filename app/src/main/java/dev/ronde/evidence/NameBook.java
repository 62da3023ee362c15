package dev.ronde.evidence;

import java.util.Optional;

/** Who stands behind an actor reference, if anybody; people are looked up when shown, never sealed. */
@FunctionalInterface
public interface NameBook {
    /** The display name, or empty where nobody is known. */
    Optional<String> nameOf(String actorRef);
}
