package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.Asset;
import dev.ronde.mail.inbox.Decision;
import dev.ronde.mail.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The due date that travels with an assignment, and what a calendar answers. */
final class CalendarMailTest {
    @ParameterizedTest
    @CsvSource({"en, Review", "fr, Revue"})
    void anAssignmentCarriesItsDueDateAndARefusalIsNotedOnly(String language, String word) throws Exception {
        try (MailWorld world = new MailWorld(
                DatabaseKind.H2, true, Map.of(Setting.MAIL_REPLY, "plus", Setting.MAIL_CALENDAR, "attach"))) {
            Person alice = world.person("alice@corp.example", language, "Europe/Paris");
            Review review = opened(world);
            ReceivedMail mail = world.lastTo(alice);
            BodyPart file = file(mail.raw());
            assertThat(file.getFileName()).isEqualTo(review.ref() + ".ics");
            assertThat(file.getContentType()).contains("text/calendar").contains("method=PUBLISH");
            String calendar = new String(file.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String unfolded = calendar.replace("\r\n ", "");
            assertThat(unfolded)
                    .contains("UID:review-" + review.id() + "@ronde.test\r\n")
                    .contains("DTSTART;VALUE=DATE:20260312\r\n")
                    .contains("DTEND;VALUE=DATE:20260313\r\n")
                    .contains("SEQUENCE:" + review.version() + "\r\n")
                    .contains("TRANSP:TRANSPARENT\r\n")
                    .contains("URL:https://ronde.test/reviews/" + review.ref() + "\r\n")
                    .containsPattern("SUMMARY:.*" + word)
                    .doesNotContain("VALARM")
                    .doesNotContain("/r/");
            InboundMail answer = world.receive(refusal(mail));
            assertThat(answer.reading().sort()).isEqualTo("calendar");
            assertThat(answer.ruling().decision()).isEqualTo(Decision.NOTED);
            assertThat(answer.ruling().rule()).isEqualTo("calendar-declined");
            assertThat(world.review(review.ref()).stateAt(world.clock.instant()))
                    .isEqualTo(ReviewState.OPEN);
        }
    }

    @Test
    void withoutTheSettingNothingIsAttached() {
        try (MailWorld world = new MailWorld(DatabaseKind.H2)) {
            Person alice = world.person("alice@corp.example", "en", "Europe/Paris");
            opened(world);
            assertThat(world.lastTo(alice).raw()).doesNotContain("text/calendar");
        }
    }

    private static Review opened(MailWorld world) {
        Asset asset = world.asset("fw-alice", "alice@corp.example");
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        return world.reviewOf(asset);
    }

    private static BodyPart file(String raw) throws Exception {
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
        Multipart parts = (Multipart) message.getContent();
        return parts.getBodyPart(parts.getCount() - 1);
    }

    private static String refusal(ReceivedMail mail) {
        return "From: Alice <alice@corp.example>\r\nTo: "
                + mail.header("Reply-To").replaceAll(".*<|>.*", "")
                + "\r\nMessage-ID: <declined@corp.example>\r\nSubject: Declined\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/calendar; method=REPLY; charset=UTF-8\r\n\r\n"
                + "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nATTENDEE;PARTSTAT=DECLINED:mailto:alice@corp.example\r\n"
                + "END:VEVENT\r\nEND:VCALENDAR\r\n";
    }
}
