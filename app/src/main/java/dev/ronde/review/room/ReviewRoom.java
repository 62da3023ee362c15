package dev.ronde.review.room;

import dev.ronde.account.Accounts;
import dev.ronde.account.People;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.snapshot.SnapshotListener;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.file.WorkFolder;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.review.DriftDao;
import dev.ronde.review.FirstNotice;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.answer.RefusalWords;
import dev.ronde.review.answer.Remarks;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.builder.LadderAhead;
import dev.ronde.review.builder.PlanBuilderPages;
import dev.ronde.review.builder.PlanWords;
import dev.ronde.review.enrolment.EnrolmentSweep;
import dev.ronde.review.enrolment.ReviewAssets;
import dev.ronde.review.enrolment.ReviewParts;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.extra.Drifts;
import dev.ronde.review.file.ReviewFileApi;
import dev.ronde.review.file.ReviewFiles;
import dev.ronde.review.forecast.ForecastPages;
import dev.ronde.review.forecast.Forecasts;
import dev.ronde.review.handover.Handover;
import dev.ronde.review.handover.StandIns;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.planning.MailForecast;
import dev.ronde.review.planning.PlanApi;
import dev.ronde.review.planning.PlanPages;
import dev.ronde.review.planning.Plans;
import dev.ronde.review.round.Rounds;
import dev.ronde.review.unchanged.Unchanged;
import dev.ronde.review.unchanged.UnchangedPages;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** The room put together: what the composition root wires and other rooms use. */
public record ReviewRoom(
        Plans plans,
        Reviews reviews,
        ReviewSweep sweep,
        ReviewAssets assets,
        ReviewReader reader,
        ReviewCsv csv,
        Remarks remarks,
        SnapshotListener drift,
        Unchanged unchanged,
        Forecasts forecasts,
        ReviewFiles files,
        Rounds rounds) {

    /** What hands over everything of a person who leaves; the room's own parts beside accounts and inventory. */
    public static Handover handover(
            InstantSource clock,
            EvidenceLog log,
            People people,
            Accounts accounts,
            Assets assets,
            FirstNotice notices) {
        Handover handover =
                new Handover(clock, people, accounts, assets, new ReviewRecords(clock, log, people, notices));
        accounts.addDuties(handover);
        return handover;
    }

    /** The room; downloads are put together in {@code work}. */
    public static ReviewRoom of(
            Database database,
            InstantSource clock,
            EvidenceLog log,
            People people,
            Estate estate,
            Looks looks,
            MailForecast forecast,
            FirstNotice notices,
            WorkFolder work) {
        ReviewParts parts = ReviewParts.of(clock, log, people, estate, looks, notices);
        ReviewSteps steps = new ReviewSteps(clock, parts.records(), estate);
        Reviews reviews = new Reviews(clock, parts, estate, looks, people);
        ReviewReader reader = new ReviewReader(database, clock, people);
        return new ReviewRoom(
                new Plans(database, clock, log, estate, parts, reviews, forecast),
                reviews,
                new ReviewSweep(
                        database,
                        new EnrolmentSweep(database, estate, parts.enrolments()),
                        parts,
                        new Drifts(steps, parts.openings(), looks),
                        new StandIns(steps, people),
                        steps,
                        people),
                new ReviewAssets(clock, parts),
                reader,
                new ReviewCsv(work, database, clock, people, notices),
                new Remarks(clock, parts, estate),
                (tx, asset, snapshot, changed) -> {
                    if (changed) {
                        tx.attach(DriftDao.class).mark(asset.id(), clock.instant());
                    }
                },
                new Unchanged(database, clock, reviews, reader),
                new Forecasts(database, clock, log, estate, parts.enrolments(), people),
                new ReviewFiles(steps, people),
                new Rounds(database, clock));
    }

    /** Everything of the room that a browser or a program can ask for. */
    public List<Routes> routes(
            Database database,
            InstantSource clock,
            PlanReader planReader,
            PlanWords words,
            LadderAhead ladder,
            CheckWords checks,
            People people,
            PageRenderer pages) {
        ReviewStory story =
                new ReviewStory(clock, people, pages.words(Locale.ENGLISH).messages());
        RefusalWords refusals = new RefusalWords(checks);
        return List.of(
                new PlanApi(database, clock, plans, rounds, planReader),
                new PlanPages(database, clock, plans, rounds, planReader.vocabulary(), pages),
                new PlanBuilderPages(database, clock, plans, planReader, words, ladder, pages),
                new ReviewApi(database, clock, reviews, reader),
                new ReviewFileApi(database, files, reader, reviews.duties()),
                new ForecastPages(database, forecasts, pages),
                new UnchangedPages(unchanged, refusals, pages),
                new ReviewListPages(database, clock, reader, csv, pages),
                new ReviewPages(
                        database,
                        reviews,
                        reader,
                        new ReviewPage(clock, reviews, reader, story, files, checks),
                        refusals,
                        pages));
    }
}
