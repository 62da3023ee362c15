package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The outbox over pages and API: who sees what, links that open nothing, sending again, and life without a mail server. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class OutboxWebTest {
    private static final Pattern HANDLE = Pattern.compile("/[rdum]/[a-z2-7]{40}");
    private final DatabaseKind kind;

    @AutoClose
    private MailWorld world;

    private Person lead;
    private Person alice;
    private Person bob;
    private Asset asset;

    OutboxWebTest(DatabaseKind kind) {
        this.kind = kind;
    }

    private void open(boolean smtp) {
        world = new MailWorld(kind, smtp);
        lead = world.lead("lena@corp.example");
        alice = world.person("alice@corp.example");
        bob = world.person("bob@corp.example");
        asset = world.asset("fw-par-01", "alice@corp.example");
        world.asset("fw-par-02", "bob@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
    }

    @Test
    void listsWhatTheServerAnsweredByStateAndPerson() {
        open(true);
        JsonNode all = json("/api/v1/mails", Role.COMPLIANCE, lead);
        assertThat(all.path("total").path("count").asInt()).isEqualTo(2);
        assertThat(all.path("items")).hasSize(2).allSatisfy(mail -> {
            assertThat(mail.path("state").asString()).isEqualTo("accepted");
            assertThat(mail.path("answer").asString()).startsWith("250");
            assertThat(mail.path("smtp_code").asInt()).isEqualTo(250);
            assertThat(mail.path("kind").asString()).isEqualTo("assignment");
        });
        assertThat(json("/api/v1/mails?state=queued", Role.COMPLIANCE, lead).path("items"))
                .isEmpty();
        JsonNode bobs = json("/api/v1/mails?state=accepted&person=bob%40corp.example", Role.COMPLIANCE, lead);
        assertThat(bobs.path("items")).hasSize(1);
        assertThat(bobs.path("items").get(0).path("to").asString()).isEqualTo("bob@corp.example");
        assertThat(json("/api/v1/mails?person=nobody%40corp.example", Role.COMPLIANCE, lead)
                        .path("items"))
                .isEmpty();
        assertThat(json("/api/v1/mails?state=planned", Role.COMPLIANCE, lead).path("items"))
                .as("what is planned is no mail yet")
                .isEmpty();
        assertThat(world.get("/api/v1/mails?state=planned&cursor=none", Role.COMPLIANCE, lead)
                        .status())
                .isEqualTo(400);
        assertThat(world.get("/api/v1/mails?state=lost", Role.COMPLIANCE, lead).status())
                .isEqualTo(400);
        assertThat(world.get("/api/v1/mails?sort=-subject", Role.COMPLIANCE, lead)
                        .status())
                .as("what waits has none")
                .isEqualTo(400);
        MailWorld.Page page = world.get("/mails?person=bob%40corp.example", Role.COMPLIANCE, lead);
        assertThat(page.body())
                .contains("fw-par-02")
                .doesNotContain("fw-par-01 configuration")
                .contains("accepted");
    }

    @Test
    void ownersSeeTheirOwnAndNobodySeesAHandle() {
        open(true);
        JsonNode hers = json("/api/v1/mails", Role.OWNER, alice);
        assertThat(hers.path("items")).hasSize(1);
        String id = hers.path("items").get(0).path("id").asString();
        assertThat(world.get("/api/v1/mails/" + id, Role.OWNER, bob).status()).isEqualTo(404);
        assertThat(world.get("/mails/" + id, Role.OWNER, bob).status()).isEqualTo(404);
        for (Role role : new Role[] {Role.ADMIN, Role.COMPLIANCE, Role.AUDITOR}) {
            MailWorld.Page mail = world.get("/api/v1/mails/" + id, role, lead);
            assertThat(mail.body()).contains("/r/••••••••").doesNotContainPattern(HANDLE);
            assertThat(world.get("/mails/" + id, role, lead).body())
                    .contains("/r/••••••••")
                    .doesNotContainPattern(HANDLE);
        }
    }

    @Test
    void aLeadSendsAgainUnderTheSameIdAndAnOwnerDoesNot() {
        open(true);
        String id = json("/api/v1/mails", Role.OWNER, alice)
                .path("items")
                .get(0)
                .path("id")
                .asString();
        String resend = "/api/v1/mails/" + id + "/resend";
        assertThat(world.send("POST", resend, null, Map.of(MailWorld.AS, "OWNER alice@corp.example"))
                        .status())
                .isEqualTo(403);
        MailWorld.Page again = world.send("POST", resend, null, Map.of(MailWorld.AS, "COMPLIANCE lena@corp.example"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(Json.tree(again.body()).path("state").asString()).isEqualTo("queued");
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(2);
        assertThat(world.mailsTo(alice).get(0).header("Message-ID"))
                .isEqualTo(world.mailsTo(alice).get(1).header("Message-ID"));
        assertThat(world.recordData("mail.resent")).contains(lead.actorRef());
        MailWorld.Page page = world.post("/mails/" + id + "/resend", Map.of(), Role.COMPLIANCE, lead);
        assertThat(page.status()).isEqualTo(303);
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(3);
    }

    @Test
    void withoutAMailServerTheOutboxHoldsEveryMailWithItsWorkingLinkAndABannerSaysSo() {
        open(false);
        MailWorld.Page list = world.get("/mails", Role.COMPLIANCE, lead);
        assertThat(list.body()).contains("No mail server is configured: 2 mails wait");
        JsonNode mail = json("/api/v1/mails?person=alice%40corp.example", Role.COMPLIANCE, lead)
                .path("items")
                .get(0);
        assertThat(mail.path("state").asString()).isEqualTo("queued");
        String link = mail.path("text").asString().replaceAll("(?s).*https://ronde\\.test(/r/[a-z2-7]{40}).*", "$1");
        String show = "/mails/" + mail.path("id").asString();
        assertThat(world.get(show, Role.COMPLIANCE, lead).body())
                .contains("<a href=\"https://ronde.test" + link + "\">");
        assertThat(world.get(show, Role.AUDITOR, lead).body()).doesNotContainPattern(HANDLE);
        assertThat(world.get(show, Role.OWNER, alice).body()).doesNotContainPattern(HANDLE);
        MailWorld.Page page = world.get(link);
        assertThat(page.status()).isEqualTo(200);
        world.clock.advance(Duration.ofSeconds(5));
        world.post(link, page.form("attest", "outcome", "no_change"));
        assertThat(world.reviewOf(asset).stateAt(world.clock.instant())).isEqualTo(ReviewState.ATTESTED);
        world.settle();
        JsonNode waiting = json("/api/v1/mails?person=alice%40corp.example", Role.COMPLIANCE, lead)
                .path("items");
        assertThat(waiting.get(0).path("kind").asString()).isEqualTo("receipt");
        JsonNode gone = waiting.get(1);
        assertThat(gone.path("reason").asString()).contains("is attested");
        String ref = world.reviewOf(asset).ref();
        assertThat(gone.path("subject").asString()).isEqualTo("Assignment of a review: " + ref);
        assertThat(world.get("/mails", Role.COMPLIANCE, lead).body())
                .contains("Assignment of a review: " + ref, ref + " is attested");
        String one = "/mails/" + gone.path("id").asString();
        assertThat(world.get("/api/v1" + one, Role.COMPLIANCE, lead).body())
                .contains("Assignment of a review: " + ref, ref + " is attested");
        assertThat(world.send(
                                "GET",
                                one,
                                null,
                                Map.of(MailWorld.AS, "COMPLIANCE lena@corp.example", "Accept-Language", "fr"))
                        .body())
                .contains("Attribution d’une revue : " + ref, ref + " est attestée")
                .doesNotContain("is attested");
    }

    private JsonNode json(String path, Role role, Person person) {
        MailWorld.Page page = world.get(path, role, person);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return Json.tree(page.body());
    }
}
