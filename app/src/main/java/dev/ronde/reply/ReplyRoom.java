package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.asset.Assets;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandleDoor;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import dev.ronde.reminder.ReminderRoom;
import dev.ronde.review.Reviews;
import java.time.InstantSource;
import java.util.List;

/**
 * The room put together: what the composition root wires.
 *
 * @param routes the pages behind mailed links
 * @param receipt the mail that confirms what was done by link
 */
public record ReplyRoom(List<Routes> routes, MailKind receipt) {

    /** What the room stands on. */
    public record Ground(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            People people,
            Assets assets,
            Reviews reviews,
            ReminderRoom reminders) {}

    /** What it answers and writes with. */
    public record Post(
            Outbox outbox,
            Grants grants,
            HandleSigner signer,
            MailWriter writer,
            MailAddresses addresses,
            Messages messages,
            PageRenderer pages) {}

    /** Wires the room. */
    public static ReplyRoom of(Ground ground, Post post) {
        HandleDoor handles = new HandleDoor(post.signer(), post.grants(), ground.database(), ground.clock());
        Nonces nonces = new Nonces(post.signer(), ground.clock());
        LinkPages door = new LinkPages(
                handles,
                nonces,
                ground.database(),
                ground.people(),
                post.addresses().base(),
                ground.clock());
        ActionView view = new ActionView(
                ground.reviews(), ground.assets(), ground.people(), post.grants(), post.addresses(), post.messages());
        Receipts receipts = new Receipts(post.outbox());
        List<Routes> routes = List.of(
                new ReplyPages(door, ground.database(), ground.reviews(), view, receipts, post.pages()),
                new DigestPages(door, ground.database(), ground.reminders().digests(), post.pages()),
                new UndoPages(door, ground.database(), ground.reviews(), receipts, post.pages()),
                new MutePages(door, ground.database(), ground.evidence(), post.pages()));
        MailKind receipt = new ReceiptMail(
                ground.reviews(), ground.people(), ground.reminders().models(), view, post.writer(), post.addresses());
        return new ReplyRoom(routes, receipt);
    }
}
