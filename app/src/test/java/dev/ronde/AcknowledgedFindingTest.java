package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Somebody says that they received what was found: who may, that once is enough, and where it is shown. */
class AcknowledgedFindingTest {
    private static final String OWNER = "olga@example.org";
    private static final String BACKUP = "bea@example.org";
    private static final String OTHER = "somebody@example.org";
    private static final String MEMBER = "mia@example.org";
    private static final String PASSWORD = "correct horse battery";

    @AutoClose
    private static WalkWorld world;

    private static Map<String, String> auditor;

    @BeforeAll
    static void start() {
        world = new WalkWorld();
        for (String email : List.of(OWNER, BACKUP, OTHER, MEMBER)) {
            world.call(
                    "POST",
                    "/api/v1/people",
                    Map.of("email", email, "name", email, "role", "owner", "password", PASSWORD));
        }
        world.text("POST", "/api/v1/assets/import", """
                ref,name,kind,owner_email,backup_email,criticality
                srv-1,One,host.server,olga@example.org,bea@example.org,high
                srv-2,Two,host.server,olga@example.org,,high
                srv-3,Three,host.server,somebody@example.org,,high
                srv-4,Four,host.server,paul@example.org,,high
                srv-5,Five,host.server,quinn@example.org,,high
                srv-6,Six,host.server,sven@example.org,,high
                srv-7,Seven,host.server,uwe@example.org,,high
                srv-8,Eight,host.server,team@example.org,,high
                """, "text/csv");
        world.settle();
        world.advance(Duration.ofMinutes(1));
        for (int number = 1; number <= 8; number++) {
            state("srv-" + number, false);
        }
        world.advance(Duration.ofMinutes(11));
        state("srv-2", true);
        state("srv-6", true);
        world.advance(Duration.ofMinutes(11));
        assertThat(id("srv-1")).isNotEmpty();
        auditor = Map.of("Authorization", "Bearer " + world.token("auditor"));
        for (String email : List.of(OWNER, BACKUP, OTHER, MEMBER)) {
            world.signIn(email, PASSWORD);
        }
    }

    private static void state(String asset, boolean encrypted) {
        world.text(
                "PUT",
                "/api/v1/assets/" + asset + "/snapshots/host.v1",
                "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":" + encrypted
                        + "}],\"patches\":{\"pending_security\":0}}",
                "application/json");
    }

    private static JsonNode finding(String asset) {
        return world.get("/api/v1/findings?check=host-disk-encryption&asset=" + asset)
                .at("/items/0");
    }

    private static String id(String asset) {
        return finding(asset).path("id").asString();
    }

    private static int records() {
        return world.get("/api/v1/evidence/records?type=finding.acknowledged&asset=srv-1")
                .path("items")
                .size();
    }

    @Test
    void whoeverAnswersForTheAssetSaysItOnceAndItIsShownWhereverTheWindowIs() {
        String page = "/findings/" + id("srv-1");
        String form = "action=\"" + page + "/acknowledge\"";
        assertThat(world.formOf(OTHER, page + "/acknowledge", Map.of())).isEqualTo(404);
        for (String root : List.of("/api/v1", "")) {
            assertThat(world.call("POST", root + page + "/acknowledge", Map.of(), auditor)
                            .status())
                    .as(root)
                    .isEqualTo(403);
        }
        assertThat(world.call("GET", page, null, auditor).body())
                .contains("srv-1")
                .doesNotContain(form);
        assertThat(world.as(OWNER, page).body()).contains(form);
        assertThat(records()).isZero();

        assertThat(world.formOf(BACKUP, page + "/acknowledge", Map.of())).isEqualTo(303);
        assertThat(world.as(OWNER, page).body())
                .contains(BACKUP + " said they received it", "◐ acknowledged")
                .doesNotContain(form);
        String at = finding("srv-1").path("acknowledged_at").asString("");
        assertThat(at).isNotEmpty();
        assertThat(finding("srv-1").path("acknowledged_by").asString("")).isEqualTo(BACKUP);
        assertThat(finding("srv-1").path("state").asString("")).isEqualTo("open");

        assertThat(world.formOf(OWNER, page + "/acknowledge", Map.of())).isEqualTo(303);
        assertThat(world.call("POST", "/api/v1/findings/" + id("srv-1") + "/acknowledge", Map.of()))
                .isEqualTo(200);
        assertThat(world.field("acknowledged_by")).isEqualTo(BACKUP);
        assertThat(records()).as("once is enough").isOne();

        assertThat(world.call("GET", "/exposure?asset=srv-1", null, auditor).body())
                .contains("◐ acknowledged <time datetime=\"");
        assertThat(world.call("GET", "/exposure.csv?asset=srv-1", null, auditor).body())
                .contains(",acknowledged_at")
                .contains("," + at + "\r\n");
        assertThat(world.as(OWNER, "/findings").body()).contains("◐ acknowledged");
        assertThat(world.get("/api/v1/assets/srv-1/timeline").toString()).contains("finding.acknowledged");
    }

