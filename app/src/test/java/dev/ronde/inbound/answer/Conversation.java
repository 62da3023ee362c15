package dev.ronde.inbound.answer;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Severity;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.reminder.Found;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Alice owns a firewall, has got its assignment and answers it by mail. */
final class Conversation implements AutoCloseable {
    final MailWorld world;
    final Person alice;
    final Person bob;
    final Person lena;
    final Asset firewall;
    ReceivedMail assignment;
    private int sent;

    Conversation(DatabaseKind kind) {
        this(kind, Map.of(), "en");
    }

    Conversation(DatabaseKind kind, Map<Setting, String> more, String language) {
        Map<Setting, String> settings = new HashMap<>(more);
        settings.putIfAbsent(Setting.MAIL_REPLY, "plus");
        world = new MailWorld(kind, true, settings);
        alice = world.person("alice@corp.example", language, "Europe/Paris");
        bob = world.person("bob@corp.example", "en", "Europe/Paris");
        lena = world.lead("lena@corp.example");
        firewall = world.asset("fw-par-01", "alice@corp.example", Map.of(AssetField.BACKUP, "bob@corp.example"));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        assignment = world.lastTo(alice);
        world.forgetMails();
    }

    /** From now on Alice answers a mail about what a check found on the firewall. */
    void tellOfAFinding() {
        Instant at = world.clock.instant();
        world.findings.add(new Found(
                UUID.randomUUID(),
                firewall.id(),
                alice.id(),
                firewall.ref(),
                firewall.name(),
                "telnet-open",
                "A Telnet service asks for a sign-in in the clear.",
                "",
                Severity.CRITICAL,
                at.minusSeconds(60),
                at,
                true));
        world.clock.advance(Duration.ofMinutes(2));
        world.settle();
        assignment = world.lastTo(alice);
    }

    /** The address an answer to the assignment goes to. */
    String replyAddress() {
        return assignment.header("Reply-To").replaceAll(".*<|>.*", "");
    }

    /** A plain answer of Alice. */
    InboundMail answers(String text) {
        return world.receive(mail("alice@corp.example", text));
    }

    /** A plain message to the reply address with these further header lines. */
    String mail(String from, String text, String... headers) {
        return message("From: " + from, "To: Ronde <" + replyAddress() + ">", text, headers);
    }

    /** A message with whole header lines. */
    String message(String from, String to, String text, String... headers) {
        sent++;
        return from + "\r\n" + to + "\r\nSubject: Re: " + assignment.subject() + "\r\nMessage-ID: <m" + sent
                + "@corp.example>\r\nDate: Fri, 27 Feb 2026 11:00:00 +0100\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + text.replace("\n", "\r\n")
                + "\r\n\r\nOn Fri, Feb 27, 2026 at 9:12 AM Ronde <ronde@ronde.test> wrote:\r\n> quoted words done\r\n";
    }

    Review review() {
        return world.reviewOf(firewall);
    }

    ReviewState state() {
        return review().stateAt(world.clock.instant());
    }

    List<ReviewEvent> history() {
        return world.database.read(handle -> world.reviews.reviews().history(handle, review().id()));
    }

    /** What the newest event of this type says. */
    String said(String event) {
        return history().stream()
                .filter(line -> line.eventType().equals(event))
                .reduce((earlier, later) -> later)
                .map(line -> String.valueOf(line.detail()))
                .orElse("");
    }

    /** The newest mail to the person; what it says. */
    String lastTo(Person person) {
        List<ReceivedMail> mails = world.mailsTo(person);
        return mails.isEmpty() ? "" : mails.get(mails.size() - 1).text();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        world.close();
    }
}
