package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.ScriptedSmtp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The way out: a server that is away, one that refuses us, the brake, the keys of the links, and the test mail. */
@OnOneDatabase
final class MailChannelTest {
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final MailWorld world;
    private Person lead;
    private Person alice;

    MailChannelTest(DatabaseKind kind) {
        world = new MailWorld(kind, true, Map.of(Setting.SMTP_PORT, String.valueOf(smtp.port())));
    }

    @BeforeEach
    void people() {
        lead = world.lead("lena@corp.example");
        alice = world.person("alice@corp.example");
    }

    @AfterEach
    void close() {
        world.close();
        smtp.close();
    }

    private void reviews(int owners) {
        for (int i = 0; i < owners; i++) {
            String owner = i == 0 ? "alice@corp.example" : "owner" + i + "@corp.example";
            world.asset(String.format(Locale.ROOT, "fw-%03d", i), owner);
        }
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
    }

    /** An address the server cannot take is as one that is no longer there: the backup owner hears of it, and the channel goes on. */
    @Test
    void anOwnerWhoseAddressTheServerCannotTakeLeavesTheDutyToTheBackup() {
        world.person("bob@corp.example");
        for (int i = 0; i < 5; i++) {
            world.person("colleague" + i + "@corp.example", "en", "Europe/Paris");
        }
        world.asset("fw-lyo-01", "élodie@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        reviews(1);
        world.at("2026-02-27T10:00:00Z");
        world.after(Duration.ofMinutes(3));
        assertThat(smtp.recipients()).containsExactlyInAnyOrder("alice@corp.example", "bob@corp.example");
        assertThat(smtp.taken()).anyMatch(mail -> mail.contains("Escalation: review fw-lyo-01"));
        assertThat(world.get("/mails?state=refused", Role.COMPLIANCE, lead).body())
                .contains("does not take letters outside ASCII");
    }

    @Test
    void aServerThatIsAwayLosesNothingAndEveryMailLeavesOnceItIsBack() {
        smtp.answering("GREETING", "close");
        reviews(5);
        world.at("2026-02-27T10:00:00Z");
        for (int i = 0; i < 3; i++) {
            world.after(Duration.ofMinutes(2));
        }
        assertThat(smtp.taken()).isEmpty();
        JsonNode mails = mails("");
        assertThat(mails)
                .hasSize(5)
                .allSatisfy(mail -> assertThat(mail.path("state").asString()).isIn("retry", "queued"));
        assertThat(world.get("/mails", Role.COMPLIANCE, lead).body()).contains("Mail is not leaving");
        smtp.usual();
        for (int i = 0; i < 3; i++) {
            world.after(Duration.ofMinutes(30));
        }
        assertThat(mails("?state=accepted")).hasSize(5);
        assertThat(smtp.taken()).hasSize(5);
        assertThat(world.get("/mails", Role.COMPLIANCE, lead).body()).doesNotContain("Mail is not leaving");
    }

    /** Case 110: one alarm, three attempts, nobody's address blamed. */
    @Test
    void aServerThatRefusesUsPausesTheChannelAndALeadTriesAgain() {
        smtp.answering("MAIL", "530 5.7.0 sign in first");
        reviews(6);
        world.at("2026-02-27T10:00:00Z");
        for (int i = 0; i < 4; i++) {
            world.settle();
        }
        MailWorld.Page outbox = world.get("/mails", Role.COMPLIANCE, lead);
        assertThat(outbox.body()).contains("The mail server refuses us", "530 5.7.0 sign in first");
        assertThat(mails("?state=refused")).isEmpty();
        assertThat(world.count("address_health")).isZero();
        smtp.usual();
        assertThat(world.post("/mails/try-again", Map.of(), Role.COMPLIANCE, lead)
                        .status())
                .isEqualTo(303);
        world.after(Duration.ofMinutes(2));
        world.after(Duration.ofMinutes(20));
        assertThat(smtp.taken()).hasSize(6);
    }

    /** An hour in which 197 mails were queued before those that assign reviews to so many owners. */
    private void storm(int owners) {
        reviews(owners);
        world.clock.set(Instant.parse("2026-02-27T10:00:00Z"));
        world.storm(197, alice);
        world.settle();
    }

    /** Case 104: the 201st mail of an hour waits for a lead, who collapses the rest into digests. */
    @Test
    void theBrakeHoldsAStormAndCollapsesIt() {
        storm(8);
        assertThat(smtp.taken()).hasSize(3);
        MailWorld.Page outbox = world.get("/mails", Role.COMPLIANCE, lead);
        assertThat(outbox.body()).contains("5 mails are held").contains("more than 200 mails in one hour");
        assertThat(world.send(
                                "GET",
                                "/mails?state=held",
                                null,
                                Map.of(MailWorld.AS, Role.COMPLIANCE + " " + lead.email(), "Accept-Language", "fr"))
                        .body())
                .contains("5 courriels sont retenus parce que le volume habituel est dépassé (plus de 200 courriels")
                .contains("<td data-label=\"Réponse du serveur\">plus de 200 courriels en une heure</td>");
        assertThat(mails("?state=held"))
                .hasSize(5)
                .allMatch(held -> held.path("reason").asString().equals("more than 200 mails in one hour"));
        world.after(Duration.ofHours(4));
        assertThat(smtp.taken()).hasSize(3);
        assertThat(world.post("/mails/brake", Map.of("action", "collapse"), Role.COMPLIANCE, lead)
                        .status())
                .isEqualTo(303);
        world.settle();
        assertThat(smtp.taken()).hasSize(8);
        assertThat(mails("?state=held")).isEmpty();
        assertThat(mails("?state=superseded"))
                .filteredOn(mail -> !mail.path("about").asString().equals("storm"))
                .hasSize(5);
        assertThat(world.recordData("config.changed")).contains("mail.collapse");
    }

    /** Whatever the lead would hear of at once, weekly or one by one: after collapsing it is one mail. */
    @Test
    void whatIsCollapsedIsOneDigestForALeadToo() {
        storm(6);
        for (String day : List.of("2026-04-08", "2026-04-12", "2026-04-13", "2026-04-20")) {
            world.at(day + "T10:00:00Z");
            world.settle();
        }
        assertThat(world.texts("select distinct kind from outbox where state = 'held' and person_id = ?", lead.id()))
                .contains("digest", "missed");
        long before = smtp.recipients().stream().filter(lead.email()::equals).count();
        world.post("/mails/brake", Map.of("action", "collapse"), Role.COMPLIANCE, lead);
        world.settle();
        world.after(Duration.ofHours(2));
        assertThat(smtp.recipients().stream().filter(lead.email()::equals).count() - before)
                .isEqualTo(1);
        assertThat(smtp.taken())
                .anyMatch(mail -> mail.contains("lena@corp.example") && mail.contains("MISSED, CAUSE NOT RECORDED"));
        assertThat(mails("?state=held")).isEmpty();
    }

    @Test
    void keysRotateOnceAYearAndTheOldOneGoesOnOpening() {
        Grant old = mute();
        world.after(Duration.ofDays(366));
        assertThat(world.keys().newest()).isEqualTo(2);
        assertThat(world.get("/m/" + world.mail.grants().handle(old)).status()).isEqualTo(200);
        Person bob = world.person("bob@corp.example");
        Grant fresh = world.database.inTransaction(tx -> world.mail
                .grants()
                .ensure(
                        tx,
                        HandlePurpose.MUTE,
                        bob.id(),
                        bob.id(),
                        world.clock.instant().plus(Duration.ofDays(9))));
        assertThat(fresh.kid()).isEqualTo(2);
        assertThat(world.get("/m/" + world.mail.grants().handle(fresh)).status())
                .isEqualTo(200);
        assertThat(world.recordData("key.added")).contains("\"use\":\"mail\"");
    }

    /** Case 14 over the API. */
    @Test
    void anAdministratorDisablesAKeyOnce() {
        reviews(3);
        world.at("2026-02-27T10:00:00Z");
        JsonNode keys = Json.tree(
                        world.get("/api/v1/mail-keys", Role.ADMIN, lead).body())
                .path("items");
        assertThat(keys).hasSize(1);
        assertThat(keys.get(0).path("links").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(world.get("/api/v1/mail-keys", Role.COMPLIANCE, lead).status())
                .isEqualTo(403);
        assertThat(disable(1, "{}").status()).isEqualTo(422);
        assertThat(disable(9, "{\"reason\":\"lost\"}").status()).isEqualTo(404);
        int before = smtp.taken().size();
        MailWorld.Page done = disable(1, "{\"reason\":\"the backup was stolen\"}");
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(Json.tree(done.body()).path("notices").asInt()).isEqualTo(3);
        assertThat(disable(1, "{\"reason\":\"again\"}").status()).isEqualTo(409);
        world.settle();
        assertThat(smtp.taken()).hasSize(before + 3);
        assertThat(world.recordData("key.compromised")).contains("\"kid\":1").doesNotContain("stolen");
        assertThat(world.keys().newest()).isEqualTo(2);
    }

    @Test
    void aTestMailSaysWhatHappened() {
        assertThat(said("{\"to\":\"op@corp.example\"}"))
                .contains("took the mail for op@corp.example")
                .contains("4Xyz1");
        smtp.answering("RCPT", "550 5.1.1 no such person");
        assertThat(said("{\"to\":\"op@corp.example\"}"))
                .contains("refuses this mail for op@corp.example: 550 5.1.1 no such person");
        smtp.usual().answering("MAIL", "550 5.7.1 not you");
        assertThat(said("{\"to\":\"op@corp.example\"}")).contains("Check RONDE_MAIL_FROM");
        smtp.usual().answering("GREETING", "close");
        assertThat(said("{\"to\":\"op@corp.example\"}"))
                .startsWith("No connection to 127.0.0.1:" + smtp.port())
                .contains("Check RONDE_SMTP_HOST");
        assertThat(api("/api/v1/mails/test", "{\"to\":\"nobody\"}").status()).isEqualTo(422);
    }

    private Grant mute() {
        return world.database.inTransaction(tx -> world.mail
                .grants()
                .ensure(
                        tx,
                        HandlePurpose.MUTE,
                        alice.id(),
                        alice.id(),
                        world.clock.instant().plus(Duration.ofDays(400))));
    }

    private String said(String body) {
        MailWorld.Page page = api("/api/v1/mails/test", body);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return Json.tree(page.body()).path("said").asString();
    }

    private MailWorld.Page disable(int kid, String body) {
        return api("/api/v1/mail-keys/" + kid + "/disable", body);
    }

    private MailWorld.Page api(String path, String body) {
        return world.json("POST", path, body, Map.of(MailWorld.AS, "ADMIN lena@corp.example"));
    }

    private JsonNode mails(String query) {
        return Json.tree(world.get(
                                "/api/v1/mails" + (query.isEmpty() ? "?" : query + "&") + "limit=500",
                                Role.COMPLIANCE,
                                lead)
                        .body())
                .path("items");
    }
}
