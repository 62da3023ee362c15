package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
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
import java.time.Duration;
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
    void anInvitationFollowsTheReviewAndARefusalIsAProblem() throws Exception {
        try (MailWorld world = new MailWorld(
                DatabaseKind.H2, true, Map.of(Setting.MAIL_REPLY, "plus", Setting.MAIL_CALENDAR, "invite"))) {
            Person alice = world.person("alice@corp.example", "fr", "Europe/Paris");
            world.person("bob@corp.example", "fr", "Europe/Paris");
            Review review = opened(world);
            ReceivedMail mail = world.lastTo(alice);
            String address = mail.header("Reply-To").replaceAll(".*<|>.*", "");
            assertThat(invitation(mail))
                    .contains("METHOD:REQUEST\r\n")
                    .contains("UID:review-" + review.id() + "@ronde.test\r\n")
                    .contains("ORGANIZER;CN=Ronde:mailto:" + address + "\r\n")
                    .contains("PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN=\"Alice\":mailto:alice@corp.example\r\n")
                    .contains("STATUS:CONFIRMED\r\n");
            assertThat(mail.raw()).contains("multipart/alternative").doesNotContain("Content-Disposition: attachment");

            InboundMail accepted = world.receive(answer(mail, "ACCEPTED", "accepted"));
            assertThat(accepted.ruling().decision()).isEqualTo(Decision.COMMENTED);
            assertThat(state(world, review)).isEqualTo(ReviewState.OPEN);

            InboundMail declined = world.receive(answer(mail, "DECLINED", "declined"));
            assertThat(declined.ruling().decision()).isEqualTo(Decision.EXECUTED);
            assertThat(declined.ruling().rule()).isEqualTo("calendar-declined");
            assertThat(world.review(review.ref()).handling().problemText())
                    .isEqualTo("Refusée dans l’agenda\nEn congé, demandez à Bob");
            assertThat(state(world, review)).isEqualTo(ReviewState.OPEN);
            world.forgetMails();

            world.receive(words(mail, "fait"));
            world.settle();
            ReceivedMail receipt = world.lastTo(alice);
            assertThat(receipt.header("Auto-Submitted")).isEqualTo("auto-replied");
            assertThat(invitation(receipt))
                    .contains("METHOD:CANCEL\r\n")
                    .contains("UID:review-" + review.id() + "@ronde.test\r\n")
                    .contains("ORGANIZER;CN=Ronde:mailto:" + address + "\r\n")
                    .contains("STATUS:CANCELLED\r\n");
            assertThat(sequence(receipt)).isGreaterThan(sequence(mail));

            world.receive(words(mail, "annuler"));
            world.settle();
            assertThat(invitation(world.lastTo(alice)))
                    .contains("METHOD:REQUEST\r\n")
                    .containsPattern("SUMMARY:.*Revue de la configuration");
            world.forgetMails();

            world.database.useTransaction(tx -> world.reviews
                    .reviews()
                    .assign(tx, world.review(review.ref()), "bob@corp.example", Actor.SYSTEM, Channel.PAGE));
            world.clock.advance(Duration.ofMinutes(3));
            world.settle();
            ReceivedMail end = world.mailsTo(alice).get(0);
            assertThat(end.subject()).contains("Retirée de votre agenda : revue de fw-alice");
            assertThat(invitation(end)).contains("METHOD:CANCEL\r\n");
            world.clock.advance(Duration.ofMinutes(3));
            world.settle();
            assertThat(world.mailsTo(alice)).hasSize(1);
        }
    }

    @Test
    void aRefusalByAnybodyElseOrOfAnotherEventIsOnlyNoted() {
        try (MailWorld world = new MailWorld(
                DatabaseKind.H2, true, Map.of(Setting.MAIL_REPLY, "plus", Setting.MAIL_CALENDAR, "invite"))) {
            Person alice = world.person("alice@corp.example", "fr", "Europe/Paris");
            Review review = opened(world);
            String declined = answer(world.lastTo(alice), "DECLINED", "declined");
            for (String other : new String[] {
                declined.replace("From: Alice <alice@", "From: Mallory <mallory@")
                        .replace("<declined@", "<one@"),
                declined.replace(
                                "END:VEVENT",
                                "UID:review-0197f3a0-0000-7000-8000-000000000001@ronde.test\r\nEND:VEVENT")
                        .replace("<declined@", "<two@")
            }) {
                InboundMail noted = world.receive(other);
                assertThat(noted.ruling().decision()).isEqualTo(Decision.NOTED);
            }
            assertThat(world.review(review.ref()).handling().problemText()).isNull();
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

    /** The calendar that travels beside text and HTML, its lines unfolded. */
    private static String invitation(ReceivedMail mail) throws Exception {
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.raw().getBytes(StandardCharsets.UTF_8)));
        BodyPart part = calendar((Multipart) message.getContent());
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n ", "");
    }

    private static BodyPart calendar(Multipart parts) throws Exception {
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType("text/calendar")) {
                return part;
            }
            if (part.isMimeType("multipart/*")) {
                return calendar((Multipart) part.getContent());
            }
        }
        throw new AssertionError("no calendar");
    }

    private static long sequence(ReceivedMail mail) throws Exception {
        return Long.parseLong(invitation(mail).replaceAll("(?s).*SEQUENCE:(\\d+).*", "$1"));
    }

    private static ReviewState state(MailWorld world, Review review) {
        return world.review(review.ref()).stateAt(world.clock.instant());
    }

    private static String words(ReceivedMail mail, String words) {
        return "From: Alice <alice@corp.example>\r\nTo: "
                + mail.header("Reply-To").replaceAll(".*<|>.*", "")
                + "\r\nMessage-ID: <" + words + "@corp.example>\r\nSubject: Re: revue\r\n\r\n" + words + "\r\n";
    }

    private static String answer(ReceivedMail mail, String status, String id) {
        return refusal(mail)
                .replace("PARTSTAT=DECLINED", "PARTSTAT=" + status)
                .replace("<declined@", "<" + id + "@")
                .replace("BEGIN:VEVENT\r\n", "BEGIN:VEVENT\r\nCOMMENT;LANGUAGE=fr:En congé\\, demandez\r\n  à Bob\r\n");
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
