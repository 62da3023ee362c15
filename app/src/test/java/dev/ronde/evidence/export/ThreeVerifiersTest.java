package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.ronde.account.People;
import dev.ronde.account.PersonRecords;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.text.Sha256;
import dev.ronde.retention.Erasures;
import dev.ronde.retention.Purge;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestBrowser;
import dev.ronde.testing.TestBrowser.View;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java, Python and the browser come to one exit code and one last line, on good bundles and on bad ones, in all that the latter two do. */
@Tag("tools")
@Tag("long")
@Needs({"python3", "chromium", "node"})
class ThreeVerifiersTest {
    private static final Path TOOLS = Path.of("app/src/main/resources/evidence").toAbsolutePath();
    private static final String GOLDEN_KEY = "ronde.example/test+9654dff9+AVSB5FkZknzHL3o7HPO6XAIcdeqbi7vQMLuX8uer9j09";

    private static final Instant LATER = Instant.parse("2027-06-01T04:20:00Z");
    private static final String ERASED = "[erased 2027-06-01, Art. 17]";

    @TempDir
    Path home;

    private Page page;
    private Path folder;
    private final List<String> different = new ArrayList<>();

    /** What is done to the folder of a bundle, before its files are listed and signed again. */
    private static Map<String, Consumer<Path>> attacks() {
        Map<String, Consumer<Path>> attacks = new TreeMap<>();
        attacks.put("00 nothing", folder -> {});
        attacks.put("11 record", edit("data/records.jsonl", "\"fail\"", "\"pass\""));
        attacks.put("11 another export key", folder -> {});
        attacks.put("12 another log key", edit("keys/log.vkey", "\\+[0-9a-f]{8}\\+", "+00000000+"));
        attacks.put("12 checkpoint", edit("ledger/checkpoint", "(— \\S+ \\S{20})\\S{4}", "$1AAAA"));
        attacks.put("13 index", edit("ledger/index.csv", "\n3,", "\n4,"));
        attacks.put("13 counts", edit("manifest.json", "\"disclosed\":", "\"disclosed\":1"));
        attacks.put("13 line", edit("ledger/index.csv", "check.result,[0-9]+", "check.result,"));
        attacks.put("14 record", edit("data/records.jsonl", "\"fail\"", "\"pass\""));
        attacks.put("14 record more", edit("data/records.jsonl", "$", "{}\n"));
        attacks.put(
                "15 leaf of a withheld record",
                edit("ledger/index.csv", "[0-9a-f]{8}(?=[0-9a-f]{56},asset.retired,\n)", "00000000"));
        attacks.put(
                "15 range proof",
                edit("ledger/range-proof.json", "\"right\":\\[", "\"right\":[\"" + "0".repeat(64) + "\""));
        attacks.put("15 size of the proof", edit("ledger/range-proof.json", "\"n\":", "\"n\":1"));
        attacks.put("20 attachment", edit("data/blobs/shown", "1", "3"));
        attacks.put("20 attachment gone", folder -> delete(folder.resolve(blob(folder, "[1,2]"))));
        attacks.put("20 configuration gone", folder -> delete(folder.resolve(blob(folder, "{\"requirepass\":true}"))));
        attacks.put("20 text", edit("data/private.jsonl", "Looked at everything", "Looked at nothing"));
        attacks.put("20 text gone", edit("data/private.jsonl", ".*\n", ""));
        attacks.put("20 name", edit("population/people.json", "Jeanne", "Jean"));
        attacks.put("21 table", edit("population/checks.csv", ",high,", ",low,"));
        attacks.put("23 file gone", folder -> delete(folder.resolve("population/checks.csv")));
        attacks.put("23 file more", folder -> BundleFixture.write(folder.resolve("population/more.csv"), "a\n"));
        attacks.put("23 layout", edit("manifest.json", "\"formatVersion\":2", "\"formatVersion\":3"));
        attacks.put("23 manifest", edit("manifest.json", "\\{", "{ "));
        return attacks;
    }

