package dev.ronde.inbound.answer;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.inbound.imap.ImapFetcher;
import dev.ronde.inbound.imap.ImapServer;
import dev.ronde.inbound.imap.MailboxStatus;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.inbound.message.MailReader;
import dev.ronde.inbound.message.Sorting;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailRoom;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.reminder.ReminderRoom;
import dev.ronde.reply.ReplyRoom;
import dev.ronde.review.answer.Reviews;
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
 * @param ticks what fetches where a mailbox is configured, the decisions, and what forgets old sources
 */
public record InboxRoom(
        Inbox inbox,
        InboundDecisions decisions,
        List<Routes> routes,
        List<MailKind> kinds,
        List<Tick> ticks,
        MailboxStatus mailbox) {
    private static final LocalTime FORGET_AT = LocalTime.of(3, 40);

    public static InboxRoom of(
            Database database,
            Settings settings,
            InstantSource clock,
            EvidenceLog evidence,
            People people,
            Assets assets,
            ReviewRoom review,
            ReminderRoom reminders,
            MailRoom mail,
            ReplyRoom reply,
            Messages messages,
            PageRenderer pages) {
        Reviews reviews = review.reviews();
        AddressHealth health = new AddressHealth();
        Inbox inbox = new Inbox(database, clock);
        AnswerPost post = new AnswerPost(mail.outbox(), reply.receipts());
        AnsweredMails answered = new AnsweredMails(mail.outbox(), mail.grants(), mail.addresses(), reminders.digests());
        ReviewAnswer single = new ReviewAnswer(reviews, review.remarks(), assets, people, answered, post);
        HumanMail humans = new HumanMail(
                answered,
                reviews,
                people,
                single,
                new DigestAnswer(reminders.digests(), single, reply.receipts()),
                new OtherAnswers(
                        review.remarks(), people, reminders.digests(), post, evidence, messages, settings.locale()),
                post,
                inbox,
                mail.strict());
        ProgramMail programs = new ProgramMail(
                answered,
                reviews,
                people,
                health,
                new Bounces(mail.outbox(), people, health, evidence, reminders.returned(), review.remarks()),
                post);
        InboundDecisions decisions = new InboundDecisions(
                database, inbox, reader(settings, mail.addresses()), humans, programs, evidence, clock);
        InboxReader reader = new InboxReader(database, inbox, people, mail.signer());
        MailKind answers = new AnswerMail(
                reviews,
                people,
                reminders.models(),
                reminders.links(),
                mail.writer(),
                mail.addresses(),
                reply.answers());
        Daily forget = new Daily(
                "mail-sources",
                FORGET_AT,
                settings.zone(),
                database,
                now -> inbox.forget(now)
                        + database.inTransaction(tx -> mail.outbox().forget(tx, now)));
        Optional<ImapServer> mailbox = ImapServer.of(settings);
        List<Tick> ticks = new ArrayList<>();
        mailbox.ifPresent(server -> ticks.add(new ImapFetcher(server, database, inbox, clock)));
        ticks.addAll(List.of(decisions, forget));
        return new InboxRoom(
                inbox,
                decisions,
                List.of(
                        new InboxApi(database, inbox, decisions, reader, reviews),
                        new InboxPages(database, inbox, decisions, reader, reviews, pages)),
                List.of(answers),
                ticks,
                new MailboxStatus(database, mailbox, clock));
    }

    private static MailReader reader(Settings settings, MailAddresses addresses) {
        return new MailReader(
                new Sorting.Ours(
                        addresses.from().toLowerCase(Locale.ROOT),
                        addresses.installation().toString()),
                settings.find(Setting.AUTHSERV_ID).orElse(null));
    }
}
