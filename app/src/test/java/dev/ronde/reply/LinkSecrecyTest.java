package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ronde.account.Person;
import dev.ronde.mail.handle.HandleDoor;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A link is known to its holder alone: neither guesses nor logs get near it. */
final class LinkSecrecyTest {
    @AutoClose
    private final MailWorld world = new MailWorld(DatabaseKind.H2);

    private Person alice;
    private String link;

    @BeforeEach
    void openReview() {
        alice = world.person("alice@corp.example");
        world.asset("fw-par-01", "alice@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        link = world.lastTo(alice).links().get(0);
    }

    /** Case 8: a forged handle reaches no database, a real one does. */
    @Test
    void aForgedHandleIsTurnedAwayBeforeAnyStatement() {
        TestDatabase gone = TestDatabase.open(DatabaseKind.H2);
        gone.close();
        HandleDoor door = new HandleDoor(world.mail.signer(), world.mail.grants(), gone.database(), world.clock);
        String forged = "a".repeat(40);
        assertThatThrownBy(() -> door.open(HandlePurpose.LINK, forged, "192.0.2.1"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
        assertThatThrownBy(() -> door.open(HandlePurpose.LINK, link.substring(3), "192.0.2.1"))
                .isNotInstanceOf(Problem.class);
    }

    /** Case 17: what is logged about a link names its grant, never the link. */
    @Test
    void theLogNamesTheGrantAndNeverTheHandle() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("dev.ronde");
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        Level before = ours.getLevel();
        ours.setLevel(Level.TRACE);
        seen.start();
        root.addAppender(seen);
        try {
            MailWorld.Page page = world.get(link);
            world.post(link, page.form("acknowledge"));
            world.get(link.substring(0, 42) + "a");
            world.get("/u/" + link.substring(3));
        } finally {
            root.detachAppender(seen);
            ours.setLevel(before);
        }
        String grant = Sql.text(
                world.database,
                "select id from mail_grant where purpose = 'l' and person_id = :person",
                "person",
                alice.id());
        List<String> lines =
                seen.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines).anyMatch(line -> line.contains("grant " + grant));
        assertThat(lines).noneMatch(line -> line.contains(link.substring(3, 20)));
    }
}
