package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Severity;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.reminder.Found;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pitfalls of reviews.md §8 that show in mails. */
class PitfallMailsTest {
    @AutoClose
    private final MailWorld world = new MailWorld(DatabaseKind.H2);

    @Test
    @DisplayName("team plus deputy: one mail to the accountable person, not one to each member")
    void oneMailToTheAccountablePersonNotToEachOfTheTeam() {
        Person alice = world.person("alice@corp.example");
        world.asset(
                "fw-par-01",
                "alice@corp.example",
                Map.of(AssetField.BACKUP, "bob@corp.example", AssetField.MANAGER, "mia@corp.example"));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        world.at("2026-03-12T09:00:00Z");
        assertThat(world.mails()).isNotEmpty().allMatch(mail -> mail.to().contains(alice.email()));
    }

    @Test
    @DisplayName("injection in names: a name is neither a header nor markup nor a template")
    void aNameIsNeitherAHeaderNorMarkupNorATemplate() {
        Person alice = world.person("alice@corp.example");
        Asset asset = world.asset(
                "fw-par-01",
                "alice@corp.example",
                Map.of(AssetField.NAME, "{{ 7 * 7 }} <b>x</b>\u2028${7*7} =cmd|' /C calc'!A0"));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        ReceivedMail mail = world.lastTo(alice);
        assertThat(asset.name()).contains("{{ 7 * 7 }}");
        assertThat(mail.text()).contains("{{ 7 * 7 }}").contains("${7*7}").doesNotContain("49 <b>");
        assertThat(mail.html())
                .contains("{{ 7 * 7 }}")
                .doesNotContain("<b>x</b>")
                .contains("&lt;b&gt;x&lt;/b&gt;");
        assertThat(mail.header("Bcc")).isEmpty();
    }

    @Test
    @DisplayName("an owner of whom only the address is known reads no part of it, and the page does not show it whole")
    void aNamelessOwnerIsGreetedWithoutTheirAddress() {
        world.asset("fw-par-01", "alice@corp.example", Map.of());
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        ReceivedMail mail = world.mails().get(0);
        assertThat(mail.text()).contains(" asks you to review ").doesNotContain("alice@");
        assertThat(world.get(mail.links().get(0)).body())
                .contains("You act as a…@corp.example. Not you?")
                .doesNotContain("You act as alice");
    }

    @Test
    @DisplayName("who took a review over is not told that they own the asset")
    void whoTookAReviewOverDoesNotOwnTheAsset() {
        Person bob = world.person("bob@corp.example");
        Asset asset = world.asset("fw-par-01", "alice@corp.example", Map.of());
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        world.act(world.reviewOf(asset), Actor.SYSTEM, Channel.PAGE, new ReviewAct.Assign(bob.email()));
        world.at("2026-02-26T09:10:00Z");
        assertThat(world.lastTo(bob).text())
                .contains("You get this mail because the review of fw-par-01 is with you.")
                .doesNotContain("you own");
    }

    @Test
    @DisplayName("given away and back within a minute, the second mail is not the first one again")
    void aReviewThatComesBackSaysSo() {
        Person alice = world.person("alice@corp.example", "fr", "Europe/Paris");
        Person bob = world.person("bob@corp.example");
        Asset asset = world.asset("fw-par-01", "alice@corp.example", Map.of());
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        world.clock.set(Instant.parse("2026-02-26T09:01:00Z"));
        for (Person next : List.of(bob, alice)) {
            world.act(world.reviewOf(asset), Actor.SYSTEM, Channel.PAGE, new ReviewAct.Assign(next.email()));
        }
        world.at("2026-02-27T09:10:00Z");
        assertThat(world.mailsTo(bob)).isEmpty();
        assertThat(world.mailsTo(alice)).hasSize(2);
        assertThat(world.mailsTo(alice).get(0).text()).contains("parce que vous êtes responsable de fw-par-01.");
        String again =
                "parce que la revue de fw-par-01 vous a été confiée de nouveau le jeudi 26 février 2026, 10:01 (Europe/Paris).";
        assertThat(world.lastTo(alice).text()).contains(again);
        assertThat(world.lastTo(alice).html()).contains(again);
    }

    @Test
    @DisplayName("a French mark never begins a line")
    void frenchMarksStayWithTheirWord() {
        world.person("alice@corp.example", "fr", "Europe/Paris");
        world.asset("fw-par-01", "alice@corp.example", Map.of());
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-26T09:00:00Z");
        String html = world.mails().get(0).html();
        assertThat(html).contains("toujours bonne\u00a0?").doesNotContainPattern("[a-zé] [;:?!»]");
    }

    @Test
    @DisplayName("a mail server that is away for longer than a mail lives: what is still open is told anew")
    void whatNoServerTookInTimeIsToldAnew() {
        Person alice = world.person("alice@corp.example");
        Asset asset = world.asset("fw-par-01", "alice@corp.example", Map.of());
        world.at("2026-03-02T10:00:00Z");
        // as an outage would, for six days
        world.sql(
                "update mail_channel set state = 'paused', reason = 'away', retry_at = ? where id = 1",
                world.clock.instant().plus(Duration.ofDays(6)));
        world.findings.add(new Found(
                UUID.randomUUID(),
                asset.id(),
                alice.id(),
                asset.ref(),
                asset.name(),
                "telnet-open",
                "A Telnet service asks for a sign-in in the clear",
                "",
                Severity.CRITICAL,
                world.clock.instant(),
                world.clock.instant(),
                true));
        world.settle();
        for (int step = 0; step < 13; step++) {
            world.after(Duration.ofHours(11));
        }
        assertThat(world.mailsTo(alice)).isEmpty();
        for (int hour = 0; hour < 3; hour++) {
            world.after(Duration.ofHours(1));
        }
        assertThat(world.mailsTo(alice)).anyMatch(mail -> mail.text().contains("Telnet"));
    }
}
