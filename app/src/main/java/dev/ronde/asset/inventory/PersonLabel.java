package dev.ronde.asset.inventory;

import java.util.UUID;

/**
 * What the inventory needs of a person: whom to show, whom to write to, whom evidence names.
 *
 * @param actorRef random reference that stands in evidence instead of the name
 * @param here whether the person can be given an asset: false for people who left, and for teams whose members all left
 */
public record PersonLabel(UUID id, String actorRef, String email, String name, boolean here) {}
