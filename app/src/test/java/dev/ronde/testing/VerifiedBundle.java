package dev.ronde.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.verify.EvidenceVerify;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A bundle as an auditor gets it: asked for by the API, and verified.
 *
 * @param id of the export
 */
public record VerifiedBundle(String id, Path zip) {
    /** Exports this scope and demands that it verifies. */
    public static VerifiedBundle export(TestApp app, Map<String, Object> scope) {
        TestApp.Answer asked = app.post("/api/v1/evidence/exports", scope).is(202);
        app.settle();
        String id = asked.text("/id");
        String name = app.get("/api/v1/evidence/exports/" + id).text("/file_name");
        Path zip = app.home().resolve("exports").resolve(name);
        String key = app.get("/api/v1/ledger/checkpoint").text("/vkey");
        EvidenceVerify.Result result = EvidenceVerify.verify(new EvidenceVerify.Request(zip, key, List.of(), false));
        assertThat(result.exitCode()).as(String.join("\n", result.lines())).isZero();
        return new VerifiedBundle(id, zip);
    }

    /** The file in a folder whose name ends like this. */
    public byte[] file(String folder, String end) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            ZipEntry entry = file.stream()
                    .filter(candidate -> candidate.getName().contains(folder)
                            && candidate.getName().endsWith(end))
                    .findFirst()
                    .orElseThrow();
            return file.getInputStream(entry).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table of the population. */
    public String table(String name) {
        return new String(file("population/", name), StandardCharsets.UTF_8);
    }
}
