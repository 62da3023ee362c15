package dev.ronde.review;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.answer.Visitor;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who acts on reviews in tests: by link and by mail the person alone, by every other door a lead. */
public final class TestVisitors {
    private TestVisitors() {}

    public static Visitor visitor(Handle tx, Actor actor, Channel channel) {
        boolean lead = channel != Channel.LINK && channel != Channel.REPLY;
        Optional<UUID> person = tx.createQuery("select id from person where actor_ref = :ref")
                .bind("ref", actor.ref())
                .mapTo(UUID.class)
                .findOne();
        UUID id = person.orElse(new UUID(0, 0));
        Set<UUID> standsFor = new HashSet<>(tx.createQuery("select team_id from team_member where member_id = :id")
                .bind("id", id)
                .mapTo(UUID.class)
                .set());
        standsFor.add(id);
        return new Visitor(id, standsFor, actor, channel, lead);
    }
}
