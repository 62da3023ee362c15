package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailRoom;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Routes;
import dev.ronde.review.answer.Reviews;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The room put together: what the composition root wires.
 *
 * @param relink sends dead links anew after a key was disabled
 * @param routes the keys of the mailed links over the API
 */
public record ReminderRoom(
        Reminders reminders,
        Relink relink,
        List<Routes> routes,
        List<MailKind> kinds,
        ReviewLinks links,
        ReviewModels models,
        DigestList digests,
        ReturnedMails returned) {

    /**
     * What people are told of.
     *
     * @param reasons what the reason of a run without a result means; empty for one that only the organisation's own check files know
     */
    public record Sources(
            Reviews reviews,
            Assets assets,
            FindingLook findings,
            LastingErrors errors,
            BiFunction<String, Locale, Optional<String>> reasons) {}

    public static ReminderRoom of(
            Database database,
            InstantSource clock,
            EvidenceLog evidence,
            People people,
            Sources sources,
            MailRoom mail) {
        Reviews reviews = sources.reviews();
        Assets assets = sources.assets();
        ReviewLinks links = new ReviewLinks(mail.grants(), mail.addresses());
        ReviewModels models = new ReviewModels(reviews, assets, people, links);
        WorldReader worlds = new WorldReader(reviews, assets, people, sources.findings(), sources.errors()::byId);
        NoticeWriter writer =
                new NoticeWriter(models, new NoticeLines(mail.addresses(), sources.reasons()), mail.writer(), links);
        List<MailKind> kinds = new ArrayList<>();
        Stream.concat(NoticeMail.OF_A_REVIEW.stream(), NoticeMail.LISTS.stream())
                .forEach(name -> kinds.add(new NoticeMail(name, worlds, people, sources.findings(), writer)));
        Gathering gathering = new Gathering(mail.outbox(), evidence, clock, reviews, assets);
        Relink relink = new Relink(database, reviews, mail.grants(), evidence, clock);
        return new ReminderRoom(
                new Reminders(database, people, worlds, gathering),
                relink,
                List.of(new MailKeysApi(relink)),
                List.copyOf(kinds),
                links,
                models,
                new DigestList(mail.outbox(), reviews, models, sources.findings()),
                new ReturnedMails(sources.findings()));
    }
}
