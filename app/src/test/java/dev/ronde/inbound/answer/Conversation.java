package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Severity;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Channel;
import dev.ronde.reply.MailWorld;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.review.Handling;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewState;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Alice owns a firewall, has got its assignment and answers it by mail. */
final class Conversation implements AutoCloseable {
    static final String ALICE = "alice@corp.example";
    static final String BOB = "bob@corp.example";
    /** The rule of what was done. */
    static final String DONE = "owner-by-reply";

    final MailWorld world;
    final Person alice;
    final Person bob;
    final Person lena;
    final Asset firewall;
    ReceivedMail assignment;
    private int sent;

    Conversation(DatabaseKind kind) {
        this(kind, Map.of());
    }

    Conversation(DatabaseKind kind, Map<Setting, String> more) {
        Map<Setting, String> settings = new HashMap<>(more);
        settings.putIfAbsent(Setting.MAIL_REPLY, "plus");
        world = new MailWorld(kind, true, settings);
        alice = world.person(ALICE);
        bob = world.person(BOB);
        lena = world.lead("lena@corp.example");
        firewall = world.asset("fw-par-01", ALICE, Map.of(AssetField.BACKUP, BOB));
        world.plan(MailWorld.PLAN, Channel.SYSTEM);
        world.at("2026-02-27T10:00:00Z");
        assignment = world.lastTo(alice);
        world.forgetMails();
    }

    /** From now on Alice answers a mail about what a check found on the firewall. */
    void tellOfAFinding() {
        world.finds(firewall, alice, Severity.CRITICAL);
        world.after(Duration.ofMinutes(2));
        assignment = world.lastTo(alice);
    }

    /** From now on Alice answers the assignment of a second firewall. */
    void assignAnother() {
        world.asset("fw-par-02", ALICE, Map.of(AssetField.BACKUP, BOB));
        world.at("2026-03-02T10:00:00Z");
        assignment = world.mailsTo(alice).stream()
                .filter(mail -> mail.subject().contains("fw-par-02"))
                .findFirst()
                .orElseThrow();
    }

    /** The address an answer to the assignment goes to. */
    String replyAddress() {
        return assignment.replyAddress();
    }

    /** A plain answer of Alice. */
    InboundMail answers(String text, String... headers) {
        return from(ALICE, text, headers);
    }

    InboundMail from(String sender, String text, String... headers) {
        return world.receive(mail(sender, text, headers));
    }

    /** Alice writes to the general address; nothing but the headers names what she answers. */
    InboundMail toAll(String text, String... headers) {
        return world.receive(message("From: " + ALICE, "To: ronde@ronde.test", text, headers));
    }

    /** Which rule decided a plain answer of Alice. */
    String rule(String text, String... headers) {
        return answers(text, headers).ruling().rule();
    }

    /** Answers of Alice, one after the other, each with the rule that decides it and, where it is said, the state after it. */
    void expect(String rows) {
        rows.lines().forEach(row -> {
            String[] cells = row.split(" *\\| *");
            assertThat(rule(cells[0].replace("\\n", "\n"))).as(cells[0]).isEqualTo(cells[1]);
            if (cells.length > 2) {
                assertThat(state()).as(cells[0]).isEqualTo(ReviewState.valueOf(cells[2]));
            }
        });
    }

    /** The answer waits to be decided, and the clock goes on a little. */
    UUID stored(String text) {
        return stored(ALICE, text);
    }

    UUID stored(String sender, String text) {
        byte[] raw = mail(sender, text).getBytes(StandardCharsets.UTF_8);
        UUID id = world.inbox.inbox().receive(Inbox.Place.pipe(raw.length), raw).id();
        world.clock.advance(Duration.ofMillis(5));
        return id;
    }

    InboundMail found(UUID id) {
        return world.inbox.inbox().find(id).orElseThrow();
    }

    /** Hands it on to somebody, who has got the mail by now and answers it from here on. */
    void handOn(Person to) {
        answers("delegate to " + to.email());
        world.after(Duration.ofMinutes(2));
        assignment = world.lastTo(to);
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

    /** Without the mail of ours that it answers. */
    InboundMail bare(String text) {
        String mail = mail(ALICE, text);
        return world.receive(mail.substring(0, mail.indexOf("\r\n\r\nOn Fri, Feb 27")));
    }

    /** An answer with content of its own: its type, a blank line and all below it. */
    InboundMail content(String content) {
        String whole = mail(ALICE, "");
        return world.receive(whole.substring(0, whole.indexOf("Content-Type: ")) + "Content-Type: " + content);
    }

    /** A message made of another one and a file. */
    static String withFile(String whole) {
        int body = whole.indexOf("\r\n\r\n") + 4;
        return whole.substring(0, body).replace("text/plain; charset=utf-8", "multipart/mixed; boundary=cut")
                + "--cut\r\nContent-Type: text/plain\r\n\r\n" + whole.substring(body)
                + "--cut\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=rules.txt\r\n\r\n"
                + "allow any\r\n--cut--\r\n";
    }

    /** The header that names the mail as the one that is answered. */
    static String answering(ReceivedMail mail) {
        return "In-Reply-To: " + mail.header("Message-ID");
    }

    Review review() {
        return world.reviewOf(firewall);
    }

    Handling handling() {
        return review().handling();
    }

    ReviewState state() {
        return review().stateAt(world.clock.instant());
    }

    List<Review> waiting() {
        return world.database.read(world.reviews.reviews()::waiting);
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

    @Override
    public void close() {
        world.close();
    }
}
