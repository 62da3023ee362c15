package dev.ronde.evidence.export;

import dev.ronde.bench.Ratio;
import dev.ronde.testing.DatabaseKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * P4: records a second from PostgreSQL into a bundle, against {@code COPY} of the same rows to a file, {@code sha256sum} of it and
 * {@code zip -1} of it. Start it with a heap of 512 MB.
 */
public final class ExportBench {
    private static final String ROWS = """
            copy (select l.idx, l.leaf_hash, r.rec_type, r.payload
                  from ledger_leaf l join evidence_record r on r.rec_id = l.rec_id order by l.idx) to stdout""";

    private ExportBench() {}

    /** @param args records, rounds, and a folder */
    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path home = Path.of(args.length > 2 ? args[2] : "target/export-bench");
        Files.createDirectories(home);
        System.err.println("heap of at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        try (BundleFixture fixture = new BundleFixture(DatabaseKind.POSTGRESQL, home)) {
            new ManyRecords(fixture).make(records);
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                Path bundle = fixture.zip(BundleFixture.MARCH);
                ours[round] = records / ((System.nanoTime() - start) / 1e9);
                start = System.nanoTime();
                copy(fixture, home.resolve("rows"));
                theirs[round] = records / ((System.nanoTime() - start) / 1e9);
                System.err.printf("%.0f/s, %d MB; copy %.0f/s%n", ours[round], Files.size(bundle) >> 20, theirs[round]);
                Files.delete(bundle);
            }
        }
        Ratio.print("export_" + records, "records/s", ours, theirs);
        System.exit(0);
    }

    private static void copy(BundleFixture fixture, Path file) throws IOException, SQLException, InterruptedException {
        try (var handle = fixture.test.database.jdbi().open();
                OutputStream out = Files.newOutputStream(file)) {
            handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(ROWS, out);
        }
        run("sha256sum", file.toString());
        run("zip", "-q", "-1", file + ".zip", file.toString());
        Files.delete(file);
        Files.delete(Path.of(file + ".zip"));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                != 0) {
            throw new IllegalStateException(String.join(" ", command));
        }
    }
}
