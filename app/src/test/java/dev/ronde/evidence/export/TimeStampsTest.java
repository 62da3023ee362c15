package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ronde.evidence.stamp.TimeStamps;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Needs;
import dev.ronde.testing.Sql;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time stamps by {@code openssl ts} behind a web server: in the bundle, checked by everybody, and what they catch. */
@Tag("tools")
@Needs({"openssl"})
class TimeStampsTest {
    @TempDir
    Path home;

    private BundleFixture fixture;
    private HttpServer server;
    private Path tsa;
    private String answer = "";

    @BeforeEach
    void start() throws Exception {
        fixture = new BundleFixture(DatabaseKind.H2, home).lived();
        fixture.test.clock.set(Instant.now());
        tsa = authority("tsa");
        authority("other");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        fixture.close();
    }

    /** An authority with a certificate of its own for one that stamps, as openssl wants it. */
    private Path authority(String name) throws Exception {
        Path folder = Files.createDirectories(home.resolve(name));
        BundleFixture.write(folder.resolve("ext"), "extendedKeyUsage=critical,timeStamping\n");
        BundleFixture.write(folder.resolve("serial"), "01\n");
        BundleFixture.write(folder.resolve("tsa.cnf"), """
                [tsa]
                default_tsa = one
                [one]
                serial = serial
                signer_cert = signer.pem
                signer_key = signer.key
                signer_digest = sha256
                default_policy = 1.2.3.4.1
                digests = sha256
                accuracy = secs:1, millisecs:500
                clock_precision_digits = 3
                ordering = yes
                tsa_name = yes
                ess_cert_id_chain = no
                """);
        for (String command : List.of(
                "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=Authority-" + name,
                "req -newkey rsa:2048 -nodes -keyout signer.key -out signer.csr -subj /CN=Stamper-" + name,
                "x509 -req -in signer.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 20 -extfile ext -out signer.pem")) {
            BundleFixture.run(folder, 0, ("openssl " + command).split(" "));
        }
        return folder;
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] query = exchange.getRequestBody().readAllBytes();
        byte[] body = switch (answer) {
            case "large" -> new byte[100_000];
            case "words" -> "<p>Not now.</p>".getBytes(StandardCharsets.UTF_8);
            case "refused" -> stamp(tsa, "no query".getBytes(StandardCharsets.UTF_8));
            default -> stamp(tsa, query);
        };
        exchange.sendResponseHeaders(answer.equals("busy") ? 503 : 200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private byte[] stamp(Path authority, byte[] query) {
        return Unchecked.get(() -> {
            Files.write(authority.resolve("q"), query);
            BundleFixture.run(
                    authority, 0, "openssl ts -reply -config tsa.cnf -section one -queryfile q -out a".split(" "));
            return Files.readAllBytes(authority.resolve("a"));
        });
    }

    private Path export() {
        Exports exports = fixture.exports(Optional.of(address()));
        return exports.file(exports.make(
                java.util.UUID.randomUUID(),
                BundleFixture.MARCH,
                java.util.Locale.ENGLISH,
                BundleFixture.JEANNE,
                (done, total) -> {}));
    }

    private EvidenceVerify.Result verify(Path bundle, Path authority) {
        return EvidenceVerify.verify(new EvidenceVerify.Request(
                bundle, fixture.vkey(), List.of(), false, true, List.of(), 0, authority.resolve("ca.pem")));
    }

    @Test
    void anExportIsStampedAndAnchoredByItForWhoTrustsTheAuthority() throws Exception {
        Path zip = export();
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        EvidenceVerify.Result good = verify(zip, tsa);
        assertThat(good.exitCode()).as(good.lines().toString()).isZero();
        assertThat(good.lines().get(0)).matches("anchored to (\\d+) of \\1 records by time stamp on [0-9-]{10}");
        assertThat(good.lines()).endsWith("VERIFIED");
        assertThat(verify(zip, home.resolve("other")).exitCode())
                .as("another authority")
                .isEqualTo(17);
        assertThat(fixture.verify(zip).lines())
                .as("without one nobody vouches")
                .endsWith("VERIFIED, NOT ANCHORED")
                .anyMatch(line -> line.contains("NOT CHECKED: who signed the time stamps"));
        String stamp = BundleFixture.lines(folder.resolve("ledger/anchors/anchors.csv"))
                .get(1)
                .split(",")[3];
        for (String ca : List.of("tsa", "other")) {
            BundleFixture.run(
                    folder.resolve("ledger/anchors"),
                    ca.equals("tsa") ? 0 : 1,
                    "openssl",
                    "ts",
                    "-verify",
                    "-data",
                    stamp + ".note",
                    "-in",
                    stamp + ".tsr",
                    "-CAfile",
                    home.resolve(ca).resolve("ca.pem").toString());
        }
        assertThatThrownBy(() -> verify(zip, home)).hasMessageContaining("ca.pem");
        assertThat(records("anchor.confirmed")).isOne();
        export();
        assertThat(records("anchor.confirmed"))
                .as("a newer checkpoint, another stamp")
                .isEqualTo(2);
    }

    @Test
    void a39ATimeStampOfAnotherCheckpointOrOfAnotherQuery() throws Exception {
        export();
        fixture.test.sealed(2);
        Path folder = BundleFixture.unpack(export(), home.resolve("out"));
        Path anchors = folder.resolve("ledger/anchors");
        List<String> rows = BundleFixture.lines(anchors.resolve("anchors.csv"));
        assertThat(rows).hasSize(3);
        Path old = anchors.resolve(rows.get(1).split(",")[3] + ".tsr");
        Path fresh = anchors.resolve(rows.get(2).split(",")[3] + ".tsr");
        byte[] honest = Files.readAllBytes(fresh);
        Files.copy(old, fresh, StandardCopyOption.REPLACE_EXISTING);
        assertFault(folder, "is a time stamp of something else than");
        Path query = home.resolve("query");
        BundleFixture.run(
                anchors,
                0,
                "openssl",
                "ts",
                "-query",
                "-data",
                fresh.toString().replace(".tsr", ".note"),
                "-sha256",
                "-cert",
                "-out",
                query.toString());
        Files.write(fresh, stamp(tsa, Files.readAllBytes(query)));
        assertFault(folder, "does not answer");
        Files.write(fresh, honest);
        BundleFixture.write(anchors.resolve("anchors.csv"), rows.get(0) + "\n" + rows.get(1) + "\n");
        assertFault(folder, "does not list");
        String early = rows.get(2).replaceAll(",2[0-9]{3}-[0-9]{2}-[0-9]{2}T", ",2019-12-05T");
        BundleFixture.write(anchors.resolve("anchors.csv"), rows.get(0) + "\n" + rows.get(1) + "\n" + early + "\n");
        assertFault(folder, "does not follow");
        BundleFixture.write(anchors.resolve("anchors.csv"), rows);
        fixture.sumAndSign(folder);
        assertThat(verify(folder, tsa).exitCode()).as("as it was").isZero();
        honest[honest.length - 1] ^= 1;
        Files.write(fresh, honest);
        fixture.sumAndSign(folder);
        assertThat(fixture.verify(folder).exitCode()).as("only the signature").isZero();
        assertThat(verify(folder, tsa).exitCode()).isEqualTo(17);
    }

    private void assertFault(Path folder, String words) {
        fixture.sumAndSign(folder);
        EvidenceVerify.Result result = fixture.verify(folder);
        assertThat(result.exitCode()).as(result.lines().toString()).isEqualTo(17);
        assertThat(result.lines()).anyMatch(line -> line.contains(words));
    }

    /** The stamps of before stay true, and nobody here can make such ones for what was written since. */
    @Test
    void a10AHistoryRewrittenWithBothKeysIsCaughtByATimeStampAlone() throws Exception {
        Path honest = BundleFixture.unpack(export(), home.resolve("honest"));
        Path keys = home.resolve("rewriter");
        for (String key : List.of("ledger.key", "export.key")) {
            Files.createDirectories(keys.resolve("keys"));
            Files.copy(home.resolve("keys").resolve(key), keys.resolve("keys").resolve(key));
        }
        try (BundleFixture rewriter = new BundleFixture(DatabaseKind.H2, keys).lived()) {
            rewriter.test.sealed(30);
            Path forged = BundleFixture.unpack(rewriter.zip(BundleFixture.MARCH), home.resolve("forged"));
            assertThat(verify(forged, tsa).lines())
                    .as("without its stamps")
                    .anyMatch(line -> line.startsWith("anchored to 0 of "))
                    .anyMatch(line -> line.startsWith("NOT VERIFIED, exit code 17"));
            try (var stamps = Files.list(honest.resolve("ledger/anchors"))) {
                for (Path stamp : stamps.toList()) {
                    Files.copy(
                            stamp,
                            forged.resolve("ledger/anchors").resolve(stamp.getFileName()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
            rewriter.sumAndSign(forged);
            EvidenceVerify.Result result = fixture.verify(forged);
            assertThat(result.exitCode()).isEqualTo(17);
            assertThat(result.lines())
                    .anyMatch(line -> line.contains("has another root than the one that was stamped"));
        }
    }

    @Test
    void whatGoesWrongIsARecordAndStopsNoExport() {
        for (String trouble : List.of("busy", "large", "words", "refused")) {
            answer = trouble;
            assertThat(fixture.verify(export()).exitCode()).isZero();
        }
        assertThat(records("anchor.failed")).isEqualTo(4);
        server.stop(0);
        export();
        assertThat(records("anchor.failed")).isEqualTo(5);
        assertThat(records("anchor.confirmed")).isZero();
    }

    @Test
    void onPostgresEachDaysCheckpointIsStampedOnce() {
        try (BundleFixture other = new BundleFixture(DatabaseKind.POSTGRESQL, home.resolve("pg"))) {
            TimeStamps stamps =
                    new TimeStamps(other.test.database, other.test.ledger, other.test.log, Optional.of(address()));
            Tick daily = stamps.tick(ZoneOffset.UTC);
            daily.run(other.test.clock.instant());
            for (int day = 0; day < 2; day++) {
                other.test.happened("web-" + day);
                other.test.clock.advance(Duration.ofDays(1));
                daily.run(other.test.clock.instant());
                daily.run(other.test.clock.instant());
                assertThat(stamps.newest().orElseThrow().treeSize())
                        .isEqualTo(other.test.ledger.checkpoint().treeSize());
                assertThat(stamps.stamp(other.test.ledger.checkpoint())).isFalse();
            }
            Path folder = BundleFixture.unpack(other.zip(BundleFixture.MARCH), home.resolve("out"));
            assertThat(BundleFixture.lines(folder.resolve("ledger/anchors/anchors.csv")))
                    .hasSize(3);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsr");
    }

    private long records(String type) {
        return Sql.number(
                fixture.test.database, "select count(*) from evidence_record where rec_type = :type", "type", type);
    }
}
