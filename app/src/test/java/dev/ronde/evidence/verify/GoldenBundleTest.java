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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A bundle of each layout that an auditor took away long ago, by a version of its own name: it must verify with today's code, and with one
 * byte flipped anywhere it must not. When this fails after a change of a table or of the format, the change needs a new layout beside the
 * old ones; once a version that writes a layout is released, its file is never made again.
 */
@ParameterizedClass
@CsvSource({
    "1, ronde.example/test+9654dff9+AVSB5FkZknzHL3o7HPO6XAIcdeqbi7vQMLuX8uer9j09",
    "2, ronde.example/test+ea60ca61+AXsbAttAxqQc8myK79xbqG8zLRoJjj2wxbSqFp3XjNBR",
})
class GoldenBundleTest {
    private final String layout;
    private final String vkey;

    @TempDir
    Path folder;

    private Path zip;
    private Path checkpoint;

    GoldenBundleTest(String layout, String vkey) {
        this.layout = layout;
        this.vkey = vkey;
    }

    @BeforeEach
    void copy() throws IOException {
        zip = Files.write(folder.resolve("golden.zip"), resource("bundle-v" + layout + ".zip"));
        checkpoint = Files.write(folder.resolve("checkpoint.txt"), resource("checkpoint-v" + layout + ".txt"));
    }

    @Test
    void aBundleOfOldStillVerifies() {
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

    private EvidenceVerify.Result verify(Path bundle, Path... checkpoints) {
        return EvidenceVerify.verify(new EvidenceVerify.Request(bundle, vkey, List.of(checkpoints), false));
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
