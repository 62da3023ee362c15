package dev.ronde.review.answer;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.review.Review;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that somebody is to a review now, by themselves and as a member of their teams. They may do what any of it allows: whoever
 * steps in for the owner may do so although they were asked to take it over as well.
 *
 * @param all never empty; {@link Relation#WITNESS} alone for whoever is nothing else
 */
public record Ties(Set<Relation> all) {

    public Ties {
        all = Set.copyOf(all);
    }

    public static Ties of(Person person, Set<UUID> teams, Review review, Asset asset) {
        Set<UUID> who = new HashSet<>(teams);
        who.add(person.id());
        return of(who, review, asset.ownerId(), asset.backupId());
    }

    static Ties of(Set<UUID> who, Review review, @Nullable UUID assetOwner, @Nullable UUID assetBackup) {
        Set<Relation> all = EnumSet.of(Relation.WITNESS);
        boolean missed = review.closing().missedAt() != null;
        // whoever owns the asset can also make good what another one missed
        if (named(who, review.holder(assetOwner)) || (missed && named(who, assetOwner))) {
            all.add(Relation.OWNER);
        }
        // nobody takes a missed review over any more
        if (!missed && named(who, review.handling().delegatedTo())) {
            all.add(Relation.ASKED);
        }
        if (named(who, assetBackup)) {
            all.add(Relation.BACKUP);
        }
        return new Ties(all);
    }

    private static boolean named(Set<UUID> some, @Nullable UUID id) {
        return id != null && some.contains(id);
    }

    public boolean may(Verb verb) {
        return all.stream().anyMatch(verb.who()::includes);
    }

    public boolean asked() {
        return all.contains(Relation.ASKED);
    }

    /**
     * Whether “ok” of this person takes the review over: they were asked and it is not theirs, or they were asked by name. An owner whose own
     * team was asked says with it that they received it, and keeps it.
     */
    public boolean takesOver(UUID person, Review review) {
        return asked()
                && (!all.contains(Relation.OWNER)
                        || person.equals(review.handling().delegatedTo()));
    }

    /**
     * As whom the person answers: as the one who was asked to take it over, themselves or their team, where they take it over or refuse to;
     * else as themselves. An owner whose own team was asked says “not mine” for themselves.
     */
    public UUID answeringAs(UUID person, Review review, Verb verb) {
        UUID asked = review.handling().delegatedTo();
        boolean toThat = verb == Verb.ACCEPT_DELEGATION ? asked() : takesOver(person, review);
        return toThat && asked != null ? asked : person;
    }

    /**
     * Whether they may report a problem with what was attested: whoever only looks on may not with what another attested, leads may.
     *
     * @param actorRef theirs
     */
    public boolean mayReport(Review attested, String actorRef, boolean leads) {
        return leads || !witness() || actorRef.equals(attested.attestation().performedBy());
    }

    public boolean witness() {
        return strongest() == Relation.WITNESS;
    }

    public Relation strongest() {
        return all.stream().min(Relation::compareTo).orElse(Relation.WITNESS);
    }
}
