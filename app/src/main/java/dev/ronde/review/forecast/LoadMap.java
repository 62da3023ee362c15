package dev.ronde.review.forecast;

import dev.ronde.platform.text.Cut;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The heat map of a forecast in the coordinates of its view box: one line an owner, one square a block of weeks.
 *
 * @param compact true for the variant of small screens
 */
record LoadMap(
        boolean compact,
        int width,
        int height,
        List<Line> lines,
        List<Square> squares,
        List<Label> labels,
        List<Shade> legend) {

    private static final int TOP = 24;
    private static final int ROW = 24;
    private static final int LABEL_SPACE = 40;

    public record Line(int y, String name) {}

    /** {@code shade} runs from 0 (nothing due) to 4 (the fullest). */
    public record Square(int x, int y, int size, int shade, LocalDate from, int due, String name) {}

    public record Label(int x, LocalDate day) {}

    /** What a shade says: reviews that become due in one square, both ends included. */
    public record Shade(int shade, int from, int to) {}

    static LoadMap of(Forecasts.Forecast forecast, List<OwnerLoad> owners, int size) {
        boolean compact = size > 1;
        int left = compact ? 120 : 190;
        int step = compact ? 19 : 15;
        int most = owners.stream()
                .flatMap(owner -> owner.blocks(size).stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        List<Line> lines = new ArrayList<>();
        List<Square> squares = new ArrayList<>();
        int columns = 0;
        for (int row = 0; row < owners.size(); row++) {
            OwnerLoad owner = owners.get(row);
            String name = owner.name().isEmpty() ? owner.owner() : owner.name();
            int y = TOP + row * ROW;
            lines.add(new Line(y + 15, shortened(name, compact ? 16 : 26)));
            List<Integer> blocks = owner.blocks(size);
            columns = blocks.size();
            for (int block = 0; block < columns; block++) {
                int due = blocks.get(block);
                LocalDate from = forecast.weeks().monday().plusWeeks((long) block * size);
                squares.add(new Square(left + block * step, y, step - 2, shade(due, most), from, due, name));
            }
        }
        return new LoadMap(
                compact,
                left + columns * step,
                TOP + owners.size() * ROW,
                lines,
                squares,
                labels(forecast, columns, size, left, step),
                legend(most));
    }

    private static List<Label> labels(Forecasts.Forecast forecast, int columns, int size, int left, int step) {
        List<Label> labels = new ArrayList<>();
        int last = -LABEL_SPACE;
        for (int block = 0; block < columns; block++) {
            LocalDate from = forecast.weeks().monday().plusWeeks((long) block * size);
            int x = left + block * step;
            boolean begins = block == 0 || from.getDayOfMonth() <= 7 * size;
            if (begins && x - last >= LABEL_SPACE) {
                labels.add(new Label(x, from));
                last = x;
            }
        }
        return labels;
    }

    private static List<Shade> legend(int most) {
        List<Shade> legend = new ArrayList<>();
        int from = 0;
        for (int count = 0; count <= most; count++) {
            if (count == most || shade(count + 1, most) != shade(count, most)) {
                legend.add(new Shade(shade(count, most), from, count));
                from = count + 1;
            }
        }
        return legend;
    }

    private static String shortened(String name, int most) {
        return Cut.marked(name, most);
    }

    private static int shade(int count, int most) {
        return count == 0 ? 0 : (int) Math.max(1, Math.ceil(4.0 * count / most));
    }
}
