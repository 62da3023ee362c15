package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.ronde.account.Person;
import dev.ronde.mail.inbox.Decision;
import dev.ronde.mail.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.ScriptedSmtp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A mail to ourselves: what left, what comes back, and what the difference tells about the servers on the way. */
@OnBothDatabases
final class MailTrialTest {
    private static final Map<String, String> ADMIN = Map.of(MailWorld.AS, "ADMIN lena@corp.example");

    private final DatabaseKind kind;

    MailTrialTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void aMailToOurselvesComesBackThroughTheMailboxWithEverythingItLeftWith() {
        GreenMail house = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        });
        house.withConfiguration(
                new com.icegreen.greenmail.configuration.GreenMailConfiguration().withSieveIgnoreDetail());
        house.start();
        house.setUser("ronde@ronde.test", "ronde", "secret");
        try (MailWorld world = new MailWorld(
                kind,
                true,
                Map.of(
                        Setting.SMTP_PORT, String.valueOf(house.getSmtp().getPort()),
                        Setting.MAIL_REPLY, "plus",
                        Setting.IMAP_HOST, "127.0.0.1",
                        Setting.IMAP_PORT, String.valueOf(house.getImap().getPort()),
                        Setting.IMAP_TLS, "none",
                        Setting.IMAP_USER, "ronde",
                        Setting.IMAP_PASSWORD, "secret"))) {
            Person lena = world.lead("lena@corp.example");
            JsonNode sent = start(world);
            assertThat(sent.path("state").asString()).isEqualTo("waiting");
            assertThat(what(sent)).containsEntry("sent", "ok taken").containsEntry("came_back", "wait waiting");
            world.settle();
            JsonNode back = look(world, sent);
            assertThat(what(back))
                    .containsEntry("came_back", "ok arrived")
                    .containsEntry("reply_tag", "ok to_only")
                    .containsEntry("reply_to", "ok kept")
                    .containsEntry("message_id", "ok kept")
                    .containsEntry("authentication", "warn none")
                    .containsEntry("signature", "warn none")
                    .containsEntry("encryption", "warn neither");
            InboundMail message = newest(world);
            assertThat(message.ruling().decision()).isEqualTo(Decision.NOTED);
            assertThat(message.ruling().rule()).isEqualTo("trial-arrived");
            assertThat(back.path("mail_id").asString()).isEqualTo(message.id().toString());
            assertThat(world.mails()).isEmpty();

            MailWorld.Page page = world.get("/mail-trials/" + sent.path("id").asString(), Role.ADMIN, lena);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("The Message-ID came back unchanged.");
            assertThat(world.get("/mail-trials", Role.COMPLIANCE, lena).status())
                    .isEqualTo(403);
        } finally {
            house.stop();
        }
    }

    @Test
    void whatTheServersChangeOnTheWayIsSaidWithWhatToDo() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                MailWorld world = world(smtp, Map.of(Setting.AUTHSERV_ID, "mx.ronde.test"))) {
            JsonNode sent = start(world);
            String raw = smtp.taken()
                    .get(0)
                    .replaceAll("(?m)^To: .*$", "To: ronde@ronde.test")
                    .replaceAll("(?m)^Reply-To: .*(\n .*)*$", "Reply-To: elsewhere@ronde.test")
                    .replaceAll("(?m)^Message-ID: .*$", "Message-ID: <rewritten@provider.example>");
            world.receive("Return-Path: <other@ronde.test>\r\nDelivered-To: ronde@ronde.test\r\n"
                    + "Received: from a by b; Wed, 25 Feb 2026 08:10:00 +0000 (UTC)\r\n"
                    + "Authentication-Results: mx.ronde.test 1; spf=pass; dmarc=fail (p=none)\r\n"
                    + "DKIM-Signature: v=1; a=rsa-sha256; d=provider.example; s=a; b=x\r\n" + raw);
            JsonNode back = look(world, sent);
            assertThat(what(back))
                    .containsEntry("reply_tag", "fail lost_plus")
                    .containsEntry("reply_to", "fail changed")
                    .containsEntry("bounce_tag", "warn changed")
                    .containsEntry("message_id", "warn changed")
                    .containsEntry("authentication", "fail fail")
                    .containsEntry("signature", "warn foreign")
                    .containsEntry("clock", "warn ahead");
            assertThat(back.path("state").asString()).isEqualTo("fail");
            assertThat(back.toString())
                    .contains("Your server drops the plus tag")
                    .contains("RONDE_MAIL_REPLY=catchall");
        }
    }

    @Test
    void whatIsKeptIsSaidToo() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                MailWorld world = world(smtp, Map.of())) {
            JsonNode sent = start(world);
            String tagged = sent.path("to").asString();
            world.receive("Return-Path: <" + bounceOf(smtp) + ">\r\nX-Original-To: " + tagged + "\r\n"
                    + "Received: from a by b; Wed, 25 Feb 2026 09:00:05 +0100\r\n"
                    + "Authentication-Results: mx.ronde.test; dmarc=pass header.from=ronde.test\r\n"
                    + "DKIM-Signature: v=1; a=rsa-sha256; d=ronde.test; s=a; b=x\r\n"
                    + smtp.taken().get(0));
            JsonNode back = look(world, sent);
            assertThat(what(back))
                    .containsEntry("reply_tag", "ok kept")
                    .containsEntry("bounce_tag", "ok kept")
                    .containsEntry("authentication", "warn unset")
                    .containsEntry("signature", "ok aligned")
                    .containsEntry("clock", "ok agree");
            assertThat(back.toString()).contains("X-Original-To, To").contains("RONDE_AUTHSERV_ID=mx.ronde.test");
        }
    }

    /** Settings ask for STARTTLS and the server has none: nothing was encrypted, so nobody is told that it was. */
    @Test
    void encryptionThatDidNotComeAboutIsNotCalledGood() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                MailWorld world = world(smtp, Map.of(Setting.SMTP_TLS, "starttls"))) {
            JsonNode failed = start(world);
            assertThat(what(failed))
                    .containsEntry("sent", "fail unreachable")
                    .containsEntry("encryption", "warn unproven");
        }
    }

    @Test
    void aRefusalABounceAndSilenceAreToldApart() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                MailWorld world = world(smtp, Map.of())) {
            smtp.answering("RCPT", "550 5.1.1 no such user");
            JsonNode refused = start(world);
            assertThat(refused.path("state").asString()).isEqualTo("fail");
            assertThat(what(refused)).containsEntry("sent", "fail address_plus");
            assertThat(refused.toString()).contains("recipient_delimiter = +").contains("RONDE_MAIL_REPLY=catchall");

            smtp.usual();
            JsonNode bounced = start(world);
            world.receive("Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.ronde.test\r\nTo: " + bounceOf(smtp)
                    + "\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <dsn1@mx.ronde.test>\r\n"
                    + "Content-Type: text/plain\r\n\r\n<" + bounced.path("to").asString() + ">: unknown user\r\n");
            assertThat(what(look(world, bounced))).containsEntry("came_back", "fail bounced_plus");

            JsonNode silent = start(world);
            assertThat(what(silent)).containsEntry("came_back", "wait waiting_pipe");
            world.clock.advance(Duration.ofMinutes(11));
            JsonNode lost = look(world, silent);
            assertThat(what(lost)).containsEntry("came_back", "fail lost_pipe");
            assertThat(lost.toString()).contains("ronde mail ingest");
        }
    }

    /** A stranger who writes the header of a trial without its secret words changes nothing. */
    @Test
    void aStrangersMailIsNoTrial() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                MailWorld world = world(smtp, Map.of())) {
            JsonNode sent = start(world);
            InboundMail forged = world.receive(
                    "From: ronde@ronde.test\r\nTo: ronde@ronde.test\r\n"
                            + "Message-ID: <x@y.example>\r\nX-Ronde-Trial: 0197f3a0-0000-7000-8000-00000000000f\r\n\r\nhello\r\n");
            assertThat(forged.ruling().decision()).isEqualTo(Decision.IGNORED);
            assertThat(look(world, sent).path("state").asString()).isEqualTo("waiting");
        }
    }

    private MailWorld world(ScriptedSmtp smtp, Map<Setting, String> more) {
        Map<Setting, String> settings = new HashMap<>(more);
        settings.put(Setting.SMTP_PORT, String.valueOf(smtp.port()));
        settings.put(Setting.MAIL_REPLY, "plus");
        MailWorld world = new MailWorld(kind, true, settings);
        world.lead("lena@corp.example");
        return world;
    }

    private static JsonNode start(MailWorld world) {
        MailWorld.Page page = world.json("POST", "/api/v1/mail-trials", "", ADMIN);
        assertThat(page.status()).as(page.body()).isEqualTo(201);
        return Json.tree(page.body());
    }

    private static JsonNode look(MailWorld world, JsonNode trial) {
        return Json.tree(
                world.json("GET", "/api/v1/mail-trials/" + trial.path("id").asString(), "", ADMIN)
                        .body());
    }

    /** Each topic with its level and what was seen. */
    private static Map<String, String> what(JsonNode trial) {
        Map<String, String> seen = new HashMap<>();
        trial.path("findings")
                .forEach(line -> seen.put(
                        line.path("topic").asString(),
                        line.path("level").asString() + " " + line.path("what").asString()));
        return seen;
    }

    private static InboundMail newest(MailWorld world) {
        return world.inbox
                .inbox()
                .list(null, null, 50, Optional.empty())
                .items()
                .get(0);
    }

    /** The envelope sender of the last mail. */
    private static String bounceOf(ScriptedSmtp smtp) {
        return smtp.senders().get(smtp.senders().size() - 1);
    }
}
