package dev.ronde.review.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list to tick off: every sentence about cadence (reviews.md §1) and every pitfall (§8), each with a test that exists. */
class PitfallListTest {

    @ParameterizedTest(name = "{0}: {1}#{2}")
    @CsvSource(delimiter = '|', textBlock = """
            §1 a slot is a day in the plan's zone              | cadence.DueTest                        | endsAtThisInstant
            §1 every kind of cadence                           | cadence.CadenceTest                    | findsTheMonthsDayFromEveryAnchor
            §1 six-monthly is expressible                      | cadence.CadenceTest                    | sixMonthlyOnTheFifteenthIsExpressible
            §1 nth slot from the anchor, clamped, not chained  | cadence.CadenceTest                    | countsEverySlotFromTheAnchorAndClamps
            §1 due is the earlier of slot and maximum gap      | cadence.DueTest                        | isTheEarlierOfSlotAndLastPerformancePlusMaximumGap
            §1 an early completion never stretches the gap     | cadence.DueTest                        | noGapExceedsTheCapHoweverEarlyEachPerformanceIs
            §1 missed or open before: the gap shows as broken  | review.ReviewStateTest                 | aMissedReviewWithNothingBeforeItBreaksItsGap
            §1 a deadline is never shifted                     | review.room.PitfallsTest               | aDeadlineIsNeverShifted
            §1 notices are shifted instead                     | reminder.LadderTest                    | theDueDayNotice
            §1 due today is not overdue                        | review.ReviewStateTest                 | followsFromTheFactsAndTheTime
            §1 grace is derived                                | cadence.DueTest                        | countsLateDaysFromTheDueDateWithoutGrace
            §1 zones are ids                                   | review.room.PitfallsTest               | aZoneIsStoredAsItsId
            §1 gap and overlap of daylight saving              | cadence.WorkingDaysTest                 | hasOneAnswerForSkippedAndDoubledTimes
            §1 due <= now decides, not the scheduler           | review.room.PitfallsTest               | theSweepFindsWhatIsDueHoweverLateItComes
            §1 every anchor of 2024 to 2027                    | cadence.CadenceTest                    | agreesWithCountingDayByDayFromEveryAnchor
            §8 zones around midnight                           | review.room.ReviewSweepTest            | opensAtTheStartOfTheDayInThePlansZone
            §8 month ends                                      | cadence.CadenceTest                    | countsEverySlotFromTheAnchorAndClamps
            §8 early completion                                | cadence.DueTest                        | noGapExceedsTheCapHoweverEarlyEachPerformanceIs
            §8 late completion                                 | review.answer.MissedTest               | doneLateItStaysMissedWithItsLateness
            §8 downtime of three days                          | reply.StormTest                        | threeDaysOffAreOneDigestPerPerson
            §8 two nodes sending                               | mail.RelayTest                         | twoNodesSendEachMailOnce
            §8 two nodes sweeping                              | review.room.ReviewSweepTest            | twoSweepsAtOnceOpenEachReviewOnce
            §8 plan edit with open reviews                     | review.planning.PlansTest              | aChangeMovesOnlyWhatHasNotOpened
            §8 plan edit, then the slot before is done         | review.room.PitfallsTest               | whatIsOpenKeepsThePlanItOpenedWith
            §8 owner leaves with 50 open reviews               | review.handover.HandoverTest           | anOwnerLeavesWithFiftyOpenReviews
            §8 team plus deputy: one accountable person        | reply.PitfallMailsTest                 | oneMailToTheAccountablePersonNotToEachOfTheTeam
            §8 self-approval through delegation                | review.answer.SecondPersonTest         | whoeverHadAPartCannotBeTheSecondPerson
            §8 drift that flips back                           | review.extra.DriftTest                 | whatGoesBackClosesItselfAndTheRecordStays
            §8 drift by letter case or key order               | review.extra.DriftTest                 | letterCaseKeyOrderMovingValuesAndSilenceAreNoDrift
            §8 waiver expiry during a waiver renewal           | finding.waiver.WaiversTest             | anExpiryDuringARenewalLeavesAGapThatNobodyCovers
            §8 missed and waived count as not in control       | dashboard.OverviewTest                 | countsEachAssetOnceByWhereItStands
            §8 on-time % with missed and waived below          | review.round.OnTimeTest                | missedLateAndWaivedAreDueAndNotOnTime
            §8 clock jump forward one year                     | review.room.ReviewSweepTest            | afterAnOutageOfAYearEveryExpectedReviewIsARow
            §8 clock jump: the brake holds                     | reply.MailChannelTest                    | theBrakeHoldsAStormAndCollapsesIt
            §8 injection in names: CSV                         | asset.file.AssetFileTest               | takesTheFormulaGuardOffAgain
            §8 injection in names: mail and template           | reply.PitfallMailsTest                 | aNameIsNeitherAHeaderNorMarkupNorATemplate
            §8 1 May holiday                                   | cadence.WorkingDaysTest                | theFirstOfMayIsAHolidayInParisOnly
            §8 1 May, the notice                               | reminder.LadderTest                    | theDueDayNotice
            §8 29 March 2026 02:30 Europe/Paris                | cadence.WorkingDaysTest                 | hasOneAnswerForSkippedAndDoubledTimes
            """)
    void isCovered(String pitfall, String testClass, String method) throws ClassNotFoundException {
        Class<?> test =
                Class.forName("dev.ronde." + testClass, false, getClass().getClassLoader());
        assertThat(Arrays.stream(test.getDeclaredMethods())
                        .filter(each -> isTest(each) && each.getName().equals(method)))
                .as(pitfall)
                .isNotEmpty();
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }
}
