package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.App;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.Sql;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every command of the command line either leaves its evidence, or has its reason not to. */
final class CommandEvidenceTest {
    private static final String HOST = """
            {"os":{"family":"linux","name":"Debian","version":"13","supported":true},
             "disks":[{"device":"sda","encrypted":true}],
             "patches":{"pending_security":0,"pending_critical":0,"reboot_required":false}}""";
    private static final String PLAN = """
            plans:
              - id: monthly
                title: Monthly look
                scope: {criticality: [high]}
                cadence: {every: P1M, anchor: 2026-03-10}
                zone: Europe/Paris
            """;

    private static final String WAIVERS = """
            waivers:
              - check: host-disk-encryption
                assets: [web-01]
                category: accepted-risk
                reason: A lab machine.
                until: 2026-04-01
            """;

    /** Commands that change nothing somebody could ask about later. */
    private static final Map<String, String> NOTHING_TO_RECORD = Map.ofEntries(
            Map.entry("serve", "A server records system.started and system.stopped itself; see AppTest."),
            Map.entry("demo", "The same on a temporary home."),
            Map.entry(
                    "migrate",
                    "Only the schema changes; Flyway's own table says when, and the next start names the version."),
            Map.entry("probe-agent", "It probes for a server, which records each result."),
            Map.entry("doctor", "It looks and changes nothing."),
            Map.entry("version", "It prints a text."),
            Map.entry("completion", "It prints a text."),
            Map.entry("config show", "It reads the settings."),
            Map.entry("check new", "It writes a file; a server that loads it records check.published."),
            Map.entry("check schema", "It prints a text."),
            Map.entry("check test", "It judges files and keeps nothing."),
            Map.entry("check eval", "It judges facts and keeps nothing."),
            Map.entry("check explain", "It reads a run."),
            Map.entry("check export", "It reads."),
            Map.entry("check list", "It reads."),
            Map.entry("probing status", "It reads."),
            Map.entry("asset list", "It reads."),
            Map.entry("asset export", "It reads."),
            Map.entry("plan list", "It reads."),
            Map.entry("waiver list", "It reads."),
            Map.entry("review list", "It reads."),
            Map.entry("user list", "It reads."),
            Map.entry("token list", "It reads."),
            Map.entry("mail key list", "It reads."),
            Map.entry("mail ingest", "What it leaves depends on the message; the tests of answers look there."),
            Map.entry("hold list", "It reads."),
            Map.entry("request list", "It reads."),
            Map.entry("report list", "It reads."),
            Map.entry("evidence verify", "It reads a file, alone, on the auditor's machine."),
            Map.entry("ledger vkey", "It reads."),
            Map.entry(
                    "ledger checkpoint",
                    "It reads; that the checkpoint was shown is kept for later consistency proofs."),
            Map.entry("ledger proof", "It reads."),
            Map.entry("ledger consistency", "It reads."),
            Map.entry("ledger tiles", "It reads; that the checkpoint was shown is kept, as with ledger checkpoint."),
            Map.entry("ledger rotate-key", "key.added, with every server stopped; KeyRotationTest looks there."),
            Map.entry("ledger compromised", "key.compromised, with every server stopped; KeyRotationTest looks there."),
            Map.entry("witness", "It serves another log; the log it cosigns keeps the cosignature."),
            Map.entry(
                    "ledger accept-head",
                    "It writes a file of this machine, so that the log can be judged; the log stays as it is."),
            Map.entry("db copy", "database.copied is written into the copy; BackupCommandTest looks there."),
            Map.entry(
                    "restore",
                    "backup.restored is written into the restored database; BackupCommandTest looks there."));

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestApp app;

    @Test
    void everyCommandLeavesItsRecord() throws IOException {
        try (ScriptedSmtp smtp = new ScriptedSmtp()) {
            app = TestApp.start(
                    clock,
                    Map.of(
                            Setting.HOME, folder.resolve("home").toString(),
                            Setting.SMTP_HOST, "127.0.0.1",
                            Setting.SMTP_PORT, String.valueOf(smtp.port()),
                            Setting.SMTP_TLS, "none",
                            Setting.MAIL_FROM, "ronde@example.org"),
                    App.Mode.SERVE);
            try (TestApp open = app) {
                assertThat(counts()).containsKey("system.started");
                Set<String> walked = walk();
                TreeSet<String> left = new TreeSet<>(
                        leaves(new RondeCommand(Terminal.NO_SERVER, Map.of(), new TestClock()).commandLine(), ""));
                left.removeAll(walked);
                assertThat(left)
                        .as("commands that change something need a step here, or a reason why they leave no record")
                        .isEqualTo(new TreeSet<>(NOTHING_TO_RECORD.keySet()));
                assertThat(open.post("/api/v1/ledger/verify", Map.of())
                                .json()
                                .path("faults")
                                .isEmpty())
                        .isTrue();
            }
        }
    }

