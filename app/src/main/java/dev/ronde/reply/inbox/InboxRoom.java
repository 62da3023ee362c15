package dev.ronde.reply.inbox;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailRoom;
import dev.ronde.mail.imap.ImapFetcher;
import dev.ronde.mail.imap.MailboxStatus;
import dev.ronde.mail.inbound.KnownStyles;
import dev.ronde.mail.inbound.MailReader;
import dev.ronde.mail.inbound.Sorting;
import dev.ronde.mail.inbox.Inbox;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.reminder.ReminderRoom;
import dev.ronde.reply.ReplyRoom;
import dev.ronde.review.room.ReviewRoom;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The room put together: what the composition root wires.
 *
 * @param inbox where every door leaves its messages
 * @param desk decides them
 * @param ticks what fetches, the desk, and what forgets old sources
 * @param mailbox whether answers arrive
 * @param fetcher absent where no mailbox is configured
 */
public record InboxRoom(
        Inbox inbox,
        InboundDesk desk,
        List<Routes> routes,
        List<MailKind> kinds,
        List<Tick> ticks,
        MailboxStatus mailbox,
        Optional<ImapFetcher> fetcher)
        implements AutoCloseable {
    private static final LocalTime FORGET_AT = LocalTime.of(3, 40);

    public record Ground(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            People people,
            Assets assets,
            ReviewRoom reviews,
            ReminderRoom reminders) {}

    public static InboxRoom of(
            Ground ground, MailRoom mail, ReplyRoom reply, Messages messages, PageRenderer pages) {
        Inbox inbox = new Inbox(ground.database(), ground.clock());
        AnswerPost post = new AnswerPost(mail.outbox(), reply.receipts());
        AnsweredMails answered = new AnsweredMails(
                mail.outbox(),
                mail.grants(),
                mail.addresses(),
                ground.reminders().digests());
        ReviewAnswer single = new ReviewAnswer(
                ground.reviews().reviews(),
                ground.reviews().remarks(),
                ground.assets(),
                ground.people(),
                answered,
                new Back.AtOnce(reply.receipts(), post),
                post);
        HumanMail people = new HumanMail(
                answered,
                ground.reviews().reviews(),
                ground.people(),
                single,
                new DigestAnswer(ground.reminders().digests(), single, reply.receipts(), post),
                new OtherAnswers(
                        ground.reviews().remarks(),
                        ground.people(),
                        ground.reminders().received(),
                        post,
                        ground.evidence(),
                        messages,
                        mail.settings().locale()),
                inbox,
                mail.strict());
        ProgramMail programs = new ProgramMail(
                answered,
                ground.reviews().reviews(),
                ground.people(),
                mail.health(),
                new Bounces(
                        mail.outbox(),
                        ground.people(),
                        mail.health(),
                        ground.evidence(),
                        ground.reminders().returned(),
                        ground.reviews().remarks()),
                post);
        InboundDesk desk = new InboundDesk(
                ground.database(),
                inbox,
                new InboundDesk.Readers(reader(mail), people, programs, mail.health()),
                ground.evidence(),
                ground.clock());
        InboxReader reader = new InboxReader(ground.database(), inbox, ground.people(), mail.signer());
        MailKind answers = new AnswerMail(
                ground.reviews().reviews(),
                ground.people(),
                ground.assets(),
                ground.reminders().models(),
                ground.reminders().links(),
                mail.writer(),
                mail.addresses(),
                reply.others());
        Daily forget = new Daily(
                "mail-sources",
                FORGET_AT,
                mail.settings().zone(),
                ground.database(),
                now -> inbox.forget(now)
                        + ground.database().inTransaction(tx -> mail.outbox().forget(tx, now)));
        Optional<ImapFetcher> fetcher =
                mail.mailbox().map(server -> new ImapFetcher(server, ground.database(), inbox, ground.clock()));
        List<Tick> ticks = new ArrayList<>();
        fetcher.ifPresent(ticks::add);
        ticks.addAll(List.of(desk, forget));
        return new InboxRoom(
                inbox,
                desk,
                List.of(
                        new InboxApi(
                                ground.database(),
                                inbox,
                                desk,
                                reader,
                                ground.reviews().reviews()),
                        new InboxPages(
                                ground.database(),
                                inbox,
                                desk,
                                reader,
                                ground.reviews().reviews(),
                                pages)),
                List.of(answers),
                ticks,
                new MailboxStatus(ground.database(), mail.mailbox(), ground.clock()),
                fetcher);
    }

    @Override
    public void close() {
        fetcher.ifPresent(ImapFetcher::close);
    }

    private static MailReader reader(MailRoom mail) {
        Sorting.Ours ours = new Sorting.Ours(
                mail.addresses().from().toLowerCase(Locale.ROOT),
                mail.addresses().installation().toString());
        return new MailReader(
                ours,
                mail.settings().find(Setting.AUTHSERV_ID).orElse(null),
                KnownStyles.of(Overlay.templates(mail.settings())));
    }
}
