package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Case 20, and the assurance levels of plans: what a link may do alone, with the mailed code, and not at all. */
@OnOneDatabase
final class StepUpTest {
    private static final Pattern CODE = Pattern.compile("(?m)^(\\d{6})$");
    private static final String BY_CODE = MailWorld.PLAN + "assurance: {default: mail_link, high: mail_code}\n";

    private final DatabaseKind kind;

    @AutoClose
    private MailWorld world;

    private Person alice;
    private Asset asset;
    private String link;

    StepUpTest(DatabaseKind kind) {
        this.kind = kind;
    }

    private void open(String policy, String plan) {
        world = new MailWorld(kind, true, Map.of(Setting.MAIL_POLICY, policy));
        alice = world.person("alice@corp.example");
        asset = world.asset("fw-par-01", "alice@corp.example");
        world.plan(plan, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        link = world.lastTo(alice).links().get(0);
        world.forgetMails();
    }

    @Test
    void aPlanThatAsksForACodeGetsItAndTheEvidenceSaysSo() {
        open("standard", BY_CODE);
        assertThat(world.get(link).body()).contains("a code is mailed to a…@corp.example first");
        MailWorld.Page asked = attest();
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains("on its way to a…@corp.example").contains("autocomplete=\"one-time-code\"");
        assertThat(review().stateAt(world.clock.instant())).isEqualTo(ReviewState.OPEN);
        MailWorld.Page done = world.post(link, asked.form("attest", "outcome", "no_change", "code", mailedCode()));
        assertThat(done.status()).isEqualTo(303);
        assertThat(review().attestation().assurance()).isEqualTo("mail_code");
        assertThat(world.recordData("review.attested")).contains("\"assurance\":\"mail_code\"");
        assertThat(world.recordData("review.attested")).contains("\"auth\":\"link+code\"");
    }

    @Test
    void noCodeIsMailedForAFormThatWouldBeRefused() {
        open(
                "standard",
                BY_CODE
                        + "checklist:\n  - {id: ports, text: Which ports are open?, answer: text, evidence: required, required: true}\n");
        MailWorld.Page unanswered = attest();
        assertThat(unanswered.status()).isEqualTo(422);
        assertThat(unanswered.body()).contains("“Which ports are open?” is not answered yet.");
        MailWorld.Page unproved = post("attest", "outcome", "no_change", "answer.ports", "6379");
        assertThat(unproved.status()).isEqualTo(422);
        assertThat(unproved.body())
                .contains("The answer to “Which ports are open?” needs its evidence")
                .containsPattern("(?s)<input id=\"evidence-ports\" name=\"evidence.ports\"[^>]* required");
        world.settle();
        assertThat(world.mailsTo(alice)).isEmpty();
        MailWorld.Page asked =
                post("attest", "outcome", "no_change", "answer.ports", "6379", "evidence.ports", "TICKET-7");
        assertThat(asked.body()).contains("on its way to a…@corp.example");
        assertThat(world.count("review_event where event_type = 'attested'"))
                .as("what was tried for the answer is taken back")
                .isZero();
        Map<String, String> proved = asked.form(
                "attest",
                "outcome",
                "no_change",
                "answer.ports",
                "6379",
                "evidence.ports",
                "TICKET-7",
                "code",
                mailedCode());
        assertThat(world.post(link, proved).status()).isEqualTo(303);
        assertThat(review().attestation().answers()).contains("TICKET-7");
    }

    @Test
    void theCodeIsKeptAndShownNowhere() {
        open("standard", BY_CODE);
        attest();
        String code = mailedCode();
        world.settle();
        String like = " like '%" + code + "%'";
        assertThat(world.count("outbox where body_text" + like + " or model" + like + " or subject" + like))
                .isZero();
        assertThat(world.lastTo(alice).text()).contains(code);
    }

    @Test
    void strictAsksForACodeToAttestAndToDelegateAndForNothingElse() {
        open("strict", MailWorld.PLAN);
        world.person("bob@corp.example");
        assertThat(post("acknowledge").status()).isEqualTo(303);
        MailWorld.Page asked = post("delegate", "to", "bob@corp.example");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(review().handling().delegatedTo()).isNull();
        String code = mailedCode();
        assertThat(world.lastTo(alice).text()).contains("Ask bob@corp.example to take over the review of fw-par-01.");
        assertThat(world.post(link, asked.form("delegate", "to", "bob@corp.example", "code", code))
                        .status())
                .isEqualTo(303);
        assertThat(review().handling().delegatedTo()).isNotNull();
        assertThat(attest().body()).contains("on its way");
    }

    @Test
    void aCodeConfirmsOnlyTheFormItWasAskedFor() {
        open("strict", MailWorld.PLAN);
        world.person("bob@corp.example");
        world.person("eve@corp.example");
        MailWorld.Page asked = post("delegate", "to", "bob@corp.example");
        String code = mailedCode();
        MailWorld.Page other = world.post(link, asked.form("delegate", "to", "eve@corp.example", "code", code));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body()).contains("A new one is on its way");
        assertThat(review().handling().delegatedTo()).isNull();
    }

