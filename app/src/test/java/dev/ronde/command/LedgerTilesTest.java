package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.Unchecked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger rebuilds the root from the tiles alone. */
class LedgerTilesTest {
    @TempDir
    Path home;

    private final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    private TestApp app;

    @Test
    void theTilesMakeTheRootAndALaterRunOnlyAdds() throws Exception {
        try (TestApp open = TestApp.start(clock, Map.of(Setting.RETENTION_RESULTS, "13m"))) {
            app = open;
            happened(600, "check.result");
            Path copy = home.resolve("copy");
            assertThat(run("--to", copy.toString(), "--records").code()).isZero();
            long first = verified(copy);
            assertThat(first).isGreaterThan(600);
            Map<String, String> before = files(copy);
            assertThat(before).containsKeys("tile/0/000", "tile/0/001", "tile/1/000.p/2", "tile/entries/001");
            assertThat(Stream.of("000", "001")
                            .mapToInt(name -> entries(copy, name))
                            .sum())
                    .isEqualTo(512);

            happened(300, "asset.updated");
            assertThat(run("--to", copy.toString(), "--records").code()).isZero();
            assertThat(verified(copy)).isGreaterThan(first + 299);
            Map<String, String> after = files(copy);
            assertThat(after).hasSizeGreaterThan(before.size());
            before.remove("checkpoint");
            assertThat(after).containsAllEntriesOf(before);
            assertThat(files(copy).keySet()).noneMatch(name -> name.endsWith(".part"));

            Path other = Files.createDirectories(home.resolve("other"));
            Files.writeString(other.resolve("checkpoint"), "another.example\n1\nAAAA\n");
            assertThat(run("--to", other.toString()).code()).isEqualTo(1);
            assertThat(files(other)).hasSize(1);
            for (String wrong :
                    List.of("level=4&index=0", "level=0&index=999999999999999999", "level=0&index=0&width=0")) {
                assertThat(app.get("/api/v1/ledger/tile?" + wrong).status())
                        .as(wrong)
                        .isEqualTo(404);
            }
            app.get("/api/v1/ledger/tile?level=x&index=0").is(400);

            clock.advance(Duration.ofDays(500));
            app.settle();
            Path purged = home.resolve("purged");
            assertThat(run("--to", purged.toString(), "--records").err()).contains("left out");
            assertThat(verified(purged)).isGreaterThan(first);
            assertThat(files(purged)).doesNotContainKey("tile/entries/001").containsKey("tile/0/001");
        }
    }

    @Test
    void numbersArePaths() {
        assertThat(Stream.of(0L, 999L, 1000L, 1234067L).map(TileFolder::path))
                .containsExactly("000", "999", "x001/000", "x001/x234/067");
    }

    private void happened(int count, String type) {
        EvidenceLog log = new EvidenceLog(clock, "n1/test");
        app.app().database().useTransaction(tx -> {
            for (int i = 0; i < count; i++) {
                log.append(
                        tx,
                        Evidence.of(type, Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                                .asset("redis-" + i)
                                .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                                .data("outcome", "pass"));
            }
        });
        clock.advance(Duration.ofMinutes(1));
        app.settle();
    }

    private Terminal.Run run(String... options) {
        List<String> words = new ArrayList<>(List.of("ledger", "tiles"));
        words.addAll(List.of(options));
        return Terminal.run(
                Terminal.NO_SERVER,
                clock,
                Map.of(
                        "RONDE_URL",
                        app.address().toString(),
                        "RONDE_TOKEN",
                        app.app().token()),
                "",
                words.toArray(new String[0]));
    }

    /** Compares the root of the leaf hashes, each higher tile and each record with the checkpoint; returns its size. */
    private static long verified(Path copy) throws IOException {
        String[] checkpoint = Files.readString(copy.resolve("checkpoint")).split("\n");
        int size = Integer.parseInt(checkpoint[1]);
        List<byte[]> leaves = hashes(copy, 0, size);
        assertThat(Base64.getEncoder().encodeToString(root(leaves))).isEqualTo(checkpoint[2]);
        List<byte[]> above = hashes(copy, 1, size / 256);
        for (int i = 0; i < above.size(); i++) {
            assertThat(above.get(i)).isEqualTo(root(leaves.subList(i * 256, i * 256 + 256)));
        }
        for (int n = 0; n * 256 < size; n++) {
            Path file = tile(copy, "entries", n, size);
            if (Files.exists(file)) {
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
                for (int i = n * 256; bytes.hasRemaining(); i++) {
                    byte[] record = new byte[Short.toUnsignedInt(bytes.getShort())];
                    bytes.get(record);
                    assertThat(hash(0, record)).isEqualTo(leaves.get(i));
                }
            }
        }
        return size;
    }

    private static int entries(Path copy, String name) {
        return Unchecked.get(() -> {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(copy.resolve("tile/entries/" + name)));
            int count = 0;
            for (; bytes.hasRemaining(); count++) {
                int length = Short.toUnsignedInt(bytes.getShort());
                bytes.position(bytes.position() + length);
            }
            return count;
        });
    }

    private static Path tile(Path copy, String level, int n, int count) {
        int width = Math.min(256, count - n * 256);
        return copy.resolve(String.format("tile/%s/%03d%s", level, n, width < 256 ? ".p/" + width : ""));
    }

    private static List<byte[]> hashes(Path copy, int level, int count) throws IOException {
        List<byte[]> hashes = new ArrayList<>();
        for (int n = 0; n * 256 < count; n++) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(tile(copy, String.valueOf(level), n, count)));
            while (bytes.hasRemaining()) {
                byte[] hash = new byte[32];
                bytes.get(hash);
                hashes.add(hash);
            }
        }
        assertThat(hashes).hasSize(count);
        return hashes;
    }

    private static byte[] root(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int middle = Integer.highestOneBit(leaves.size() - 1);
        return hash(1, root(leaves.subList(0, middle)), root(leaves.subList(middle, leaves.size())));
    }

    private static byte[] hash(int prefix, byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(prefix);
        Stream.of(parts).forEach(all::writeBytes);
        return Unchecked.get(() -> MessageDigest.getInstance("SHA-256").digest(all.toByteArray()));
    }

    /** Names with what is in them and when it was written. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        Files.getLastModifiedTime(file) + Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