    @Test
    void allThreeComeToOneCode() throws Exception {
        try (BundleFixture ledger = new BundleFixture(DatabaseKind.H2, home.resolve("ledger"));
                TestBrowser browser = new TestBrowser();
                BrowserContext visitor = browser.visitor(View.DESKTOP.scripted(), "http://localhost")) {
            page = visitor.newPage();
            List<String> complaints = TestBrowser.complaints(page);
            page.navigate(TOOLS.resolve("verify.html").toUri().toString());
            golden();
            purgedAndErased();
            ledger.test.sealed(3);
            Path older = ledger.checkpointFile(home);
            ledger.lived();
            Path newest = ledger.checkpointFile(home);
            Path zip = ledger.zip(BundleFixture.MARCH);
            compare("good", 0, zip, ledger.vkey(), newest);
            compare("a checkpoint inside the range", 0, zip, ledger.vkey(), older);
            compare("a mistyped key", 2, zip, ledger.vkey().replaceFirst("\\+[0-9a-f]{8}\\+", "+00000000+"));
            compare("another key", 12, zip, GOLDEN_KEY);
            compare(
                    "no checkpoint",
                    1,
                    zip,
                    ledger.vkey(),
                    BundleFixture.write(home.resolve("none.txt"), "Good morning\n"));
            ledger.test.sealed(2);
            compare("a newer checkpoint", 16, zip, ledger.vkey(), ledger.checkpointFile(home));
            for (Map.Entry<String, Consumer<Path>> attack : attacks().entrySet()) {
                folder = BundleFixture.unpack(zip, home.resolve(attack.getKey()));
                attack.getValue().accept(folder);
                int code = Integer.parseInt(attack.getKey().substring(0, 2));
                if (attack.getKey().equals("11 another export key")) {
                    resign(SigningKey.create(home.resolve("mine.key")));
                } else if (code == 11 || attack.getKey().endsWith("manifest")) {
                    ledger.sumAsItIsAndSign(folder);
                    if (code == 11) {
                        Files.write(folder.resolve("SHA256SUMS.sig"), new byte[64]);
                    }
                } else {
                    ledger.sumAndSign(folder);
                }
                compare(attack.getKey(), code, zipped(folder), ledger.vkey());
            }
            BundleFixture.write(folder.resolve("README.txt"), "x");
            compare("10 file", 10, zipped(folder), ledger.vkey());
            compare("requests of an auditor", 0, answered(ledger), ledger.vkey());
            assertThat(different).isEmpty();
            assertThat(complaints).isEmpty();
        }
    }

    private static Path answered(BundleFixture ledger) {
        ledger.test.append(Evidence.of("request.asked", BundleFixture.JEANNE, Subject.of("request", "r-1"))
                .data("due", "2026-04-30")
                .priv("text", "Qui est parti ?"));
        ledger.test.append(Evidence.of("request.answered", BundleFixture.JEANNE, Subject.of("request", "r-1"))
                .priv("text", "Les voici.")
                .priv("file_name", "leavers.csv")
                .attach("answer.csv", "text/csv", "name\nWalrus\n".getBytes(StandardCharsets.UTF_8)));
        ledger.test.ledger.seal();
        return ledger.zip(
                new ExportScope(LocalDate.parse("2026-04-01"), LocalDate.parse("2026-04-30"), List.of(), List.of()));
    }

