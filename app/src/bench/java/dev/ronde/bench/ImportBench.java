package dev.ronde.bench;

import dev.ronde.App;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** P7, import: seconds for 100,000 assets over the API, each with its evidence record, on both databases. */
public final class ImportBench {
    private ImportBench() {}

    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        String csv = csv(rows);
        try (Databases postgres = new Databases()) {
            List<Double> h2 = new ArrayList<>();
            List<Double> postgresql = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                h2.add(seconds(Map.of(), csv, rows));
                postgresql.add(seconds(postgres.fresh(), csv, rows));
            }
            Ratio.print("import_" + rows + "_h2", "s", array(h2));
            Ratio.print("import_" + rows + "_postgresql", "s", array(postgresql));
        }
        System.exit(0);
    }

    private static double seconds(Map<Setting, String> settings, String csv, int rows) {
        try (TestApp app = TestApp.start(InstantSource.system(), settings, App.Mode.STILL)) {
            long start = System.nanoTime();
            TestApp.Answer answer = app.call(
                    "POST",
                    "/api/v1/assets/import",
                    csv,
                    Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "text/csv"));
            double seconds = (System.nanoTime() - start) / 1e9;
            if (answer.json().path("created").asInt(0) != rows) {
                throw new IllegalStateException(answer.body());
            }
            return seconds;
        }
    }

    static String csv(int rows) {
        StringBuilder csv = new StringBuilder("ref,name,kind,owner_email,criticality,unit,address,port,tags\n");
        for (int i = 0; i < rows; i++) {
            csv.append("asset-")
                    .append(i)
                    .append(",Asset number ")
                    .append(i)
                    .append(",service.redis,owner")
                    .append(i % 200)
                    .append("@example.org,high,unit-")
                    .append(i % 4)
                    .append(",10.1.")
                    .append(i / 250 % 250)
                    .append('.')
                    .append(i % 250)
                    .append(",6379,bench|tag-")
                    .append(i % 10)
                    .append('\n');
        }
        return csv.toString();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
