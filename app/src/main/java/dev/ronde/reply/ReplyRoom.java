package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandleDoor;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.mail.inbox.Inbox;
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
 * @param routes the pages behind mailed links
 * @param kinds the mails this room renders: receipts of what was done by link or answer, the codes that confirm it, and new links
 * @param receipts what confirms an answer
 * @param others shows the further reviews an answer to a list was about
 */
public record ReplyRoom(List<Routes> routes, List<MailKind> kinds, Receipts receipts, OtherLines others) {

    public record Ground(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            People people,
            Assets assets,
            ReviewRoom reviews,
            ReminderRoom reminders,
            CheckWords checks) {}

    /**
     * What it answers and writes with.
     *
     * @param strict whether acting by link always needs a code ({@code RONDE_MAIL_POLICY})
     */
    public record Post(
            Outbox outbox,
            Grants grants,
            HandleSigner signer,
            MailWriter writer,
            MailAddresses addresses,
            Messages messages,
            PageRenderer pages,
            boolean strict) {}

    public static ReplyRoom of(Ground ground, Post post) {
        Reviews reviews = ground.reviews().reviews();
        HandleDoor handles = new HandleDoor(post.signer(), post.grants(), ground.database(), ground.clock());
        Nonces nonces = new Nonces(post.signer(), ground.clock());
        LinkPages door = new LinkPages(
                handles,
                nonces,
                ground.database(),
                ground.people(),
                post.addresses().base(),
                ground.clock());
        StepUp codes =
                new StepUp(reviews, post.outbox(), post.signer(), ground.evidence(), ground.clock(), post.strict());
        ReviewStory story = new ReviewStory(ground.clock(), reviews, ground.people(), post.messages());
        LinkView view =
                new LinkView(reviews, ground.assets(), ground.people(), post.grants(), story, ground.checks());
        Receipts receipts = new Receipts(post.outbox());
        LinkMail newLinks = new LinkMail(
                reviews,
                ground.people(),
                view,
                ground.reminders().models(),
                post.outbox(),
                post.writer(),
                post.addresses());
        Requested requests = new Requested(
                new Inbox(ground.database(), ground.clock()), ground.reviews().remarks(), post.messages());
        ReviewPage page = new ReviewPage(
                ground.clock(), reviews, story, ground.reviews().files(), ground.checks());
        LinkedReview linked = new LinkedReview(
                page,
                ground.reviews().reader(),
                reviews,
                view,
                codes,
                ground.reminders().links(),
                post.addresses());
        List<Routes> routes = List.of(
                new ReplyPages(
                        door,
                        ground.database(),
                        new LinkActs(door, reviews, view, codes, receipts, requests),
                        linked,
                        requests,
                        new DeadPages(door, ground.database(), reviews, view, newLinks, post.pages()),
                        new RefusalWords(ground.checks()),
                        post.pages()),
                new FilePages(door, ground.database(), reviews, ground.reviews().files(), view),
                new DigestPages(door, ground.database(), ground.reminders().digests(), post.pages()),
                new UndoPages(
                        door, ground.database(), reviews, ground.reminders().links(), receipts, post.pages()),
                new MutePages(door, ground.database(), ground.evidence(), post.pages()));
        OtherLines others = new OtherLines(reviews, view, ground.reminders().links(), post.addresses());
        MailKind receipt = new ReceiptMail(
                reviews, ground.people(), ground.reminders().models(), view, post.writer(), post.addresses(), others);
        MailKind code = new CodeMail(
                reviews, ground.people(), ground.reminders().models(), codes, post.writer(), post.addresses());
        return new ReplyRoom(routes, List.of(receipt, code, newLinks), receipts, others);
    }
}
