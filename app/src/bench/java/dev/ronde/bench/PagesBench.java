package dev.ronde.bench;

import dev.ronde.App;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.BigEstate;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestApp;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** P5: p95 of the pages people open every day, at a small and at a large number of assets. */
public final class PagesBench {
    private static final Map<String, String> PAGES = pages();
    /** What a running server has counted before anybody asks. */
    private static final List<String> FIGURES =
            List.of("dashboard-figures", "check-figures", "asset-choices", "framework-figures", "gap-figures");

    private PagesBench() {}

    public static void main(String[] args) throws IOException, SQLException {
        int small = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int large = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        int times = args.length > 2 ? Integer.parseInt(args[2]) : 60;
        DatabaseKind kind = args.length > 3 ? DatabaseKind.valueOf(args[3]) : DatabaseKind.H2;
        Map<String, Double> few;
        Map<String, Double> many;
        try (Databases databases = new Databases()) {
            few = measure(kind == DatabaseKind.H2 ? Map.of() : databases.fresh(), small, times);
            many = measure(kind == DatabaseKind.H2 ? Map.of() : databases.fresh(), large, times);
        }
        System.out.printf("%-14s %14s %14s %8s%n", "p95 (ms)", small + " assets", large + " assets", "ratio");
        few.forEach((page, value) -> System.out.printf(
                Locale.ROOT, "%-14s %14.1f %14.1f %8.2f%n", page, value, many.get(page), many.get(page) / value));
        System.out.println("{\"bench\":\"pages_" + kind.name().toLowerCase(Locale.ROOT)
                + "\",\"unit\":\"ms_p95\",\"times\":" + times + ",\"assets\":[" + small + ","
                + large + "],"
                + few.keySet().stream()
                        .map(page ->
                                String.format(Locale.ROOT, "\"%s\":[%.1f,%.1f]", page, few.get(page), many.get(page)))
                        .collect(Collectors.joining(","))
                + "}");
        System.exit(0);
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("dashboard", "/");
        pages.put("assets", "/assets");
        pages.put("assets_unit", "/assets?unit=unit-2");
        pages.put("assets_late", "/assets?state=late");
        pages.put("assets_in_date", "/assets?state=in_date");
        pages.put("asset", "/assets/asset-77");
        pages.put("reviews", "/reviews");
        pages.put("reviews_overdue", "/reviews?overdue=true");
        pages.put("reviews_open", "/reviews?state=open");
        pages.put("reviews_missed", "/reviews?state=missed");
        pages.put("review", "/reviews/REV-389");
        pages.put("findings", "/findings");
        pages.put("checks", "/checks");
        pages.put("coverage", "/coverage");
        pages.put("gaps", "/coverage/gaps");
        return pages;
    }

    private static Map<String, Double> measure(Map<Setting, String> settings, int assets, int times) {
        Map<String, Double> found = new LinkedHashMap<>();
        try (TestApp app = TestApp.start(InstantSource.system(), settings, App.Mode.STILL)) {
            BigEstate.fill(app, assets);
            System.err.println(assets + " filled");
            app.app().settle(FIGURES);
            for (Map.Entry<String, String> page : PAGES.entrySet()) {
                for (int i = 0; i < times / 4 + 1; i++) {
                    millis(app, page.getValue());
                }
                List<Double> taken = new ArrayList<>();
                for (int i = 0; i < times; i++) {
                    taken.add(millis(app, page.getValue()));
                }
                double[] sorted =
                        taken.stream().mapToDouble(Double::doubleValue).sorted().toArray();
                found.put(page.getKey(), sorted[(int) Math.ceil(0.95 * sorted.length) - 1]);
                System.err.println(assets + " " + page.getKey() + " " + Arrays.toString(Arrays.copyOf(sorted, 1))
                        + " … " + found.get(page.getKey()));
            }
        }
        return found;
    }

    private static double millis(TestApp app, String path) {
        long start = System.nanoTime();
        TestApp.Answer answer = app.get(path);
        if (answer.status() != 200) {
            throw new IllegalStateException(path + " answered " + answer.status() + ": " + answer.body());
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
