package dev.ronde.evidence;

import java.util.Optional;

/** Who stands behind an actor reference, if anybody; people are looked up when shown, never sealed. */
@FunctionalInterface
public interface NameBook {
    /** Empty if the reference is not known. */
    Optional<String> nameOf(String actorRef);
}
