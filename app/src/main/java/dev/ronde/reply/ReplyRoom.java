package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailRoom;
import dev.ronde.mail.handle.HandleDoor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import dev.ronde.reminder.ReminderRoom;
import dev.ronde.review.answer.RefusalWords;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.room.ReviewPage;
import dev.ronde.review.room.ReviewRoom;
import dev.ronde.review.room.ReviewStory;
import java.time.InstantSource;
import java.util.List;

/**
 * The room put together: what the composition root wires.
 *
 * @param kinds the mails this room renders: receipts of what was done by link or answer, the codes that confirm it, and new links
 */
public record ReplyRoom(List<Routes> routes, List<MailKind> kinds, Receipts receipts, AnswerLines answers) {

    public static ReplyRoom of(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            People people,
            ReviewRoom room,
            ReminderRoom reminders,
            MailRoom mail,
            CheckWords checks,
            Messages messages,
            PageRenderer pages) {
        Reviews reviews = room.reviews();
        HandleDoor handles = new HandleDoor(mail.signer(), mail.grants(), database, clock);
        LinkPages door = new LinkPages(
                handles,
                new Nonces(mail.signer(), clock),
                database,
                people,
                mail.addresses().base(),
                clock);
        StepUp codes = new StepUp(reviews, mail.outbox(), mail.signer(), evidence, clock, mail.strict());
        ReviewStory story = new ReviewStory(clock, people, messages);
        LinkView view = new LinkView(reviews, people, mail.grants(), story, checks);
        Receipts receipts = new Receipts(mail.outbox());
        ReviewMails mails = new ReviewMails(reviews, people, reminders.models(), mail.writer(), mail.addresses());
        LinkMail newLinks = new LinkMail(mails, view, mail.outbox());
        ReviewPage page = new ReviewPage(clock, reviews, room.reader(), story, room.files(), checks);
        List<Routes> routes = List.of(
                new ReplyPages(
                        door,
                        database,
                        new LinkActs(door, reviews, view, codes, receipts),
                        new LinkedReview(page, reviews, view, codes, reminders.links()),
                        new DeadPages(door, database, reviews, view, newLinks, pages),
                        new RefusalWords(checks),
                        pages),
                new FilePages(door, database, reviews, room.files(), view),
                new DigestPages(door, database, reminders.digests(), pages),
                new UndoPages(door, database, reviews, reminders.links(), receipts, pages),
                new MutePages(door, database, evidence, pages));
        AnswerLines answers = new AnswerLines(reviews, view, reminders.links(), mail.addresses());
        List<MailKind> kinds = List.of(new ReceiptMail(mails, view, answers), new CodeMail(mails, codes), newLinks);
        return new ReplyRoom(routes, kinds, receipts, answers);
    }
}
