package dev.ronde.replay;

import dev.ronde.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two years, one of one seed in CI, in which people do whatever the product lets them, in no order: answer, take back, ask others, accept, say
 * "not mine", ask for time and for silence, refuse as second person, go on leave, leave for good; plans of every kind change in the middle, nobody is there for
 * days, and the server is down for days. After each step it is held against {@link Model}, which knows the words of reviews.md alone.
 * {@link LifeRules} are what must hold.
 */
@Tag("long")
class LifeTest {
    private static final boolean FULL = "full".equals(System.getProperty("ronde.scale"));
    private static final int ASSETS = FULL ? 24 : 2;
    private static final int OWNERS = FULL ? 12 : 4;
    private static final int ACTS = FULL ? 50 : 8;
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final LocalDate LAST = LocalDate.parse(FULL ? "2028-01-05" : "2027-01-05");

    static Stream<Arguments> lives() {
        Stream<DatabaseKind> kinds = FULL ? Stream.of(DatabaseKind.values()) : Stream.of(DatabaseKind.H2);
        return kinds.flatMap(kind -> Stream.of(1L, 2L, 3L).limit(FULL ? 3 : 1).map(seed -> Arguments.of(kind, seed)));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void holdsWhateverPeopleDo(DatabaseKind kind, long seed) {
        try (Life life = new Life(new ReplayWorld(kind, START), seed, LAST)) {
            life.begin(ASSETS, OWNERS);
            Answers answers = new Answers(life);
            Changes changes = new Changes(life);
            LifeRules rules = new LifeRules(life);
            live(life, answers, changes, rules);
            life.world.settle();
            rules.mailsGoToThoseWithADuty();
            rules.everySlotOnce();
            rules.everyStepHasItsRecord(changes.records);
            rules.everyMailOnce();
            rules.noGapInSilence();
            life.world.everyRowFollowsFromItsRecords();
            System.out.printf(
                    "{\"life\":\"%s, seed %d, %d assets\",\"answers\":%d,\"changes\":\"%s\",\"mails\":%d,\"slots\":%d}%n",
                    kind, seed, ASSETS, answers.given, changes.records, life.world.received, life.model.slots.size());
        }
    }

    /** At each step what became due happens first, as after an outage; then people act, and what that sets off happens. */
    private static void live(Life life, Answers answers, Changes changes, LifeRules rules) {
        Instant end = LAST.atStartOfDay(Office.PARIS.zone()).toInstant();
        for (Instant at = START; at.isBefore(end); at = next(life.random, life.world.now())) {
            life.world.at(at);
            life.settle();
            rules.mailsGoToThoseWithADuty();
            life.world.at(life.world.now().plus(Duration.ofMinutes(1)));
            if (life.random.nextInt(20) == 0) {
                changes.one(life.world.now());
            }
            for (int act = life.random.nextInt(ACTS); act > 0; act--) {
                answers.one(life.world.now());
            }
            life.world.at(life.world.now().plus(Duration.ofMinutes(10)));
            life.settle();
            rules.mailsGoToThoseWithADuty();
            if (life.random.nextInt(20) == 0) {
                rules.everySlotOnce();
            }
        }
    }

    /** Most steps are some days apart; now and then the server is down for longer. */
    private static Instant next(Random random, Instant now) {
        int days = random.nextInt(40) == 0 ? 5 + random.nextInt(11) : 1 + random.nextInt(4);
        int hour = List.of(9, 11, 16, 22).get(random.nextInt(4));
        return Office.PARIS
                .day(now)
                .plusDays(days)
                .atTime(LocalTime.of(hour, random.nextInt(50)))
                .atZone(Office.PARIS.zone())
                .toInstant();
    }
}