    private Set<String> walk() throws IOException {
        String assets = file(
                "assets.csv", "ref,name,kind,owner_email,criticality\nweb-01,Shop,host.linux,ada@example.org,high\n");
        String plan = file("plan.yaml", PLAN);
        Set<String> walked = new HashSet<>();
        Map<String, List<String>> steps = new LinkedHashMap<>();
        steps.put("user add --email ada@example.org --name Ada --role owner", List.of("person.added", "role.granted"));
        steps.put("user reset ada@example.org", List.of("person.changed"));
        steps.put("token add --name robot --role agent", List.of("token.created"));
        steps.put("asset import " + assets, List.of("asset.created", "asset.imported"));
        steps.put("snapshot push web-01 host.v1 " + file("host.json", HOST), List.of("snapshot.received"));
        steps.put(
                "snapshot push web-01 host.v1 "
                        + file("open.json", HOST.replace("\"encrypted\":true", "\"encrypted\":false")),
                List.of("snapshot.received"));
        steps.put("check run --asset web-01 --wait", List.of("check.result"));
        steps.put("waiver apply " + file("waivers.yaml", WAIVERS), List.of("waiver.requested"));
        steps.put("probing stop --reason alarm", List.of("probing.stopped"));
        steps.put("probing resume", List.of("probing.resumed"));
        steps.put("plan add " + plan, List.of("plan.created", "review.opened"));
        steps.put("plan apply " + file("changed.yaml", PLAN.replace("look", "walk")), List.of("plan.changed"));
        steps.put("mail test ops@example.org", List.of("mail.accepted"));
        steps.put("backup " + folder.resolve("backup.zip"), List.of("backup.made"));
        steps.put(
                "evidence export --from 2026-03-01 --to 2026-03-31 -o " + folder.resolve("e.zip"),
                List.of("export.created", "export.downloaded"));
        leaves("user add --email lea@example.org --name Lea --role compliance", List.of("person.added"));
        steps.put("report set lea@example.org", List.of("config.changed"));
        steps.put("ledger verify", List.of("verify.run"));
        steps.forEach((line, types) -> {
            clock.advance(Duration.ofHours(1));
            walked.add(leaves(line, types));
        });
        String token = first("token list", "id");
        String freeze = run("evidence freeze " + folder.resolve("e.zip")).out().strip();
        walked.add(leaves("evidence freeze " + folder.resolve("e.zip"), List.of("population.frozen")));
        walked.add(leaves(
                "evidence sample " + freeze + " --population assets --n 1 --seed 31415926535897932384",
                List.of("sample.drawn")));
        walked.add(leaves("token revoke " + token, List.of("token.revoked")));
        String review = first("review list --state open", "ref");
        String digest = first("review list --state open", "snapshot_digest");
        walked.add(leaves("review remind " + review, List.of("review.reminded")));
        walked.add(leaves(
                "review attest " + review + " --outcome no_change --digest " + digest, List.of("review.attested")));
        walked.add(leaves("plan retire monthly --reason over --open withdraw", List.of("plan.retired")));
        leaves(
                "asset import "
                        + file("domains.csv", "ref,name,kind,owner_email\nshop.example,Shop,domain,ada@example.org\n"),
                List.of("asset.created"));
        walked.add(leaves(
                "check attest shop.example registrar-lock-attested --in-place --note Seen --by ada@example.org",
                List.of("check.attested")));
        String kid = first("mail key list", "kid");
        leaves("mail key disable " + kid + " --reason leaked", List.of("key.compromised"));
        walked.add("mail key disable");
        walked.add(leaves("user handover ada@example.org --stay", List.of("person.handed-over")));
        walked.add(leaves("hold set --reason lawsuit --asset web-01", List.of("hold.set")));
        String hold = first("hold list", "id");
        walked.add(leaves("hold release " + hold, List.of("hold.released")));
        walked.add(leaves("request ask Leavers --due 2026-12-31", List.of("request.asked")));
        String request = first("request list", "id");
        walked.add(leaves(
                "request answer " + request + " Attached. --file " + file("leavers.csv", "name\nBob\n"),
                List.of("request.answered")));
        leaves("request ask Dates? --again " + request, List.of("request.reopened"));
        walked.add(leaves("request close " + request, List.of("request.closed")));
        leaves("user add --email bob@example.org --name Bob --role owner", List.of("person.added"));
        leaves("user handover bob@example.org --to ada@example.org", List.of("person.deactivated"));
        leaves("erase bob@example.org --basis consent", List.of("erasure.executed"));
        walked.add("erase");
        return walked;
    }

    /** A field of the first row that a command lists. */
    private String first(String list, String field) {
        return Json.tree(run(list + " --output json").out()).get(0).path(field).asString("");
    }

    /** Runs a command and returns its name. */
    private String leaves(String line, List<String> types) {
        Map<String, Long> before = counts();
        Terminal.Run run = run(line);
        assertThat(run.code()).as(line + "\n" + run.out() + run.err()).isIn(0, CommandFailed.FINDINGS);
        Map<String, Long> after = counts();
        assertThat(types).as(line).allMatch(type -> after.getOrDefault(type, 0L) > before.getOrDefault(type, 0L));
        String[] words = line.split(" ");
        return line.startsWith("backup ") ? words[0] : words[0] + " " + words[1];
    }

    private Terminal.Run run(String line) {
        return Terminal.run(
                Terminal.NO_SERVER,
                new TestClock(),
                Map.of("RONDE_HOME", folder.resolve("home").toString()),
                "",
                line.split(" "));
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        Sql.texts(app.app().database(), "select rec_type from evidence_record")
                .forEach(type -> counts.merge(type, 1L, Long::sum));
        return counts;
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** The commands that do something, by their whole name. */
    private static Set<String> leaves(CommandLine line, String prefix) {
        Set<String> names = new TreeSet<>();
        line.getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                names.add(prefix + name);
            } else {
                names.addAll(leaves(command, prefix + name + " "));
            }
        });
        return names;
    }
}
