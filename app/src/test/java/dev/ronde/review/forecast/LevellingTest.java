package dev.ronde.review.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.cadence.Cadence.Every;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Seeded estates: whatever is proposed keeps interval, gap and order, and lowers what stood out. */
class LevellingTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @Test
    void spreadsWhatFallsOnOneDay() {
        List<Levelling.Row> rows = rows(12, new Every(3, Every.Unit.MONTHS, LocalDate.of(2026, 6, 12)), 92);
        Weeks weeks = Weeks.from(TODAY, 52);
        Levelling.Proposal proposal = Levelling.of(weeks, List.of(load(weeks, rows)), rows);
        assertThat(proposal.peaks()).singleElement().satisfies(peak -> {
            assertThat(peak.before()).isEqualTo(12);
            assertThat(peak.after()).isLessThanOrEqualTo(2);
        });
        assertThat(proposal.moves()).isNotEmpty().allSatisfy(move -> {
            assertThat(move.to()).isBefore(move.from());
            assertThat(move.to().getDayOfWeek()).isEqualTo(move.from().getDayOfWeek());
        });
    }

    @Test
    void leavesALevelLoadAlone() {
        List<Levelling.Row> rows = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            Every cadence =
                    new Every(3, Every.Unit.MONTHS, LocalDate.of(2026, 6, 1).plusWeeks(n));
            rows.addAll(rows(1, cadence, 92));
        }
        Weeks weeks = Weeks.from(TODAY, 52);
        assertThat(Levelling.of(weeks, List.of(load(weeks, rows)), rows).moves())
                .isEmpty();
    }

    @Test
    void neverBreaksGapOrEarliestDayWhateverTheEstate() {
        Random random = new Random(20260302);
        for (int estate = 0; estate < 200; estate++) {
            List<Levelling.Row> rows = new ArrayList<>();
            int size = 1 + random.nextInt(30);
            for (int n = 0; n < size; n++) {
                Every.Unit unit = Every.Unit.values()[random.nextInt(3)];
                int count = unit == Every.Unit.DAYS ? 20 + random.nextInt(70) : 1 + random.nextInt(6);
                LocalDate next = TODAY.plusDays(30 + random.nextInt(60));
                Every cadence = new Every(count, unit, next);
                Integer gap = random.nextBoolean() ? widest(cadence, next) : null;
                rows.add(new Levelling.Row(
                        new UUID(estate, n),
                        "a-" + n,
                        "owner",
                        cadence,
                        next,
                        next.minusDays(random.nextInt(40)),
                        gap));
            }
            Weeks weeks = Weeks.from(TODAY, 52);
            OwnerLoad load = load(weeks, rows);
            Levelling.Proposal proposal = Levelling.of(weeks, List.of(load), rows);
            assertThat(Levelling.of(weeks, List.of(load), shuffled(rows, random)))
                    .isEqualTo(proposal);
            for (Levelling.Move move : proposal.moves()) {
                Levelling.Row row = rows.stream()
                        .filter(one -> one.key().equals(move.key()))
                        .findFirst()
                        .orElseThrow();
                assertThat(move.to()).isBetween(row.earliestOn(), row.nextOn());
                Every moved = new Every(row.cadence().count(), row.cadence().unit(), move.to());
                if (row.maxGapDays() != null) {
                    assertThat(widest(moved, move.to())).isLessThanOrEqualTo(row.maxGapDays());
                }
            }
            assertThat(proposal.peaks())
                    .allSatisfy(peak -> assertThat(peak.after()).isLessThan(peak.before()));
        }
    }

    private static List<Levelling.Row> shuffled(List<Levelling.Row> rows, Random random) {
        List<Levelling.Row> other = new ArrayList<>(rows);
        Collections.shuffle(other, random);
        return other;
    }

    private static int widest(Every cadence, LocalDate from) {
        List<LocalDate> slots = cadence.between(from, TODAY.plusWeeks(53));
        int widest = 0;
        for (int index = 1; index < slots.size(); index++) {
            widest = Math.max(widest, (int) ChronoUnit.DAYS.between(slots.get(index - 1), slots.get(index)));
        }
        return widest;
    }

    private static List<Levelling.Row> rows(int count, Every cadence, int gap) {
        List<Levelling.Row> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            rows.add(new Levelling.Row(
                    UUID.randomUUID(),
                    "a-" + n + cadence.anchor(),
                    "owner",
                    cadence,
                    cadence.anchor(),
                    cadence.anchor().minusDays(45),
                    gap));
        }
        return rows;
    }

    private static OwnerLoad load(Weeks weeks, List<Levelling.Row> rows) {
        Integer[] counts = new Integer[weeks.count()];
        java.util.Arrays.fill(counts, 0);
        for (Levelling.Row row : rows) {
            row.cadence().between(row.nextOn(), weeks.until().minusDays(1)).forEach(slot -> counts[weeks.of(slot)]++);
        }
        return new OwnerLoad("owner", "Owner", 0, List.of(counts));
    }
}
