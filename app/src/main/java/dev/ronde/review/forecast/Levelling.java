package dev.ronde.review.forecast;

import dev.ronde.cadence.Cadence.Every;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds which assets would begin their row of slots some whole weeks earlier so that no week of their owner stands out. Never later, so
 * that no gap grows; the interval stays; and where months of different length would stretch a gap over the limit a place is not taken.
 */
public final class Levelling {

    private final Weeks weeks;
    private final Map<String, int[]> load = new HashMap<>();
    private final Map<String, Integer> target = new HashMap<>();

    private Levelling(Weeks weeks) {
        this.weeks = weeks;
    }

    /**
     * One asset under the plan.
     *
     * @param owner mail address; empty for what nobody owns
     * @param cadence its row of slots as it now is
     * @param nextOn its next slot that has not opened
     * @param earliestOn the first day on which that slot may lie: it must not open at once, nor come too soon after the one before
     */
    public record Row(
            UUID key,
            String ref,
            String owner,
            Every cadence,
            LocalDate nextOn,
            LocalDate earliestOn,
            @Nullable Integer maxGapDays) {}

    public record Move(UUID key, String ref, String owner, LocalDate from, LocalDate to) {}

    public record Peak(String owner, int before, int after) {}

    public record Proposal(List<Move> moves, List<Peak> peaks) {

        public Proposal {
            moves = List.copyOf(moves);
            peaks = List.copyOf(peaks);
        }
    }

    /**
     * The proposal; the same input gives the same one.
     *
     * @param loads everything that is due as things stand, the rows included
     */
    public static Proposal of(Weeks weeks, List<OwnerLoad> loads, List<Row> rows) {
        return new Levelling(weeks).propose(loads, rows);
    }

    private Proposal propose(List<OwnerLoad> loads, List<Row> rows) {
        for (OwnerLoad one : loads) {
            load.put(
                    one.owner(),
                    one.weeks().stream().mapToInt(Integer::intValue).toArray());
            target.put(one.owner(), Math.max(1, Math.floorDiv(one.total() + weeks.count() - 1, weeks.count())));
        }
        List<Row> inOrder = rows.stream()
                .sorted(Comparator.comparing(Row::nextOn).thenComparing(Row::ref))
                .toList();
        List<Move> moves = new ArrayList<>();
        for (Row row : inOrder) {
            int shift = best(row);
            if (shift > 0) {
                moves.add(new Move(
                        row.key(),
                        row.ref(),
                        row.owner(),
                        row.nextOn(),
                        row.nextOn().minusWeeks(shift)));
            }
        }
        List<Peak> peaks = loads.stream()
                .map(one -> peak(one, rows))
                .filter(peak -> peak.before() != peak.after())
                .toList();
        return new Proposal(moves, peaks);
    }

    /** Open reviews cannot move, so the peak is sought from the first week that could hold a moved one. */
    private Peak peak(OwnerLoad before, List<Row> rows) {
        int first = rows.stream()
                .filter(row -> row.owner().equals(before.owner()))
                .mapToInt(row -> Math.max(0, weeks.of(row.earliestOn())))
                .min()
                .orElse(0);
        int[] after = load.getOrDefault(before.owner(), new int[0]);
        int[] as = before.weeks().stream().mapToInt(Integer::intValue).toArray();
        return new Peak(before.owner(), most(as, first), most(after, first));
    }

    /** Tries each place back to the earliest and takes the one whose fullest week is emptiest. */
    private int best(Row row) {
        int[] of = load.computeIfAbsent(row.owner(), owner -> new int[weeks.count()]);
        List<LocalDate> present = slots(row.cadence(), row.nextOn());
        add(of, present, -1);
        int best = 0;
        int lowest = fullest(of, present);
        int enough = target.getOrDefault(row.owner(), 1);
        long most = ChronoUnit.DAYS.between(row.earliestOn(), row.nextOn()) / 7;
        for (int shift = 1; shift <= most && lowest > enough; shift++) {
            LocalDate first = row.nextOn().minusWeeks(shift);
            List<LocalDate> slots =
                    slots(new Every(row.cadence().count(), row.cadence().unit(), first), first);
            int full = fullest(of, slots);
            if (full < lowest && holds(slots, row.maxGapDays())) {
                lowest = full;
                best = shift;
            }
        }
        LocalDate first = row.nextOn().minusWeeks(best);
        add(
                of,
                best == 0
                        ? present
                        : slots(new Every(row.cadence().count(), row.cadence().unit(), first), first),
                1);
        return best;
    }

    private List<LocalDate> slots(Every cadence, LocalDate from) {
        return cadence.between(from, weeks.until().minusDays(1));
    }

    private void add(int[] of, List<LocalDate> slots, int what) {
        for (LocalDate slot : slots) {
            if (weeks.holds(slot)) {
                of[weeks.of(slot)] += what;
            }
        }
    }

    private int fullest(int[] of, List<LocalDate> slots) {
        return slots.stream()
                .filter(weeks::holds)
                .mapToInt(slot -> of[weeks.of(slot)] + 1)
                .max()
                .orElse(0);
    }

    private static boolean holds(List<LocalDate> slots, @Nullable Integer maxGapDays) {
        for (int index = 1; maxGapDays != null && index < slots.size(); index++) {
            if (ChronoUnit.DAYS.between(slots.get(index - 1), slots.get(index)) > maxGapDays) {
                return false;
            }
        }
        return true;
    }

    private static int most(int[] of, int from) {
        int most = 0;
        for (int week = from; week < of.length; week++) {
            most = Math.max(most, of[week]);
        }
        return most;
    }
}