    @Test
    void theSixthCodeAfterFiveWrongOnesIsLockedOutEvenIfItIsRight() {
        open("strict", MailWorld.PLAN);
        MailWorld.Page asked = attest();
        String right = mailedCode();
        String wrong = right.equals("000000") ? "000001" : "000000";
        for (int i = 1; i <= 4; i++) {
            MailWorld.Page page = enter(asked, wrong);
            assertThat(page.status()).isEqualTo(422);
            assertThat(page.body()).contains("That was not the code");
        }
        assertThat(enter(asked, wrong).status()).isEqualTo(429);
        MailWorld.Page locked = enter(asked, right);
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.body()).contains("Five codes were wrong");
        assertThat(world.recordData("link.locked"))
                .as("somebody tried to answer with a link that was not theirs, perhaps")
                .contains("\"action\":\"attest\"", "\"wrongCodes\":5", review().ref());
        world.clock.advance(Duration.ofMinutes(30));
        assertThat(attest().status()).isEqualTo(429);
        assertThat(review().stateAt(world.clock.instant())).isEqualTo(ReviewState.OPEN);
        world.clock.advance(Duration.ofMinutes(31));
        asked = attest();
        assertThat(enter(asked, mailedCode()).status()).isEqualTo(303);
    }

    @Test
    void aCodeIsGoodForTenMinutesAndOnce() {
        open("strict", MailWorld.PLAN);
        MailWorld.Page asked = attest();
        String old = mailedCode();
        world.clock.advance(Duration.ofMinutes(11));
        MailWorld.Page late = enter(asked, old);
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.body()).contains("That code is too old");
        String fresh = mailedCode();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(enter(asked, fresh.substring(0, 3) + " " + fresh.substring(3))
                        .status())
                .isEqualTo(303);
        assertThat(enter(asked, fresh).header("Location")).isEqualTo(link + "?ok=already");
    }

    @Test
    void pressingAgainSendsNoSecondMailUnlessAsked() {
        open("strict", MailWorld.PLAN);
        MailWorld.Page asked = attest();
        assertThat(world.post(link, asked.form("attest", "outcome", "no_change"))
                        .body())
                .contains("a moment ago");
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(1);
        for (int i = 2; i <= 5; i++) {
            assertThat(world.post(link, asked.form("attest", "outcome", "no_change", "again", "yes"))
                            .status())
                    .isEqualTo(200);
            world.settle();
            assertThat(world.mailsTo(alice)).hasSize(i);
        }
        MailWorld.Page tooMany = world.post(link, asked.form("attest", "outcome", "no_change", "again", "yes"));
        assertThat(tooMany.status()).isEqualTo(429);
        world.settle();
        assertThat(world.mailsTo(alice)).hasSize(5);
    }

    @Test
    void whereAPlanWantsPeopleSignedInNoCodeHelpsAndThePageLeadsThere() {
        open("strict", MailWorld.PLAN + "assurance: {default: signed_in}\n");
        assertThat(world.get(link).body())
                .contains("Sign in and attest there")
                .contains("href=\"/reviews/" + review().ref() + "\"")
                .as("what would be refused is not offered, the rest is")
                .doesNotContain("value=\"attest\"", "name=\"outcome\"")
                .contains("value=\"acknowledge\"", "value=\"snooze\"", "value=\"problem\"", "value=\"delegate\"");
        MailWorld.Page refused = attest();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("href=\"/reviews/" + review().ref() + "\"");
        world.settle();
        assertThat(world.mailsTo(alice)).isEmpty();
    }

    private MailWorld.Page attest() {
        return post("attest", "outcome", "no_change");
    }

    private MailWorld.Page post(String action, String... more) {
        return world.press(link, action, more);
    }

    private MailWorld.Page enter(MailWorld.Page asked, String code) {
        Map<String, String> form = new HashMap<>(asked.form("attest", "outcome", "no_change", "code", code));
        return world.post(link, form);
    }

    private String mailedCode() {
        world.settle();
        Matcher code = CODE.matcher(world.lastTo(alice).text());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private Review review() {
        return world.reviewOf(asset);
    }
}