    /** Of March, a year later: its results are gone, and so is Jeanne. */
    private void purgedAndErased() throws IOException {
        try (BundleFixture ledger = new BundleFixture(DatabaseKind.H2, home.resolve("older"))) {
            ledger.lived();
            ledger.test.clock.set(LATER);
            ledger.test.database.useTransaction(tx -> tx.createUpdate("""
                            insert into person (id, actor_ref, email, email_key, name, zone, language, active, created_at, updated_at, version)
                            values (:id, :ref, 'jeanne@example.org', 'jeanne@example.org', 'Jeanne', 'UTC', 'en', false, :now, :now, 1)""")
                    .bind("id", UUID.randomUUID())
                    .bind("ref", BundleFixture.JEANNE.ref())
                    .bind("now", LATER)
                    .execute());
            People people = new People(
                    ledger.test.database,
                    SettingsReader.read(Map.of(), Map.of()),
                    ledger.test.clock,
                    new PersonRecords(ledger.test.log));
            var erased = new Erasures(ledger.test.database, ledger.test.clock, ledger.test.log, people)
                    .erase(BundleFixture.JEANNE.ref(), "Art. 17", Actor.SYSTEM);
            assertThat(erased.texts()).isPositive();
            assertThat(new Purge(ledger.test.database, ledger.test.log, ledger.test.ledger, "13m").run(LATER))
                    .isPositive();
            ledger.test.ledger.seal();
            Path checkpoint = ledger.checkpointFile(home);
            Path zip = ledger.zip(BundleFixture.MARCH);
            folder = BundleFixture.unpack(zip, home.resolve("purged"));
            assertThat(BundleFixture.read(folder.resolve("ledger/index.csv"))).contains(",purged ");
            assertThat(BundleFixture.read(folder.resolve("population/people.json")))
                    .contains(ERASED);
            compare("purged and erased", 0, zip, ledger.vkey(), checkpoint);
            edit("population/people.json", Pattern.quote(ERASED), "Jeanne").accept(folder);
            ledger.sumAndSign(folder);
            compare("a name in the place of an erased one", 20, zipped(folder), ledger.vkey());
        }
    }

    private void golden() throws IOException {
        Path zip = Files.write(home.resolve("golden.zip"), resource("bundle-v1.zip"));
        Path checkpoint = Files.write(home.resolve("golden.txt"), resource("checkpoint-v1.txt"));
        compare("golden", 0, zip, GOLDEN_KEY, checkpoint);
    }

