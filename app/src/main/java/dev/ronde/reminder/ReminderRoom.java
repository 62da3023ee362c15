package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.finding.waiver.EndingWaivers;
import dev.ronde.finding.waiver.RequestedWaivers;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Routes;
import dev.ronde.review.answer.Reviews;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The room put together: what the composition root wires.
 *
 * @param reminders the tick that queues notices
 * @param relink sends dead links anew after a key was disabled
 * @param routes the keys of the mailed links over the API
 * @param kinds the mails this room renders
 * @param links the personal links of reviews
 * @param models what mails say about a review
 * @param digests what a digest listed
 * @param received what an answer to a mail about findings does
 * @param returned what follows when a mail comes back
 */
public record ReminderRoom(
        Reminders reminders,
        Relink relink,
        List<Routes> routes,
        List<MailKind> kinds,
        ReviewLinks links,
        ReviewModels models,
        DigestList digests,
        FindingAnswers received,
        ReturnedMails returned) {

    public record Ground(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            People people,
            Assets assets,
            Reviews reviews,
            FindingLook findings,
            LastingErrors errors,
            ReasonWords reasons) {}

    public record Post(Outbox outbox, Grants grants, MailWriter writer, MailAddresses addresses) {}

    public static ReminderRoom of(Ground ground, Post post) {
        ReviewLinks links = new ReviewLinks(post.grants(), post.addresses());
        ReviewModels models = new ReviewModels(ground.reviews(), ground.assets(), ground.people(), links);
        Duties duties = new Duties(ground.reviews(), ground.assets());
        FindingNotices findings = new FindingNotices(ground.findings(), post.addresses(), ground.assets());
        EndingWaivers ending = new EndingWaivers();
        WaiverNotices waivers = new WaiverNotices(ending, post.addresses());
        RequestedWaivers requested = new RequestedWaivers();
        RequestNotices requests = new RequestNotices(requested, post.addresses());
        BlindNotices blind =
                new BlindNotices(ground.errors(), ground.people(), ground.assets(), post.addresses(), ground.reasons());
        List<MailKind> kinds = new ArrayList<>();
        NoticeLines lines = new NoticeLines(
                new MissedLines(ground.reviews(), models, post.addresses()),
                new LapsedLines(ground.reviews(), models),
                findings,
                waivers,
                requests,
                blind);
        Stream.concat(NoticeMail.OF_A_REVIEW.stream(), NoticeMail.LISTS.stream())
                .forEach(name ->
                        kinds.add(new NoticeMail(name, duties, lines, ground.people(), models, post.writer(), links)));
        Gathering gathering = new Gathering(post.outbox(), ground.evidence(), ground.clock());
        Reminders reminders = new Reminders(
                ground.database(),
                ground.people(),
                List.of(
                        new ReviewItems(ground.reviews(), ground.assets(), ground.people(), new AddressHealth()),
                        new MissedItems(ground.reviews(), ground.assets()),
                        new LapsedItems(ground.reviews(), ground.assets()),
                        new FindingItems(ground.findings(), ground.assets()),
                        new WaiverItems(ending, ground.assets()),
                        new RequestItems(requested),
                        new BlindItems(ground.errors(), ground.people(), ground.assets())),
                gathering);
        Relink relink =
                new Relink(ground.database(), ground.reviews(), post.grants(), ground.evidence(), ground.clock());
        return new ReminderRoom(
                reminders,
                relink,
                List.of(new MailKeysApi(relink)),
                List.copyOf(kinds),
                links,
                models,
                new DigestList(post.outbox(), ground.reviews(), ground.people(), models, ground.findings()),
                new FindingAnswers(ground.findings()),
                new ReturnedMails(ground.findings()));
    }
}
