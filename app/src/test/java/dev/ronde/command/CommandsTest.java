package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.Sql;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Commands on a home of their own, beside a running server, and against a remote one: the result is the same. */
@Tag("long")
final class CommandsTest extends HomeTest {
    private static final String CSV = """
            ref,name,kind,owner_email,criticality
            web-01,Shop,service.redis,ada@example.org,high
            web-02,Cache,service.redis,bob@example.org,low
            """;
    private static final String TWO_BAD = """
            ref,name,kind,owner_email,criticality
            web-03,Good,service.redis,ada@example.org,high
            bad ref,Bad,service.redis,ada@example.org,high
            web-04,Bad,no.such.kind,ada@example.org,high
            """;

    private void imported(String csv) throws IOException {
        run("asset", "import", write("assets.csv", csv).toString());
    }

    @Test
    void aFolderInThePlaceOfAFileAndWordsThatMeanNothingAreNamed() throws IOException {
        String into = Files.createDirectory(folder.resolve("folder")).toString();
        Terminal.Run export = export(into);
        assertThat(export.code()).as(export.out()).isEqualTo(1);
        assertThat(export.err()).contains(into + " is a folder. Name a file in it");
        assertThat(Path.of(into)).isDirectory();
        assertThat(ended(1, "asset", "import", into).err()).contains(into + " is a folder. Name a file in it");

        assertThat(ended(2, "user add --email a@example.org --name A --role boss")
                        .err())
                .contains("expected one of [ADMIN, COMPLIANCE, OWNER, AUDITOR, AGENT, PROBER]", "boss");
        assertThat(run("user add --help").out()).contains("admin, compliance, owner or auditor.");
        Terminal.Run mail = ended(2, "mail test nobody");
        assertThat(mail.err()).contains("“nobody” is not a mail address");
        for (String address : List.of("foo", "ftp://ronde.example.org", "https://", "h ttp://x")) {
            Terminal.Run remote =
                    Terminal.run(Map.of("RONDE_URL", address, "RONDE_TOKEN", "ronde_x"), "", "asset", "list");
            assertThat(remote.code()).as(remote.err()).isEqualTo(2);
            assertThat(remote.err()).contains("RONDE_URL is \"" + address + "\": write an address");
        }
        Terminal.Run port = ended(2, "serve --port abc");
        assertThat(port.err()).contains("--port").doesNotContain("RONDE_BASE_URL");
    }

    @Test
    void peopleAndTokensOnAHomeOfItsOwn() {
        Terminal.Run added = commands.type(
                "correct horse\n",
                "user",
                "add",
                "--email",
                "ada@example.org",
                "--name",
                "Ada",
                "--role",
                "admin",
                "--password-stdin");
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.err()).isEqualToIgnoringWhitespace("Account of ada@example.org as admin.");

        assertThat(run("user add --email bob@example.org --name Bob --role owner")
                        .out())
                .matches("http\\S+/setup\\?code=\\S+\\R");
        assertThat(run("user add --email bob@example.org --name Bob --role owner")
                        .err())
                .contains("bob@example.org has an account with the role owner");

        Terminal.Run list = run("user list --output csv");
        assertThat(list.out().lines()).anyMatch(line -> line.startsWith("ada@example.org,Ada,admin,true"));
        Terminal.Run reset = run("user reset ADA@example.org -q");
        assertThat(reset.out()).matches("http\\S+/setup\\?code=\\S+\\R");
        assertThat(reset.err()).isEmpty();
        ended(1, "user reset nobody@example.org");

