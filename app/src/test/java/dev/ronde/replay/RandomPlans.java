package dev.ronde.replay;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** Plans of every kind: often, seldom with a limit on the gap, and rarely with a second person. */
final class RandomPlans {
    private final Random random;
    private final LocalDate from;

    /** @param from the day on which assets are enrolled */
    RandomPlans(Random random, LocalDate from) {
        this.random = random;
        this.from = from;
    }

    List<ReplayPlan> three() {
        return List.of(
                change(plan("often", Office.PARIS, null, false)),
                change(plan("limited", Office.PARIS, 0, false)),
                change(plan("signed-twice", Office.MONTREAL, null, true)));
    }

    private static ReplayPlan plan(String id, Office office, Integer gap, boolean secondPerson) {
        return new ReplayPlan(id, office, Rhythm.lastDay(1, LocalDate.EPOCH), 0, 0, gap, secondPerson, List.of("high"));
    }

    /** The same plan with another rhythm and other times; a limit stays a limit, a little over the rhythm or under it. */
    ReplayPlan change(ReplayPlan was) {
        Rhythm rhythm = switch (was.id()) {
            case "often" -> rhythm(1 + random.nextInt(2));
            case "limited" -> rhythm(2 + random.nextInt(2));
            default -> rhythm(random.nextBoolean() ? 3 : 6);
        };
        int lead = 3 + random.nextInt(rhythm.days() / 3);
        int window = 5 + random.nextInt(rhythm.days() / 2);
        Integer gap = was.gap() == null ? null : rhythm.days() + random.nextInt(8) - 2;
        return new ReplayPlan(was.id(), was.office(), rhythm, lead, window, gap, was.secondPerson(), was.scope());
    }

    /** One of the kinds that come about every so many months. */
    private Rhythm rhythm(int months) {
        LocalDate anchor = from.plusDays(random.nextInt(40));
        return switch (random.nextInt(6)) {
            case 0 -> Rhythm.days(months * 30 + random.nextInt(5), anchor);
            case 1 -> Rhythm.weeks(months * 4, anchor);
            case 2 -> Rhythm.weekday(DayOfWeek.of(1 + random.nextInt(7)), random.nextInt(5), months, from);
            case 3 -> Rhythm.lastDay(months, from);
            case 4 -> Rhythm.dayOfMonth(1 + random.nextInt(31), months, from);
            default -> Rhythm.months(months, anchor);
        };
    }
}
