package dev.ronde.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check file words an HTTP question: a read of the asset it is about, and nothing else. */
final class HttpQuestionsTest {
    private static final String PATH = "path: \"/api/v2/status\"";

    @TempDir
    static Path folder;

    private List<String> problems(String target) throws IOException {
        String packaged = Files.readString(Path.of("checks/alertmanager-anonymous.yaml"))
                .replace("    prefix: \"{{params.prefix}}\"\n", "");
        assertThat(packaged).contains(PATH);
        Files.writeString(folder.resolve("alertmanager-anonymous.yaml"), packaged.replace(PATH, target));
        return TestChecks.loadAlone(folder).find("alertmanager-anonymous").orElseThrow().problems().stream()
                .map(LoadProblem::message)
                .toList();
    }

    @Test
    void takesAReadOfAPath() throws IOException {
        assertThat(problems(PATH)).isEmpty();
        assertThat(problems("method: HEAD\n    path: \"/a?b=c%20d\"\n    thenPath: /"))
                .isEmpty();
        assertThat(problems(PATH + "\n    markers: \"json:^[ && ]$\\n<title>a b</title>\\n^a$\""))
                .isEmpty();
    }

    @Test
    void saysOnWhichLineATextIsMissing() throws IOException {
        problems(PATH + "\n    flags: \"json:\"");
        List<LoadProblem> found = TestChecks.loadAlone(folder)
                .find("alertmanager-anonymous")
                .orElseThrow()
                .problems();
        String[] lines =
                Files.readString(folder.resolve("alertmanager-anonymous.yaml")).split("\n");
        assertThat(found)
                .singleElement()
                .satisfies(problem -> assertThat(lines[problem.line() - 1]).contains("flags:"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            method: POST | must match GET|HEAD; probes only read
            method: DELETE | must match GET|HEAD
            method: get | must match GET|HEAD
            method: "GET / HTTP/1.1\\r\\nX:" | must match GET|HEAD
            thenMethod: PUT | must match GET|HEAD
            path: "http://169.254.169.254/latest/meta-data/" | 'path' must match
            path: "http://{{asset.address}}/" | 'path' must match
            path: "/a\\r\\nHost: b" | 'path' must match
            path: "/a HTTP/1.1" | 'path' must match
            path: "/{{asset.address}} HTTP/1.1" | 'path' must match
            prefix: "/a?b=c" | 'prefix' must match
            prefix: "{{asset.address}}" | 'prefix' must match
            thenPath: "gopher://127.0.0.1/" | 'thenPath' must match
            header: "X: y" | 'header' must match
            flag: "a\\nb" | 'flag' must match
            body: "{}" | probe http.exchange has no option 'body'
            headers: "Authorization: Basic YTpi" | has no option 'headers'; did you mean 'header'?
            authorization: "Basic YTpi" | has no option 'authorization'
            follow: "true" | has no option 'follow'
            proxy: "http://10.0.0.1" | has no option 'proxy'
            markers: "json:" | 'markers' has 'json:', of which a part is not a text
            markers: "one\\nall && " | 'markers' has 'all &&'
            markers: "&&" | 'markers' has '&&'
            markers: "json: && a" | of which a part is not a text
            flags: "^" | 'flags' has '^'
            flags: "a && $" | of which a part is not a text
            thenMarkers: "^ $" | of which a part is not a text
            thenFlags: "json:^" | of which a part is not a text
            """)
    void refusesWhateverIsMore(String target, String problem) throws IOException {
        assertThat(problems(target)).anySatisfy(found -> assertThat(found).contains(problem));
    }
}