    @Test
    void whatIsFixedBeforeAnybodyReceivedItIsNotReceivedAnyMore() {
        String id = id("srv-2");
        assertThat(finding("srv-2").path("state").asString("")).isEqualTo("fixed");
        assertThat(world.call("POST", "/api/v1/findings/" + id + "/acknowledge", Map.of()))
                .isEqualTo(409);
        assertThat(world.field("code")).isEqualTo("finding_over");
        assertThat(world.formOf(OWNER, "/findings/" + id + "/acknowledge", Map.of()))
                .isEqualTo(409);
        assertThat(world.body()).contains("It was fixed meanwhile");
    }

    /** Paul has no account: a word by mail is enough. */
    @Test
    void okToTheMailThatTellsOfItSaysSoToo() {
        assertThat(vu("paul@example.org", told("paul@example.org", "srv-4"))).isEqualTo("finding-acknowledged");
        assertThat(by("srv-4")).isEqualTo("paul@example.org");
    }

    /** The Message-ID of the mail that told this person of what was found on the asset. */
    private static String told(String person, String asset) {
        String told = world.mails().stream()
                .filter(mail -> mail.contains("To: " + person) && mail.contains(asset))
                .findFirst()
                .orElseThrow();
        Matcher id = Pattern.compile("(?i)message-id: (<ronde\\.[^>]+>)").matcher(told);
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    /** Somebody answers a mail that they received it; returns the rule of what became of that. */
    private static String vu(String person, String messageId) {
        world.text(
                "POST",
                "/api/v1/inbox",
                "From: " + person + "\r\nTo: ronde@example.org\r\nMessage-ID: <" + person + "." + messageId.hashCode()
                        + "@example.org>\r\nIn-Reply-To: " + messageId
                        + "\r\nSubject: Re: a finding\r\n\r\nvu\r\n",
                "message/rfc822");
        String id = world.field("id");
        world.settle();
        return world.get("/api/v1/inbox/" + id).path("rule").asString("");
    }

    private static String by(String asset) {
        return finding(asset).path("acknowledged_by").asString("");
    }

    @Test
    void okFromWhoeverAnswersForItNoMoreSaysNothing() {
        String told = told("quinn@example.org", "srv-5");
        assertThat(world.match("PATCH", "/api/v1/assets/srv-5", Map.of("owner", "rita@example.org")))
                .isEqualTo(200);
        assertThat(vu("quinn@example.org", told)).isEqualTo("about-no-review");
        assertThat(by("srv-5")).isEmpty();
    }

    @Test
    void okToWhatIsFixedSaysNothing() {
        String told = told("sven@example.org", "srv-6");
        assertThat(finding("srv-6").path("state").asString("")).isEqualTo("fixed");
        assertThat(vu("sven@example.org", told)).isEqualTo("about-no-review");
        assertThat(by("srv-6")).isEmpty();
    }

    /** Whoever was told as its owner and is its backup owner now answers for it still. */
    @Test
    void okFromTheBackupOwnerCounts() {
        String told = told("uwe@example.org", "srv-7");
        Map<String, String> owners = Map.of("owner", "tara@example.org", "backup", "uwe@example.org");
        assertThat(world.match("PATCH", "/api/v1/assets/srv-7", owners)).isEqualTo(200);
        assertThat(vu("uwe@example.org", told)).isEqualTo("finding-acknowledged");
        assertThat(by("srv-7")).isEqualTo("uwe@example.org");
    }

    /** A mail to a team names nobody in it: its members say it where they are signed in. */
    @Test
    void aMemberOfTheTeamSaysItOnThePageAndNotByMail() {
        assertThat(world.match(
                        "PUT",
                        "/api/v1/people/" + person("team@example.org") + "/members",
                        Map.of("members", List.of(MEMBER))))
                .isEqualTo(200);
        assertThat(vu(MEMBER, told("team@example.org", "srv-8"))).isEqualTo("no-handle");
        assertThat(by("srv-8")).isEmpty();
        assertThat(world.formOf(MEMBER, "/findings/" + id("srv-8") + "/acknowledge", Map.of()))
                .isEqualTo(303);
        assertThat(by("srv-8")).isEqualTo(MEMBER);
    }

    private static String person(String email) {
        return world.get("/api/v1/people?q=" + email).at("/items/0/id").asString();
    }

    @Test
    void whatWasReceivedBeforeItWasFixedStaysSo() {
        String id = id("srv-3");
        assertThat(world.formOf(OTHER, "/findings/" + id + "/acknowledge", Map.of()))
                .isEqualTo(303);
        state("srv-3", true);
        world.advance(Duration.ofMinutes(11));
        assertThat(world.call("POST", "/api/v1/findings/" + id + "/acknowledge", Map.of()))
                .isEqualTo(200);
        assertThat(world.field("state")).isEqualTo("fixed");
        assertThat(world.field("acknowledged_by")).isEqualTo(OTHER);
    }
}
