package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.platform.http.Channel;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A review whose owner is gone waits for the leads, whether one person has left or everybody of a team. */
@OnOneDatabase
final class GoneOwnerMailsTest {
    private final MailWorld world;

    GoneOwnerMailsTest(DatabaseKind kind) {
        world = new MailWorld(kind);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theLeadsAreAskedAndTheTeamIsNotWrittenTo() {
        Person lead = world.lead("lena@corp.example");
        Person team = world.person("team@corp.example", "en", "Europe/Paris");
        Person last = world.person("last@corp.example", "en", "Europe/Paris");
        world.database.useTransaction(tx -> {
            tx.createUpdate("insert into team_member (team_id, member_id) values (:team, :last)")
                    .bind("team", team.id())
                    .bind("last", last.id())
                    .execute();
        });
        world.asset("web-01", "team@corp.example");
        active(last, false);
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T09:00:00Z");
        assertThat(world.mailsTo(team)).isEmpty();
        assertThat(world.mailsTo(lead)).hasSize(1);
        active(last, true);
        world.at("2026-03-03T09:00:00Z");
        assertThat(world.mailsTo(team)).hasSize(1);
        assertThat(world.mailsTo(lead)).hasSize(1);
    }

    private void active(Person person, boolean active) {
        world.database.useTransaction(tx -> tx.createUpdate("update person set active = :active where id = :id")
                .bind("active", active)
                .bind("id", person.id())
                .execute());
    }
}
