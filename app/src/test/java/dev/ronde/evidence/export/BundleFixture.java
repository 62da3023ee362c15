package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.OperationRecords;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.TestLedger;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.PartWriter;
import dev.ronde.evidence.report.BundleTexts;
import dev.ronde.evidence.report.PaperHead;
import dev.ronde.evidence.stamp.TimeStamps;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.text.Sha256;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A ledger with a month of life in it, its exports, and the verbs of somebody who tampers with a bundle. */
final class BundleFixture implements AutoCloseable {
    static final ExportScope MARCH =
            new ExportScope(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-31"), List.of(), List.of());
    static final Actor JEANNE = new Actor("user", "p:6f1c0e2a9b4d4c7e", "password");

    static final PaperHead PAPER = new PaperHead("Example", Locale.ENGLISH);

    final TestLedger test;
    final Exports exports;
    final BundleBuilder builder;

    BundleFixture(DatabaseKind kind, Path home) {
        test = new TestLedger(kind, home, TestClock.at("2026-02-20T08:00:00Z"));
        exports = exports(Optional.empty());
        builder = builder(PartWriter.ROWS);
    }

    /** Exports that have their checkpoint stamped there. */
    Exports exports(Optional<URI> authority) {
        TimeStamps stamps = new TimeStamps(test.database, test.ledger, test.log, authority);
        return new Exports(test.database, test.ledger, stamps, test.log, test.clock, test.files.exports());
    }

    /** Makes bundles whose files go on in a next part after so many rows. */
    BundleBuilder builder(long partRows) {
        return new BundleBuilder(test.database, test.ledger.keys(), new BundleTexts(), partRows);
    }

    /** A plan of before March that Jeanne loosens in it, and the role by which she may. */
    BundleFixture ruled() {
        test.append(Evidence.of("role.granted", Actor.SYSTEM, Subject.of("person", JEANNE.ref()))
                .data("after", Map.of("active", true, "role", "compliance"))
                .data("role", "compliance"));
        plan("plan.created", 1, 45);
        setting("10.0.0.0/8:443");
        test.append(Evidence.of("check.published", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                .data("check", Map.of("id", "redis-auth", "sha256", "aa"))
                .data("after", Map.of("title", "Redis asks", "severity", "critical")));
        test.ledger.seal();
        test.clock.set(java.time.Instant.parse("2026-03-01T08:00:00.123456Z"));
        plan("plan.changed", 2, 62);
        setting("");
        return lived();
    }

    /** Two assets, one check, four runs of which one is missed, one attested review, and what came before and after March. */
    BundleFixture lived() {
        asset("asset.created", "redis-1", "=cmd|' /C calc'!A0");
        test.append(Evidence.of("person.added", Actor.SYSTEM, Subject.of("person", JEANNE.ref()))
                .priv("name", "Jeanne =Müller"));
        test.append(Evidence.of("check.published", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                .data("after", Map.of("title", "Redis asks for a password", "severity", "high"))
                .controls(List.of("iso27001:A.8.9")));
        test.ledger.seal();
        test.clock.set(java.time.Instant.parse("2026-03-02T08:00:00Z"));
        asset("asset.created", "redis-2", "'=Second, \"quoted\"");
        run("redis-1", "fail");
        run("redis-2", "pass");
        test.ledger.seal();
        test.clock.advance(Duration.ofHours(1));
        UUID seen = run("redis-1", "pass");
        test.append(Evidence.of("run.missed", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                .asset("redis-2")
                .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                .data("due", test.clock.instant())
                .data("reason", "node down"));
        test.append(attestation("REV-1", List.of(snapshot("{\"requirepass\":true}"), seen.toString()))
                .data("outcome", "no_change")
                .data("after", attested())
                .priv("note", "Looked at everything. Ça va.")
                .priv("waiver", "Old client until the migration")
                .attach("shown.json", "application/json", "[1,2]".getBytes(StandardCharsets.UTF_8)));
        test.ledger.seal();
        test.clock.set(java.time.Instant.parse("2026-04-02T08:00:00Z"));
        test.ledger.seal();
        test.clock.set(java.time.Instant.parse("2026-04-20T08:00:00Z"));
        asset("asset.retired", "redis-2", "Second");
        test.ledger.seal();
        return this;
    }

    /** A review of redis-1 for a framework that its checks do not count for. */
    static Evidence attestation(String ref, List<String> shown) {
        return Evidence.of("review.attested", JEANNE, Subject.of("review", ref, 3))
                .asset("redis-1")
                .controls(List.of("nist:CM-6"))
                .data("shown_ids", shown)
                .data(
                        "shown",
                        Sha256.hex(shown.stream().map(id -> id + "\n").collect(java.util.stream.Collectors.joining())));
    }

    /** Keeps a configuration and returns its digest. */
    String snapshot(String content) {
        String digest = "sha256:" + Sha256.hex(content);
        test.database.useTransaction(tx -> tx.createUpdate("""
                        insert into snapshot_content (digest, source, canon_version, content, stored_at)
                        values (:digest, 'redis.v1', 1, :content, :at)
                        """)
                .bind("digest", digest)
                .bind("content", content)
                .bind("at", test.clock.instant())
                .execute());
        return digest;
    }

    private Map<String, Object> attested() {
        Map<String, Object> after = new java.util.LinkedHashMap<>();
        after.put("state", "attested");
        after.put("asset_name", "First");
        after.put("plan", "quarterly");
        after.put("due_on", "2026-03-05");
        after.put("gap_days", 90);
        after.put("performed_at", test.clock.instant());
        after.put("performed_by", JEANNE.ref());
        after.put("channel", "page");
        after.put("outcome", "no_change");
        after.put("snapshot_digest", "sha256:aa");
        after.put("changes", 2);
        after.put("waiver_until", "2026-06-30");
        return after;
    }

    private void asset(String type, String ref, String name) {
        test.append(Evidence.of(type, Actor.SYSTEM, Subject.of("asset", ref, 1))
                .data("after", Map.of("ref", ref, "name", name, "kind", "service.redis", "tags", List.of("a", "b"))));
    }

    private void setting(String networks) {
        TreeMap<String, String> settings = new TreeMap<>(Map.of("RONDE_ZONE", "UTC"));
        if (!networks.isEmpty()) {
            settings.put("RONDE_PROBE_ALLOW", networks);
        }
        OperationRecords records = new OperationRecords(test.database, test.log);
        records.settings(settings);
        records.settings(settings);
    }

    private void plan(String type, long version, long gap) {
        test.append(Evidence.of(type, JEANNE, Subject.of("plan", "quarterly", version))
                .data(
                        "after",
                        Map.of(
                                "id",
                                "quarterly",
                                "title",
                                "=Quarterly",
                                "scope",
                                Map.of("criticality", List.of("critical", "high")),
                                "max_gap_days",
                                gap,
                                "checklist",
                                List.of(Map.of("id", "rules", "text", "Rules?"), Map.of("id", "users")))));
    }

    UUID run(String asset, String outcome) {
        return test.append(Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                .asset(asset)
                .controls(List.of("iso27001:A.8.9"))
                .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                .data("due", test.clock.instant().minusSeconds(7))
                .data("outcome", outcome)
                .data("facts", Map.of("requires_auth", outcome.equals("pass"))));
    }

    /** A run of redis-1 that was due then and did not happen, noticed now. */
    void missed(String due) {
        test.append(Evidence.of("run.missed", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                .asset("redis-1")
                .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                .data("due", java.time.Instant.parse(due))
                .data("reason", "not-run"));
        test.ledger.seal();
    }

    /** A check of March whose answer is the word of a person. */
    void stated() {
        test.append(Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "waf-attested", 1))
                .asset("redis-1")
                .data("check", Map.of("id", "waf-attested", "sha256", "cd"))
                .data("due", test.clock.instant())
                .data("outcome", "pass")
                .data("collector", Map.of("id", "attestation")));
    }

    Path zip(ExportScope scope) {
        return exports.file(exports.make(UUID.randomUUID(), scope, Locale.ENGLISH, JEANNE, (done, total) -> {}));
    }

    String vkey() {
        return test.ledger.verifierKey().encoded();
    }

    EvidenceVerify.Result verify(Path bundle, Path... checkpoints) {
        return EvidenceVerify.verify(new EvidenceVerify.Request(bundle, vkey(), Arrays.asList(checkpoints), false));
    }

    /** The newest checkpoint, as an auditor keeps it. */
    Path checkpointFile(Path folder) {
        return write(
                folder.resolve("held-" + UUID.randomUUID() + ".txt"),
                test.ledger.checkpoint().note());
    }

    /** Unpacks a bundle and returns its top folder. */
    static Path unpack(Path zip, Path into) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Path top = into;
            for (ZipEntry entry : file.stream().toList()) {
                Path target = into.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(file.getInputStream(entry), target);
                top = into.resolve(entry.getName().substring(0, entry.getName().indexOf('/')));
            }
            return top;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        return Unchecked.get(() -> Files.readString(file));
    }

    static List<String> lines(Path file) {
        return new ArrayList<>(read(file).lines().toList());
    }

    static Path write(Path file, String text) {
        return Unchecked.get(() -> Files.writeString(file, text));
    }

    static void write(Path file, List<String> lines) {
        write(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    /** Lists the files anew, in manifest.json too, as somebody would who edits a bundle. */
    static void sum(Path folder) {
        Path manifest = folder.resolve("manifest.json");
        String honest = read(manifest);
        int files = honest.indexOf("\"files\":[");
        if (files > 0) {
            write(
                    manifest,
                    honest.substring(0, files) + "\"files\":[" + String.join(",", listed(folder))
                            + honest.substring(honest.indexOf(']', files)));
        }
        sumAsItIs(folder);
    }

    private static List<String> listed(Path folder) {
        try (var files = Files.walk(folder)) {
            List<String> list = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString();
                if (!path.startsWith("SHA256SUMS") && !path.equals("manifest.json")) {
                    list.add("{\"path\":\"" + path + "\",\"sha256\":\"" + BundleFolder.sha256(file) + "\",\"size\":"
                            + Files.size(file) + "}");
                }
            }
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sums of all files, whatever manifest.json lists. */
    private static void sumAsItIs(Path folder) {
        try (var files = Files.walk(folder)) {
            List<String> sums = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String path = folder.relativize(file).toString();
                if (!path.startsWith("SHA256SUMS")) {
                    sums.add(BundleFolder.sha256(file) + "  " + path);
                }
            }
            write(folder.resolve("SHA256SUMS"), sums);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #sum}, signed with the installation's own export key: what the operator of everything can do. */
    void sumAndSign(Path folder) {
        sum(folder);
        sign(folder);
    }

    void sumAsItIsAndSign(Path folder) {
        sumAsItIs(folder);
        sign(folder);
    }

    private void sign(Path folder) {
        Unchecked.run(() -> Files.write(
                folder.resolve("SHA256SUMS.sig"),
                test.ledger.keys().signExport(Files.readAllBytes(folder.resolve("SHA256SUMS")))));
    }

    /** Runs a program in the folder and returns what it printed; it must end with this code. */
    static String run(Path folder, int code, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(code);
        return output;
    }

    @Override
    public void close() {
        test.close();
    }
}
