package dev.ronde.review.answer;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Who does something with a review, and by which door.
 *
 * @param person an id of nobody where a token stands for nobody
 * @param standsFor the person and their teams
 * @param actor as evidence names them, and how they proved it
 * @param lead whether their role is to decide
 */
public record Visitor(UUID person, Set<UUID> standsFor, Actor actor, Channel channel, boolean lead) {

    public Visitor {
        standsFor = Set.copyOf(standsFor);
    }

    public static Visitor of(Principal principal) {
        return new Visitor(
                principal.person(), principal.standsFor(), Actor.of(principal), principal.channel(), principal.lead());
    }

    public static Visitor of(Person person, Set<UUID> teams, Actor actor, Channel channel) {
        Set<UUID> standsFor = new HashSet<>(teams);
        standsFor.add(person.id());
        return new Visitor(person.id(), standsFor, actor, channel, person.leads());
    }

    /** Whether they decide here: by link and by mail a lead does only what anybody may who has the review. */
    public boolean decides() {
        return lead && channel != Channel.LINK && channel != Channel.REPLY;
    }
}
