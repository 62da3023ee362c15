package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.HealthState;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.reply.MailWorld;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Needs;
import dev.ronde.testing.services.MailHouse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole conversation through Postfix and Dovecot: assignment, answer, receipt, undo, bounce, absence, a loop that stops. */
@Tag("service")
@Tag("long")
@Needs({"postfix", "dovecot", "/usr/lib/dovecot/lmtp", "/usr/bin/sievec"})
final class MailServersTest {
    private static final List<String> MAILBOXES =
            List.of("ronde@ronde.test", "alice@corp.example", "vera@corp.example", "echo@corp.example");

    @Test
    void aConversationThroughRealServers() {
        try (MailHouse house = new MailHouse(MAILBOXES);
                MailWorld world = new MailWorld(DatabaseKind.H2, true, settings(house))) {
            house.sieve("vera@corp.example", "require \"vacation\"; vacation :days 1 \"I am away until 2026-03-20.\";");
            house.sieve("echo@corp.example", "require \"copy\"; redirect :copy \"ronde@ronde.test\";");
            for (String name : List.of("alice", "vera", "echo", "ghost")) {
                world.person(name + "@corp.example", "fr", "Europe/Paris");
                world.asset(
                        "fw-" + name,
                        name + "@corp.example",
                        Map.of(dev.ronde.asset.field.AssetField.BACKUP, "alice@corp.example"));
            }
            world.plan(MailWorld.PLAN, Channel.SYSTEM);
            world.at("2026-02-27T10:00:00Z");
            MailHouse.await(
                    "the assignments",
                    () -> MAILBOXES.stream()
                            .skip(1)
                            .allMatch(address -> !house.mails(address).isEmpty()));

            // the unknown user bounces to our handle, and the duty moves to the backup owner
            until(world, "bounce", 1);
            assertThat(health(world, "ghost@corp.example")).contains(HealthState.SUSPECT);
            MailHouse.await(
                    "the escalation", () -> house.mails("alice@corp.example").size() == 2);

            // every mail that a mailbox sends back is a loop, and none is answered
            until(world, "loop", 1);
            // RFC 5230: an absence assistant keeps silent towards automatic mail
            assertThat(house.mails("vera@corp.example")).hasSize(1);

            String assignment = mailOf(house, "fw-alice");
            answer(house, assignment, "fait");
            InboundMail done = until(world, "human", 1);
            assertThat(done.ruling().decision()).isEqualTo(Decision.EXECUTED);
            assertThat(done.reading().matchedBy()).isEqualTo("envelope");
            assertThat(state(world, "fw-alice")).isEqualTo(ReviewState.ATTESTED);
            MailHouse.await(
                    "the receipt", () -> house.mails("alice@corp.example").size() == 3);
            String receipt = mailOf(house, "In-Reply-To: <fait");
            assertThat(receipt).contains("Auto-Submitted: auto-replied");

            answer(house, receipt, "annuler");
            until(world, "human", 2);
            assertThat(state(world, "fw-alice")).isEqualTo(ReviewState.OPEN);

            // a mail that nothing marks as automatic does wake Vera's assistant, and what Sieve answers comes to our
            // address
            house.send(replyTo(house.mails("vera@corp.example").get(0)), "vera@corp.example", """
                    From: Lena <lena@corp.example>
                    To: vera@corp.example
                    Message-ID: <call@corp.example>
                    Subject: La revue du pare-feu

                    Bonjour Vera, la revue vous attend.
                    """);
            InboundMail away = until(world, "absence", 1);
            assertThat(away.reading().sortRule()).startsWith("empty return path, subject: auto");
            assertThat(away.ruling().reason()).isEqualTo("until 2026-03-20");
            assertThat(state(world, "fw-vera")).isEqualTo(ReviewState.OPEN);
            assertThat(house.mails("ronde@ronde.test")).isEmpty();
        }
    }

    /** The one mail to Alice with these words; two that arrive in one second lie in either order. */
    private static String mailOf(MailHouse house, String words) {
        return house.mails("alice@corp.example").stream()
                .filter(mail -> mail.contains(words))
                .findFirst()
                .orElseThrow();
    }

    private static Map<Setting, String> settings(MailHouse house) {
        return Map.of(
                Setting.SMTP_PORT, String.valueOf(house.smtpPort()),
                Setting.MAIL_REPLY, "plus",
                Setting.IMAP_HOST, "127.0.0.1",
                Setting.IMAP_PORT, String.valueOf(house.imapPort()),
                Setting.IMAP_TLS, "none",
                Setting.IMAP_USER, "ronde@ronde.test",
                Setting.IMAP_PASSWORD, "secret");
    }

    /** Lets everything happen until so many messages of the sort are decided, and returns the newest. */
    private static InboundMail until(MailWorld world, String sort, int count) {
        MailHouse.await(count + " × " + sort, () -> {
            world.settle();
            return world.inbox
                            .inbox()
                            .list(null, sort, 50, Optional.empty())
                            .items()
                            .size()
                    >= count;
        });
        return world.inbox
                .inbox()
                .list(null, sort, 50, Optional.empty())
                .items()
                .get(0);
    }

    private static void answer(MailHouse house, String mail, String text) {
        String word = text.split("[ ,]")[0];
        house.send(
                "alice@corp.example",
                replyTo(mail),
                "From: Alice <alice@corp.example>\nTo: " + replyTo(mail) + "\nMessage-ID: <" + word
                        + "@corp.example>\nSubject: Re: revue\n\n" + text + "\n");
    }

    private static String replyTo(String mail) {
        Matcher address = Pattern.compile("(?m)^Reply-To: .*<([^>]+)>").matcher(mail.replaceAll("\r?\n[ \t]+", " "));
        assertThat(address.find()).isTrue();
        return address.group(1);
    }

    private static ReviewState state(MailWorld world, String asset) {
        return world.database.read(handle -> world.reviews
                .reviews()
                .ofAsset(handle, world.inventory.assets.get(handle, asset).id())
                .get(0)
                .stateAt(world.clock.instant()));
    }

    private static Optional<HealthState> health(MailWorld world, String email) {
        return world.database.read(handle -> world.inventory
                .people
                .findByEmail(handle, email)
                .map(person -> new AddressHealth().troubled(handle).get(person.id()))
                .map(dev.ronde.mail.health.Health::state));
    }
}
