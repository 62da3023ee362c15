package dev.ronde.evidence.export;

import dev.ronde.testing.DatabaseKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an auditor waits for: seconds of CPU and of the clock to verify a bundle of many records with the stand-alone {@code Verify.java} and
 * a heap of 512 MB, its compilation included. The bundle is made once and kept in the folder.
 */
public final class VerifyBench {
    private static final Path VERIFIER = Path.of("app/src/main/resources/evidence/Verify.java");

    private VerifyBench() {}

    /** @param args records, rounds, and a folder for the bundle */
    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Path home = Path.of(args.length > 2 ? args[2] : "target/verify-bench-" + records);
        Path key = home.resolve("vkey.txt");
        if (!Files.exists(key)) {
            try (BundleFixture fixture = new BundleFixture(DatabaseKind.POSTGRESQL, home)) {
                new ManyRecords(fixture).make(records);
                Path zip = fixture.zip(BundleFixture.MARCH);
                Files.move(BundleFixture.unpack(zip, home.resolve("unpacked")), home.resolve("bundle"));
                Files.writeString(key, fixture.vkey());
            }
        }
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(
                            "sh",
                            "-c",
                            "java -Xmx512m " + VERIFIER + " " + home.resolve("bundle") + " '" + Files.readString(key)
                                    + "' >&2; times")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> times = process.inputReader().lines().toList();
            System.out.printf(
                    "{\"bench\":\"verify_%d\",\"seconds\":%.1f,\"cpu_user_system\":\"%s\"}%n",
                    records, (System.nanoTime() - start) / 1e9, times.get(times.size() - 1));
        }
        System.exit(0);
    }
}