    /** What no library reads alike is refused by both, and what the product writes is taken. */
    @Test
    void bothRefuseWhatIsNotCanonical() throws Exception {
        List<String> bad = List.of(
                "{\"x\":1.0}",
                "{\"x\": 1}",
                "{\"x\":9007199254740992}",
                "{\"x\":\"\\u0000\"}",
                "{\"x\":\"e\u0301\"}",
                "{\"1\":1}",
                "{\"x\":-0}",
                "{\"x\":\"\\u001F\"}",
                "{\"x\":\"\\/\"}",
                "{\"b\":1,\"a\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":null}",
                "{\"a\":\"\\ud800\"}",
                "[1,]",
                "{\"a\":1e3}",
                "{\"a\":NaN}",
                "{\"\":1}",
                "{\"__proto__\":1}",
                "\ufeff{}");
        String good = Canonical.text(Map.of(
                "b", List.of(true, -1L, 9007199254740991L), "aB.c-d", "\u0001\t\"\\/\u2028\u00e9\ud83d\ude00\u007f"));
        BundleFixture.write(home.resolve("lines"), String.join("\n", bad) + "\n" + good + "\n");
        String python = "import sys; sys.path.insert(0, sys.argv[1]); import verify\n"
                + "for line in open(sys.argv[2], 'rb'):\n"
                + "    try: verify.canonical(line[:-1]); print('taken')\n"
                + "    except ValueError: print('refused')\n";
        List<String> expected =
                new ArrayList<>(bad.stream().map(line -> "refused").toList());
        expected.add("taken");
        assertThat(BundleFixture.run(
                                home,
                                0,
                                "python3",
                                "-B",
                                "-c",
                                python,
                                TOOLS.toString(),
                                home.resolve("lines").toString())
                        .lines())
                .containsExactlyElementsOf(expected);
        try (TestBrowser browser = new TestBrowser();
                BrowserContext visitor = browser.visitor(View.DESKTOP.scripted(), "http://localhost")) {
            page = visitor.newPage();
            page.navigate(TOOLS.resolve("verify.html").toUri().toString());
            List<String> lines = new ArrayList<>(bad);
            lines.add(good);
            assertThat(page.evaluate(
                            "lines => lines.map(line => { try { canonical(utf8(line)); return 'taken' } catch (e) { return 'refused' } })",
                            lines))
                    .isEqualTo(expected);
            assertThat(TestBrowser.axe(page)).isEmpty();
        }
    }

    /** The code, and of a good bundle V6 as it is told and the last line. */
    private record Outcome(int code, List<String> told) {
        static Outcome of(int code, List<String> lines) {
            String last = lines.get(lines.size() - 1);
            return new Outcome(
                    code,
                    code != 0
                            ? List.of()
                            : lines.stream()
                                    .filter(line -> line.matches("\\S+ +V6 .*") || line.equals(last))
                                    .toList());
        }
    }

    private void compare(String what, int code, Path zip, String vkey, Path... held) {
        EvidenceVerify.Result result =
                EvidenceVerify.verify(new EvidenceVerify.Request(zip, vkey, Arrays.asList(held), false));
        Outcome java = Outcome.of(result.exitCode(), result.lines());
        Outcome python = python(zip, vkey, held);
        Outcome html = html(zip, vkey, held);
        boolean alike = code == 21 ? python.code == 0 : python.equals(java);
        boolean told = code != 0 || java.told.get(0).startsWith(held.length == 0 ? "--" : "ok");
        if (java.code != code || !alike || !told || !html.equals(python)) {
            different.add(what + ": Java " + java + ", Python " + python + ", browser " + html + " "
                    + page.textContent("#result"));
        }
    }

    private static Outcome python(Path zip, String vkey, Path... held) {
        List<String> command = new ArrayList<>(
                List.of("python3", "-B", TOOLS.resolve("verify.py").toString(), zip.toString(), vkey));
        Stream.of(held).map(Path::toString).forEach(command::add);
        return Unchecked.get(() -> {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return Outcome.of(process.exitValue(), said.lines().toList());
        });
    }

    private Outcome html(Path zip, String vkey, Path... held) {
        page.setInputFiles("#bundle", zip);
        page.fill("#vkey", vkey);
        page.fill("#held", Stream.of(held).map(BundleFixture::read).reduce("", String::concat));
        page.click("button");
        page.waitForSelector("#result[data-code]");
        return Outcome.of(
                Integer.parseInt(page.getAttribute("#result", "data-code")),
                page.textContent("#result").lines().toList());
    }

    private void resign(SigningKey mine) throws IOException {
        BundleFixture.write(
                folder.resolve("keys/export.pub.pem"), mine.verifierKey("x").pem());
        BundleFixture.sum(folder);
        Files.write(folder.resolve("SHA256SUMS.sig"), mine.sign(Files.readAllBytes(folder.resolve("SHA256SUMS"))));
    }

    private static Consumer<Path> edit(String path, String from, String to) {
        return folder -> {
            Path file = folder.resolve(path.equals("data/blobs/shown") ? blob(folder, "[1,2]") : path);
            String honest = BundleFixture.read(file);
            String edited = honest.replaceFirst(from, to);
            assertThat(edited).as(path).isNotEqualTo(honest);
            BundleFixture.write(file, edited);
        };
    }

    private static String blob(Path folder, String content) {
        return "data/blobs/" + Sha256.hex(content) + ".json";
    }

    private static void delete(Path file) {
        Unchecked.run(() -> Files.delete(file));
    }

    private static Path zipped(Path folder) throws IOException {
        Path zip = folder.resolveSibling("edited.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream into = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                into.putNextEntry(new ZipEntry(folder.getFileName() + "/" + folder.relativize(file)));
                Files.copy(file, into);
                into.closeEntry();
            }
        }
        return zip;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ThreeVerifiersTest.class.getResourceAsStream("/golden/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
