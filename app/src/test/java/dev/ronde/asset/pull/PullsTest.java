package dev.ronde.asset.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ronde.asset.TestInventory;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.SourceSchemas;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Snapshots that are fetched: files, folders and an HTTPS address, through the same ingest as what is pushed. */
final class PullsTest {
    private static final char[] PASSWORD = "a test store".toCharArray();
    private static final String HOST = "{\"os\":{\"family\":\"linux\"},\"patches\":{\"pending_security\":%d}}";

    private static SSLContext certificate;

    @TempDir
    static Path certificates;

    private final TestClock clock = new TestClock();

    @AutoClose
    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);

    private final Database database = test.database();
    private final TestInventory inventory = new TestInventory(database, clock, Set.of("host.server"));
    private final SourceSchemas schemas = SourceSchemas.open(Overlay.of("checks", null));
    private final Snapshots snapshots = new Snapshots(schemas, inventory.evidence, clock);

    @TempDir
    Path folder;

    private Pulls pulls;

    private void start(String sources) throws IOException {
        Path file = Files.writeString(folder.resolve("sources.yaml"), sources);
        pulls = new Pulls(
                database, inventory.assets, snapshots, PullSources.read(file.toString(), Set.copyOf(schemas.names())));
        inventory.asset("host-1", "host.server");
        inventory.asset("host-2", "host.server");
        pulls.run(clock.instant());
    }

    private void write(Path file, int pending, String at) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, HOST.formatted(pending));
        Files.setLastModifiedTime(file, FileTime.from(java.time.Instant.parse(at)));
    }

    private JsonNode latest(String ref) {
        return json(handle ->
                snapshots.latest(handle, assetId(handle, ref), "host.v1").orElse(null));
    }

    private JsonNode source(String id) {
        return json(handle -> pulls.list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow());
    }

    private JsonNode refused() {
        return json(handle -> snapshots.refusals().open(handle, assetId(handle, "host-1")));
    }

    private UUID assetId(Handle handle, String ref) {
        return inventory.assets.get(handle, ref).id();
    }

    private JsonNode json(Function<Handle, @Nullable Object> read) {
        Optional<Object> found = database.read(handle -> Optional.ofNullable(read.apply(handle)));
        return found.map(Json::write).map(Json::tree).orElse(null);
    }

    private void later(Duration step) {
        clock.advance(step);
        pulls.run(clock.instant());
    }

    @Test
    void aFileAndAFolderAreReadWhenTheyChangeAndNeverLookFresherThanTheyAre() throws IOException {
        Path one = folder.resolve("one.json");
        Path inFolder = folder.resolve("all/host-2/host.v1.json");
        write(one, 1, "2026-03-02T07:00:00Z");
        write(inFolder, 2, "2026-03-02T06:00:00Z");
        start("""
                sources:
                  - {id: one, every: PT5M, file: one.json, asset: host-1, source: host.v1}
                  - {id: all, every: PT5M, folder: all}
                """);
        later(Duration.ofMinutes(1));
        assertThat(latest("host-1").path("collected_at").asString()).isEqualTo("2026-03-02T07:00:00Z");
        assertThat(latest("host-2").at("/content/patches/pending_security").asInt())
                .isEqualTo(2);
        assertThat(source("one").path("taken").asInt()).isEqualTo(1);
        assertThat(source("one").path("every").asString()).isEqualTo("PT5M");
        String seen = latest("host-1").path("last_seen_at").asString();

        later(Duration.ofMinutes(6));
        assertThat(source("one").path("taken").asInt()).isZero();
        assertThat(latest("host-1").path("last_seen_at").asString())
                .as("an old file is no news")
                .isEqualTo(seen);

        write(one, 0, "2026-03-02T08:05:00Z");
        Files.createDirectories(folder.resolve("all/nobody"));
        write(folder.resolve("all/nobody/host.v1.json"), 0, "2026-03-02T08:05:00Z");
        later(Duration.ofMinutes(6));
        assertThat(latest("host-1").at("/content/patches/pending_security").asInt(9))
                .isZero();
        assertThat(source("all").path("problem").asString("")).contains("nobody/host.v1");

        Files.delete(one);
        later(Duration.ofMinutes(6));
        assertThat(source("one").path("problem").asString("")).contains("no file one.json");
        assertThat(latest("host-1").path("collected_at").asString()).isEqualTo("2026-03-02T08:05:00Z");
    }

    @Test
    void aTimeInTheFutureCountsFromTheReadingAndKeepsNothingBack() throws IOException {
        Path one = folder.resolve("one.json");
        write(one, 1, "2031-01-01T00:00:00Z");
        start(ONE);
        later(Duration.ofMinutes(1));
        String first = latest("host-1").path("last_seen_at").asString();
        assertThat(java.time.Instant.parse(first)).isBeforeOrEqualTo(clock.instant());

        later(Duration.ofMinutes(6));
        assertThat(source("one").path("taken").asInt()).isZero();
        assertThat(latest("host-1").path("last_seen_at").asString())
                .as("nobody wrote it again")
                .isEqualTo(first);

        write(one, 1, clock.instant().toString());
        later(Duration.ofMinutes(6));
        assertThat(source("one").path("taken").asInt()).isEqualTo(1);
        assertThat(latest("host-1").path("last_seen_at").asString()).isGreaterThan(first);

        write(one, 2, "2031-01-01T00:00:00Z");
        later(Duration.ofMinutes(6));
        write(one, 3, "2030-01-01T00:00:00Z");
        later(Duration.ofMinutes(6));
        assertThat(latest("host-1").at("/content/patches/pending_security").asInt())
                .isEqualTo(3);
    }

    @Test
    void aFileThatCannotBeReadIsARefusedConfigurationOfItsAsset() throws IOException {
        Path one = folder.resolve("one.json");
        start(ONE);
        write(one, 0, clock.instant().toString());
        later(Duration.ofMinutes(6));
        Files.writeString(one, "{\"os\":");
        Files.setLastModifiedTime(one, FileTime.from(clock.instant()));
        later(Duration.ofMinutes(6));
        assertThat(refused().path(0).path("code").asString("")).isEqualTo("bad_json");

        Files.write(one, new byte[5 * 1024 * 1024 + 1]);
        Files.setLastModifiedTime(one, FileTime.from(clock.instant()));
        later(Duration.ofMinutes(6));
        assertThat(refused().path(0).path("code").asString("")).isEqualTo("too_large");

        write(one, 0, clock.instant().toString());
        later(Duration.ofMinutes(6));
        assertThat(refused().isEmpty()).isTrue();
    }

    private static final String ONE =
            "sources:\n  - {id: one, every: PT5M, file: one.json, asset: host-1, source: host.v1}\n";

    private Path broken(String at) throws IOException {
        Path file = Files.writeString(folder.resolve("one.json"), "{\"os\":");
        Files.setLastModifiedTime(file, FileTime.from(java.time.Instant.parse(at)));
        return file;
    }

    @Test
    void aFileThatIsPutBackWithItsOldTimeEndsTheRefusal() throws IOException {
        start(ONE);
        Path one = folder.resolve("one.json");
        String good = clock.instant().minus(Duration.ofHours(2)).toString();
        String bad = clock.instant().minus(Duration.ofHours(1)).toString();
        write(one, 0, good);
        later(Duration.ofMinutes(6));
        assertThat(latest("host-1").path("last_seen_at").asString()).isEqualTo(good);
        broken(bad);
        later(Duration.ofMinutes(6));
        later(Duration.ofMinutes(6));
        assertThat(refused().path(0).path("times").asInt())
                .as("one file that nobody changed, read twice")
                .isEqualTo(1);
        assertThat(source("one").path("problem").asString("")).contains("host-1/host.v1");

        write(one, 0, good);
        later(Duration.ofMinutes(6));
        assertThat(refused().isEmpty()).isTrue();
        assertThat(source("one").path("taken").asInt()).isEqualTo(1);
        assertThat(latest("host-1").path("last_seen_at").asString())
                .as("it is the configuration from when it was found")
                .isGreaterThan(bad);
        String seen = latest("host-1").path("last_seen_at").asString();
        later(Duration.ofMinutes(6));
        assertThat(latest("host-1").path("last_seen_at").asString()).isEqualTo(seen);

        broken(bad);
        later(Duration.ofMinutes(6));
        assertThat(refused().path(0).path("code").asString("")).isEqualTo("bad_json");
        write(one, 1, clock.instant().toString());
        later(Duration.ofMinutes(6));
        assertThat(refused().isEmpty()).isTrue();
        assertThat(latest("host-1").at("/content/patches/pending_security").asInt())
                .isEqualTo(1);
    }

    @Test
    void aFileThatWasJustWrittenIsReadAgainBeforeItIsRefused() throws IOException {
        start(ONE);
        broken(clock.instant().plus(Duration.ofMinutes(6)).minusSeconds(10).toString());
        later(Duration.ofMinutes(6));
        assertThat(refused().isEmpty()).isTrue();
        assertThat(source("one").path("problem").asString(""))
                .contains("host-1/host.v1: it was being written while it was read");
        later(Duration.ofSeconds(31));
        assertThat(refused().path(0).path("code").asString("")).isEqualTo("bad_json");
    }

    /** A collector that writes every few seconds and whose output broke: each look finds a file that was just written. */
    @Test
    void aBrokenFileThatIsRewrittenAllTheTimeIsRefusedAtTheSecondLook() throws IOException {
        start(ONE);
        write(folder.resolve("one.json"), 1, "2026-03-02T07:00:00Z");
        later(Duration.ofMinutes(6));
        assertThat(latest("host-1")).isNotNull();
        brokenUntil(Duration.ofMinutes(6));
        assertThat(refused().isEmpty()).as("it may be half written").isTrue();
        brokenUntil(Duration.ofSeconds(31));
        assertThat(refused().path(0).path("code").asString("")).isEqualTo("bad_json");
        assertThat(source("one").path("problem").asString("")).doesNotContain("being written");
        write(folder.resolve("one.json"), 2, clock.instant().plusSeconds(21).toString());
        later(Duration.ofSeconds(31));
        assertThat(refused().isEmpty())
                .as("it is looked at again shortly, not at its next turn")
                .isTrue();
        brokenUntil(Duration.ofMinutes(6));
        assertThat(refused().isEmpty()).as("what was there between was whole").isTrue();
        assertThat(source("one").path("problem").asString("")).contains("being written");
    }

    /** Two nodes read one source at once where a reading takes longer than its turn. */
    @Test
    void twoReadingsFindOnePlaceInTheMaking() throws IOException {
        start(ONE);
        database.useTransaction(tx -> {
            PullDao dao = tx.attach(PullDao.class);
            dao.insertUnsettled("one", List.of("host-1/host.v1"));
            dao.insertUnsettled("one", List.of("host-1/host.v1", "host-2/host.v1"));
            assertThat(dao.listUnsettled("one")).containsExactlyInAnyOrder("host-1/host.v1", "host-2/host.v1");
        });
    }

    /** The next look finds it broken, and written ten seconds before. */
    private void brokenUntil(Duration step) throws IOException {
        broken(clock.instant().plus(step).minusSeconds(10).toString());
        later(step);
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsNotTaken() throws Exception {
        Path one = folder.resolve("one.json");
        write(one, 0, "2026-03-02T07:00:00Z");
        List<String> said = new java.util.ArrayList<>();
        Fetching.fetch(new PullSource.OneFile(one, "host-1", "host.v1"), new Fetching.Taking() {
            @Override
            public boolean before(String place, java.time.Instant collectedAt) {
                Unchecked.run(() -> Files.writeString(one, "more", java.nio.file.StandardOpenOption.APPEND));
                return false;
            }

            @Override
            public void found(Fetched fetched) {
                said.add("found");
            }

            @Override
            public void unsettled(String place) {
                said.add("unsettled " + place);
            }

            @Override
            public void problem(String text) {
                said.add(text);
            }
        });
        assertThat(said).containsExactly("unsettled host-1/host.v1");
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path secret = folder.resolve("elsewhere.json");
        write(secret, 3, "2026-03-02T07:00:00Z");
        Files.createDirectories(folder.resolve("all/host-1"));
        Files.createSymbolicLink(folder.resolve("all/host-1/host.v1.json"), secret);
        start("sources:\n  - {id: all, every: PT5M, folder: all}\n");
        later(Duration.ofMinutes(1));
        assertThat(latest("host-1")).isNull();
        assertThat(source("all").path("problem").asString("")).contains("host-1/host.v1: it is a link");
    }

    @Test
    void everyFileOfAFolderThatCannotBeReadIsNamed() throws IOException {
        write(folder.resolve("all/host-1/host.v1.json"), 3, "2026-03-02T07:00:00Z");
        Files.write(folder.resolve("all/host-1/identity.v1.json"), new byte[5 * 1024 * 1024 + 1]);
        Files.createDirectories(folder.resolve("all/host-2"));
        Files.writeString(folder.resolve("all/host-2/host.v1.json"), "no JSON");
        for (int i = 10; i < 22; i++) {
            write(folder.resolve("all/nobody-" + i + "/host.v1.json"), 3, "2026-03-02T07:00:00Z");
        }
        start("sources:\n  - {id: all, every: PT5M, folder: all}\n");
        later(Duration.ofMinutes(1));
        assertThat(source("all").path("taken").asInt()).isEqualTo(1);
        assertThat(source("all").path("problem").asString(""))
                .contains(
                        "host-1/identity.v1: It is larger",
                        "host-2/host.v1: ",
                        "nobody-10/host.v1",
                        "nobody-17/host.v1")
                .endsWith("; and 4 more")
                .doesNotContain("nobody-18");
    }

    @Test
    void anAddressIsAskedWithItsTokenAndTrustedByItsOwnCertificateOnly() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>("");
        AtomicReference<String> modified = new AtomicReference<>("");
        AtomicReference<byte[]> body = new AtomicReference<>(HOST.formatted(4).getBytes(StandardCharsets.UTF_8));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        server.createContext("/host", exchange -> {
            asked.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (!modified.get().isEmpty()) {
                exchange.getResponseHeaders().set("Last-Modified", modified.get());
            }
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body.get());
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        try {
            Files.writeString(folder.resolve("token"), "s3cret-token\n");
            String base = "https://localhost:" + server.getAddress().getPort();
            start("""
                    sources:
                      - {id: good, every: PT5M, url: "%1$s/host", asset: host-1, source: host.v1, token_file: token, ca_file: "%2$s"}
                      - {id: untrusted, every: PT5M, url: "%1$s/host", asset: host-2, source: host.v1}
                      - {id: moved, every: PT5M, url: "%1$s/moved", asset: host-2, source: host.v1, ca_file: "%2$s"}
                    """.formatted(base, certificates.resolve("ca.pem")));
            later(Duration.ofMinutes(1));
            assertThat(latest("host-1").at("/content/patches/pending_security").asInt())
                    .isEqualTo(4);
            assertThat(asked.get()).isEqualTo("Bearer s3cret-token");
            assertThat(source("untrusted").path("problem").asString("")).contains("certificate");
            assertThat(source("moved").path("problem").asString("")).contains("answered 302");
            assertThat(latest("host-2")).isNull();
            assertThat(Json.write(pulls.list())).doesNotContain("s3cret");

            body.set(new byte[5 * 1024 * 1024 + 10]);
            later(Duration.ofMinutes(6));
            assertThat(source("good").path("problem").asString("")).contains("larger than");

            body.set(HOST.formatted(4).getBytes(StandardCharsets.UTF_8));
            later(Duration.ofMinutes(6));
            assertThat(refused().isEmpty()).isTrue();
            modified.set(java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    clock.instant().atZone(java.time.ZoneOffset.UTC)));
            later(Duration.ofMinutes(6));
            assertThat(source("good").path("taken").asInt()).isEqualTo(1);
            later(Duration.ofMinutes(6));
            assertThat(source("good").path("taken").asInt()).as("no news").isZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAddressThatDripsItsAnswerIsLeftWhenItsTimeIsOver() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                do {
                    out.write(' ');
                    out.flush();
                } while (!over.await(50, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/silent", exchange -> {
            exchange.sendResponseHeaders(200, 40);
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        try {
            for (String path : List.of("/drip", "/silent")) {
                PullSource.Address address = new PullSource.Address(
                        URI.create("https://localhost:" + server.getAddress().getPort() + path),
                        "host-1",
                        "host.v1",
                        null,
                        certificates.resolve("ca.pem"));
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> assertThatThrownBy(() -> Asking.ask(address, Duration.ofSeconds(1)))
                                .as(path)
                                .isInstanceOf(PullFailed.class)
                                .hasMessageContaining("within 1 seconds"));
            }
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    @Test
    void whatWaitedLongestIsReadFirst() throws IOException {
        start("""
                sources:
                  - {id: often, every: PT1M, folder: a}
                  - {id: rare, every: PT10M, folder: b}
                """);
        Pulls others = new Pulls(
                database,
                inventory.assets,
                snapshots,
                List.of(
                        new PullSource("new", Duration.ofMinutes(1), new PullSource.Folder(folder)),
                        new PullSource("rare", Duration.ofMinutes(10), new PullSource.Folder(folder)),
                        new PullSource("often", Duration.ofMinutes(1), new PullSource.Folder(folder))));
        assertThat(others.longestDueFirst()).extracting(PullSource::id).containsExactly("new", "often", "rare");
    }

    /** A certificate for localhost, made by the JDK's own tool. */
    @BeforeAll
    static void certificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = certificates.resolve("store.p12");
        keytool("-genkeypair -alias t -keyalg EC -dname CN=localhost -ext san=dns:localhost", store);
        keytool("-exportcert -rfc -alias t -file " + certificates.resolve("ca.pem"), store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        certificate = context;
    }

    private static void keytool(String arguments, Path store) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aMistakeInTheFileStopsTheStartAndNamesItsLine() throws IOException {
        for (Map.Entry<String, String> wrong : Map.of(
                        "sources:\n  - {id: a, every: PT5M, folder: x, colour: red}", "line 2: unknown key 'colour'",
                        "sources:\n  - {id: a, every: PT5S, folder: x}", "at least PT1M",
                        "sources:\n  - {id: a, every: PT5M, url: \"http://example.org\", asset: a, source: host.v1}",
                                "https://",
                        "sources:\n  - {id: a, every: PT5M, file: x, asset: a, source: hots.v1}",
                                "did you mean 'host.v1'?",
                        "sources:\n  - {id: a, every: PT5M, folder: x}\n  - {id: a, every: PT5M, folder: y}",
                                "line 3: the id a is there twice")
                .entrySet()) {
            Path file = Files.writeString(folder.resolve("wrong.yaml"), wrong.getKey());
            assertThatThrownBy(() -> PullSources.read(file.toString(), Set.of("host.v1", "azure.nsg.v1")))
                    .as(wrong.getKey())
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(wrong.getValue());
        }
    }
}
