package dev.ronde.evidence;

import java.util.Optional;

/** Who stands behind an actor reference, while that may still be said; people are looked up when shown, never sealed. */
@FunctionalInterface
public interface NameBook {
    /** The display name, or empty where nobody is known or the name was erased. */
    Optional<String> nameOf(String actorRef);
}
