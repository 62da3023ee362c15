package dev.ronde.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bundle of layout 1 that an auditor took away long ago, by a version of its own name: it must verify with today's code, and with one byte
 * flipped anywhere it must not. When this fails after a change of a table or of the format, the change needs a new layout
 * beside the old one; once 0.1.0 is released, the file is never made again.
 */
class GoldenBundleTest {
    private static final String VKEY = "ronde.example/test+9654dff9+AVSB5FkZknzHL3o7HPO6XAIcdeqbi7vQMLuX8uer9j09";

    @TempDir
    Path folder;

    private Path zip;
    private Path checkpoint;

    @BeforeEach
    void copy() throws IOException {
        zip = Files.write(folder.resolve("golden.zip"), resource("bundle-v1.zip"));
        checkpoint = Files.write(folder.resolve("checkpoint.txt"), resource("checkpoint-v1.txt"));
    }

    @Test
    void aBundleOfVersionOneStillVerifies() {
        EvidenceVerify.Result result = verify(zip, checkpoint);
        assertThat(result.exitCode()).as(String.join("\n", result.lines())).isZero();
        assertThat(result.lines()).contains("VERIFIED").noneMatch(line -> line.contains("UNTRUSTED"));
        assertThat(String.valueOf(result.json().get("records"))).matches("\\{from=0, size=([0-9]+), until=\\1}");
    }

    @Test
    void oneFlippedByteInAnyFileIsFound() throws IOException {
        Random random = new Random(20191205L);
        Map<String, byte[]> files = files();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] flipped = file.getValue().clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Map<String, byte[]> all = new LinkedHashMap<>(files);
            all.put(file.getKey(), flipped);
            int code = verify(zipped(all)).exitCode();
            assertThat(code).as("byte " + at + " of " + file.getKey()).isIn(1, 10, 11, 12);
        }
    }

    @Test
    void aFileMoreOrLessIsFound() throws IOException {
        for (String path : files().keySet()) {
            Map<String, byte[]> all = files();
            all.remove(path);
            assertThat(verify(zipped(all)).exitCode()).as("without " + path).isIn(1, 10, 23);
        }
        Map<String, byte[]> all = files();
        String top = all.keySet().iterator().next().split("/", 2)[0];
        all.put(top + "/population/extra.csv", "a,b\n".getBytes(StandardCharsets.UTF_8));
        assertThat(verify(zipped(all)).exitCode()).isEqualTo(23);
    }

    private static EvidenceVerify.Result verify(Path bundle, Path... checkpoints) {
        return EvidenceVerify.verify(new EvidenceVerify.Request(bundle, VKEY, List.of(checkpoints), false));
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private Path zipped(Map<String, byte[]> files) throws IOException {
        Path edited = folder.resolve("edited.zip");
        try (OutputStream out = Files.newOutputStream(edited);
                ZipOutputStream into = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                into.putNextEntry(new ZipEntry(file.getKey()));
                into.write(file.getValue());
                into.closeEntry();
            }
        }
        return edited;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GoldenBundleTest.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IOException("no " + name);
            }
            return in.readAllBytes();
        }
    }
}