        assertThat(ended(2, "token add --name robot --role agent --days 0").err())
                .contains("days must be between 1 and 365");
        Terminal.Run token = run("token add --name robot --role agent --days 3");
        assertThat(token.out()).matches("ronde_[A-Za-z0-9_-]{43}\\R");
        assertThat(token.err()).contains("until 2026-03-05T");
        String id = Json.tree(run("token list --output json").out())
                .get(0)
                .path("id")
                .asString("");
        ended(0, "token", "revoke", id);
        assertThat(run("token list").out()).contains("revoked");
    }

    @Test
    void assetsAreImportedListedAndExportedUnchanged() throws IOException {
        String file = write("assets.csv", CSV).toString();
        assertThat(run("asset", "import", file, "--dry-run").out()).startsWith("would have: created 2");
        assertThat(ended(0, "asset", "import", file).out()).startsWith("created 2, updated 0, unchanged 0, refused 0");
        assertThat(run("asset", "import", file).out()).startsWith("created 0, updated 0, unchanged 2");

        assertThat(run("asset list --criticality high").out())
                .contains("web-01")
                .doesNotContain("web-02");
        Path copy = folder.resolve("copy.csv");
        assertThat(run("asset", "export", "-o", copy.toString()).out()).isEmpty();
        Terminal.Run again = commands.type(Files.readString(copy), "asset", "import", "-");
        assertThat(again.out()).startsWith("created 0, updated 0, unchanged 2");
        assertThat(Json.tree(run("asset export --output json").out()).size()).isEqualTo(2);
    }

    @Test
    void refusedRowsAreListedAndMakeCodeThree() throws IOException {
        String file = write("bad.csv", TWO_BAD).toString();
        Terminal.Run run = ended(3, "asset", "import", file, "--output", "csv");
        assertThat(run.out().lines().toList())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(0)).isEqualTo("line,column,code,message"))
                .satisfies(lines -> assertThat(lines.get(1)).startsWith("3,ref,"))
                .satisfies(lines -> assertThat(lines.get(2)).startsWith("4,kind,"));
        assertThat(run("asset list").out()).contains("web-03");
        assertThat(run("asset", "import", folder.resolve("none.csv").toString()).err())
                .contains("There is no file");
    }

    @Test
    void aColumnNobodyKnowsIsReportedAndRefusesNoRow() throws IOException {
        String csv = CSV.replace(",criticality\n", ",criticality,colour\n")
                .replace(",high\n", ",high,red\n")
                .replace(",low\n", ",low,blue\n");
        String file = write("more.csv", csv).toString();
        Terminal.Run run = ended(0, "asset", "import", file);
        assertThat(run.out()).startsWith("created 2, updated 0, unchanged 0, refused 0");
        assertThat(run.err()).contains("colour");
    }

    @Test
    void besideARunningServerAndRemotelyTheResultIsTheSame() throws IOException {
        try (TestApp app = TestApp.start(new TestClock(), Map.of(Setting.HOME, home().toString()))) {
            ended(0, "asset", "import", write("assets.csv", CSV).toString());
            String token =
                    run("token add --name remote --role compliance").out().strip();
            Map<String, String> remote = Map.of(
                    "RONDE_HOME",
                    folder.resolve("other").toString(),
                    "RONDE_URL",
                    app.address() + "/",
                    "RONDE_TOKEN",
                    token);
            Terminal.Run list =
                    Terminal.run(Terminal.NO_SERVER, new TestClock(), remote, "", "asset", "list", "--output", "csv");
            assertThat(list.out())
                    .isEqualTo(run("asset list --output csv").out())
                    .contains("web-02");
            assertThat(folder.resolve("other")).doesNotExist();
            Terminal.Run refused = Terminal.run(
                    Terminal.NO_SERVER, new TestClock(), remote, "", "token", "add", "--name", "x", "--role", "admin");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).containsIgnoringCase("role");
            assertThat(run("restore x.zip").err()).contains("Ronde runs on this home");
            ended(0, "backup", folder.resolve("live.zip").toString());
        }
    }

    @Test
    void snapshotsArePushed() throws IOException {
        imported(CSV.replace("service.redis", "host.linux"));
        String file = write("host.json", "{\"os\": {\"family\": \"linux\"}}").toString();
        Terminal.Run pushed = ended(0, "snapshot", "push", "web-01", "host.v1", file, "--output", "json");
        assertThat(Json.tree(pushed.out()).get(0).path("digest").asString("")).startsWith("sha256:");
        ended(1, "snapshot", "push", "no-such", "host.v1", file);
    }

    @Test
    void tokensForSingleAssets() throws IOException {
        imported(CSV);
        Terminal.Run token = run("token add --name host --role agent --asset web-01 --asset web-02");
        assertThat(token.out()).as(token.err()).matches("ronde_[A-Za-z0-9_-]{43}\\R");
        assertThat(run("token list").out()).contains("web-01|web-02");
        Terminal.Run unknown = ended(2, "token add --name host --role agent --asset web-99");
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("There is no asset web-99.");
        assertThat(ended(2, "token add --name x --role prober --asset web-01").err())
                .contains("Only a token with the role agent");
        assertThat(run("token add --name outside --role prober").out()).startsWith("ronde_");
    }

    @Test
    void doctorNamesWhatIsWrongAndWhatToDo() throws IOException {
        assertThat(ended(0, "doctor").out())
                .contains("settings")
                .contains("RONDE_SMTP_HOST")
                .contains("schema version");
        imported(CSV);
        imported("ref,name,kind,hostname,owner_email\nshop.example,Shop,domain,shop.example,a@example.org\n");

        commands.close();
        Map<String, String> wrong = Map.of(
                "RONDE_HOME",
                home().toString(),
                "RONDE_SMTP_HOST",
                "127.0.0.1",
                "RONDE_SMTP_PORT",
                "1",
                "RONDE_PROBE_ALLOW",
                "10.0.0.0/8",
                "RONDE_PROBE_RESOLVER",
                "169.254.169.254");
        Terminal.Run run = Terminal.run(wrong, "", "doctor");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("127.0.0.1:1 does not answer").contains("Allowed networks: 10.0.0.0/8");
        assertThat(run.out())
                .contains("1 domains cannot be looked at", "169.254.169.254 lies in", "RONDE_PROBE_RESOLVER")
                .containsPattern("nobody allows probing them: .*shop.example");
        assertThat(doctorAsking("192.0.2.53")).contains("1 domains cannot be looked at", "192.0.2.53");
        assertThat(doctorAsking("10.0.0.53")).doesNotContain("cannot be looked at");
        assertThat(Terminal.run(Map.of("RONDE_SMTP_HOTS", "x"), "", "doctor").out())
                .contains("did you mean RONDE_SMTP_HOST?");
        Terminal.Run database = Terminal.run(
                Map.of("RONDE_HOME", home().toString(), "RONDE_DB_URL", "jdbc:postgresql://127.0.0.1:1/x"),
                "",
                "doctor");
        assertThat(database.code()).isEqualTo(1);
        assertThat(database.out()).contains("no connection. Check host and port");
    }

    @Test
    void doctorSaysOfAHomeInTheWrongTimeWhatIsWrongWithTheSetting() {
        Map<String, String> moved = new java.util.HashMap<>(
                Map.of("RONDE_HOME", home().toString(), "RONDE_TEST_CLOCK", "2026-03-01T00:00:00Z"));
        assertThat(Terminal.run(moved, "", "doctor").code()).isZero();
        moved.remove("RONDE_TEST_CLOCK");
        Terminal.Run real = Terminal.run(moved, "", "doctor");
        assertThat(real.code()).isEqualTo(1);
        assertThat(real.out())
                .contains("fail  settings", "Start it with RONDE_TEST_CLOCK, or use another home")
                .doesNotContain("RONDE_DB_URL");
    }

    @Test
    void evidenceIsExportedAndVerifiesWithoutHomeOrSettings() throws IOException {
        imported(CSV);
        Path checkpoint = write("checkpoint", run("ledger checkpoint").out());
        Path zip = folder.resolve("evidence.zip");
        Terminal.Run exported = export(zip.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out().strip()).isEqualTo(zip.toString());
        String key = run("ledger vkey").out();
        assertThat(key).matches("\\S+\\+[0-9a-f]{8}\\+\\S+\\R");
        assertThat(checkpointsGiven("shown"))
                .as("only the one that was printed")
                .isEqualTo(1);

        Terminal.Run good = verify(zip, "--vkey", key.strip(), "--checkpoint", checkpoint.toString());
        assertThat(good.code()).as(good.out() + good.err()).isZero();
        assertThat(good.out()).startsWith("anchored to ").contains(" by checkpoint on ", "\nVERIFIED");
        assertThat(verify(zip, "--vkey", key.strip(), "--require-anchor").code())
                .isEqualTo(17);
        byte[] bytes = Files.readAllBytes(zip);
        bytes[bytes.length / 2] ^= 1;
        assertThat(verify(Files.write(folder.resolve("bad.zip"), bytes), "--vkey", key.strip())
                        .code())
                .isNotZero();
        assertThat(verify(folder.resolve("none.zip")).code()).isEqualTo(1);
        assertThat(verify(zip, "--vkey", "nonsense").code()).isEqualTo(2);

        Terminal.Run report = verify(zip, "--vkey", key.strip(), "--output", "json");
        JsonNode json = Json.tree(report.out());
        assertThat(json.path("verified").asBoolean()).isTrue();
        assertThat(json.path("exit_code").asInt(-1)).isZero();
        assertThat(json.path("message").asString("")).isEqualTo("VERIFIED, NOT ANCHORED");
        assertThat(json.path("anchored").path("records").asInt(-1)).isZero();
        assertThat(json.path("period").path("to").asString("")).isEqualTo("2026-03-31");
        assertThat(json.path("steps"))
                .hasSize(14)
                .allMatch(step -> step.path("state")
                        .asString("")
                        .equals(List.of("V6", "V7").contains(step.path("step").asString("")) ? "not_given" : "ok"));
        assertThat(verify(zip, "--output", "csv").out().lines().toList())
                .hasSize(15)
                .contains("V5,ok,range leads to the root of the checkpoint,,");
        JsonNode unreadable =
                Json.tree(verify(folder.resolve("none.zip"), "--output", "json").out());
        assertThat(unreadable.path("verified").asBoolean(true)).isFalse();
        assertThat(unreadable.path("exit_code").asInt(0)).isEqualTo(1);
    }

    @Test
    void whereNoFileCanBeWrittenNothingIsExported() throws IOException {
        imported(CSV);
        String nowhere = folder.resolve("nowhere/evidence.zip").toString();
        Terminal.Run export = export(nowhere);
        assertThat(export.code()).isEqualTo(1);
        assertThat(export.err())
                .contains("cannot be written: there is no folder")
                .doesNotContain("records");
        assertThat(ended(1, "backup", nowhere).err()).contains("cannot be written: there is no folder");
    }

    @Test
    void aWrongProbePolicyStopsBeforeAnythingIsMade() {
        Map<String, String> wrong = Map.of("RONDE_HOME", home().toString(), "RONDE_PROBE_ALLOW", "10.0.0.0/33");
        Terminal.Run run = Terminal.run(wrong, "", "asset", "list");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("RONDE_PROBE_ALLOW has \"10.0.0.0/33\"");
        assertThat(home()).doesNotExist();
    }

    @Test
    void anExportOfWhatNeverWasIsWrongUsage() throws IOException {
        imported(CSV);
        Path zip = folder.resolve("evidence.zip");
        Terminal.Run run = export(zip.toString(), "--asset", "web-1", "--framework", "iso27002");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("/assets/0: There never was an asset web-1.", "There is no framework iso27002.");
        assertThat(zip).doesNotExist();
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whoLeavesHandsOverByCommand() throws IOException {
        imported(CSV);
        Terminal.Run done = ended(0, "user handover ada@example.org --to bob@example.org --output json");
        assertThat(Json.tree(done.out()).get(0).path("active").asBoolean(true)).isFalse();
        assertThat(run("asset list --output csv").out())
                .contains("bob@example.org")
                .doesNotContain("ada@");
        assertThat(run("user handover nobody@example.org").err()).contains("ronde user list");
        Terminal.Run refused = run("user handover bob@example.org --to nobody@example.org");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("/to: Nobody active has this address.");
    }

    private long checkpointsGiven(String kind) {
        Map<String, String> environment = Map.of("RONDE_HOME", home().toString());
        try (Database database = Database.open(DatabaseUrl.of(SettingsReader.read(Map.of(), environment)), 1)) {
            return Sql.number(database, "select count(*) from ledger_anchor where kind = :kind", "kind", kind);
        }
    }

    private static Terminal.Run verify(Path zip, String... more) {
        return alone(
                "",
                Stream.concat(Stream.of("evidence", "verify", zip.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** Without a home, and with a setting that would stop any command that reads them. */
    private static Terminal.Run alone(String stdin, String... args) {
        return Terminal.run(Terminal.NO_SERVER, new TestClock(), Map.of("RONDE_MISSPELT", "x"), stdin, args);
    }

    @Test
    void checkFilesAreTestedAndJudgedWithoutDatabase() throws IOException {
        Terminal.Run all = alone("", "check", "test");
        assertThat(all.code()).as(all.out()).isZero();
        assertThat(all.out()).contains("redis-anonymous-access").contains("pass");

        Path own = Files.createDirectory(folder.resolve("own"));
        Terminal.Run made = alone("", "check", "new", "our-redis", "--dir", own.toString());
        assertThat(made.out().lines())
                .containsExactly(
                        own.resolve("our-redis.yaml").toString(),
                        own.resolve("texts/fr/our-redis.yaml").toString());
        assertThat(Files.readString(own.resolve("our-redis.yaml")))
                .as("nobody has verified it yet")
                .contains("\nversion: 1\n")
                .doesNotContain("verified:");
        Terminal.Run fine = alone("", "check", "test", own.toString());
        assertThat(fine.code()).as(fine.out()).isZero();
        assertThat(fine.out()).contains("our-redis").doesNotContain("redis-anonymous-access");
        assertThat(alone("", "check", "test", own.resolve(".").toString()).out())
                .as("the folder somebody stands in")
                .contains("our-redis");
        String longest = "a".repeat(65);
        Terminal.Run endless = alone("", "check", "new", longest, "--dir", own.toString());
        assertThat(endless.code()).isEqualTo(2);
        assertThat(endless.err()).contains("at most 64 characters");
        assertThat(own.resolve(longest + ".yaml")).doesNotExist();
        Terminal.Run again = alone("", "check", "new", "our-redis", "--dir", own.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("our-redis.yaml exists already. Choose another id");
        Path french = own.resolve("texts/fr/our-redis.yaml");
        String sound = Files.readString(french);
        Files.writeString(french, sound.replace("{{facts.ping.reply}}", "{{facts.ping.secret}}"));
        Files.writeString(own.resolve("texts/fr/our-rediss.yaml"), sound);
        Terminal.Run wrong = alone("", "check", "test", own.toString());
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.out())
                .contains(own.resolve("texts/fr/our-redis.yaml") + ":")
                .contains("the check's own message does not show 'facts.ping.secret'")
                .contains("there is no check 'our-rediss'; did you mean 'our-redis'?");
        Files.writeString(french, sound);
        Files.delete(own.resolve("texts/fr/our-rediss.yaml"));
        Files.writeString(own.resolve("broken.yaml"), "id: other\n");
        assertThat(alone("", "check", "test", own.toString()).code()).isEqualTo(3);
        Path house = Files.createDirectories(own.resolve("frameworks")).resolve("house.yaml");
        Files.writeString(house, "id: house\nname: House\nversion: \"1\"\ncontrols: {A: All}\n");
        Terminal.Run shared = alone("", "check", "test", own.toString());
        assertThat(shared.code()).as(shared.out() + shared.err()).isEqualTo(3);
        assertThat(shared.out()).contains("frameworks/house.yaml", "fail", house + ":", "basis");
        Terminal.Run anew = alone("", "check", "new", "our-names", "--from", "danglig-dns", "--dir", own.toString());
        assertThat(anew.err()).contains("no check danglig-dns; did you mean 'dangling-dns'?");
        Files.delete(house);

        Terminal.Run judged = alone(
                "{\"nonsense\": 1}", "check", "eval", "redis-anonymous-access", "--facts", "-", "--output", "json");
        assertThat(judged.code()).isZero();
        assertThat(Json.tree(judged.out()).path("outcome").asString("")).isEqualTo("error");
        assertThat(alone("[]", "check", "eval", "redis-anonymous-access", "--facts", "-")
                        .code())
                .isEqualTo(2);
        assertThat(alone("{}", "check", "eval", "no-such", "--facts", "-").err())
                .contains("There is no check no-such");
    }

    private String doctorAsking(String resolver) {
        Map<String, String> settings = Map.of(
                "RONDE_HOME", home().toString(), "RONDE_PROBE_ALLOW", "10.0.0.0/8", "RONDE_PROBE_RESOLVER", resolver);
        return Terminal.run(settings, "", "doctor").out();
    }
}
