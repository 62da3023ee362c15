package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.ScriptedServer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A domain is looked at by asking the resolver that the operator names, which needs both keys as any target does. */
final class DomainAppTest {
    /** Bytes behind the question. */
    private static final int OPT = 11;

    private static final List<String> CHECKS =
            List.of("dangling-dns", "domain-dns-authenticity", "domain-mail-authenticity");

    /** A SOA of the name in the question. */
    private static final byte[] SOA =
            HexFormat.of().parseHex("c00c" + "0006" + "0001" + "0000003c" + "0016" + "00".repeat(22));

    /** A resolver of which every name but those under invalid exists and holds nothing, as far as it says whose word that is. */
    private static ScriptedServer emptyResolver(boolean withSoa) {
        return ScriptedServer.start(peer -> {
            DataInputStream in = new DataInputStream(peer.socket().getInputStream());
            while (true) {
                try {
                    byte[] message = in.readNBytes(in.readUnsignedShort());
                    peer.log().writeBytes(message);
                    // an answer, from one that resolves, without any record of its own; what follows the question is
                    // cut off
                    boolean gone = new String(message, StandardCharsets.ISO_8859_1).contains("invalid");
                    ByteBuffer.wrap(message)
                            .putShort(2, (short) (gone ? 0x8183 : 0x8180))
                            .putShort(8, (short) (withSoa ? 1 : 0))
                            .putShort(10, (short) 0);
                    int length = message.length - OPT;
                    peer.say(ByteBuffer.allocate(2 + length + (withSoa ? SOA.length : 0))
                            .putShort((short) (length + (withSoa ? SOA.length : 0)))
                            .put(message, 0, length)
                            .put(withSoa ? SOA : new byte[0])
                            .array());
                } catch (EOFException e) {
                    return;
                }
            }
        });
    }

    private static void domain(CheckedEstate app, String authorised) {
        domain(app, authorised, "example.org");
    }

    private static void domain(CheckedEstate app, String authorised, String hostname) {
        Object[] asset = {
            "probe_authorised_until",
            authorised,
            "tags",
            List.of("param:dangling-dns.names=shop,mail"),
            "hostname",
            hostname.isEmpty() ? null : hostname
        };
        app.asset("our-domain", "domain", asset);
        app.settle();
    }

    private static CheckedEstate asking(ScriptedServer resolver) {
        return CheckedEstate.start(
                new TestClock(),
                Map.of(Setting.PROBE_ALLOW, "127.0.0.1/32", Setting.PROBE_RESOLVER, "127.0.0.1:" + resolver.port()));
    }

    private static String said(CheckedEstate app, String check) {
        return app.result("our-domain", check);
    }

    @Test
    void theResolverOfTheSettingIsAsked() throws IOException {
        try (ScriptedServer resolver = emptyResolver(true);
                CheckedEstate app = asking(resolver)) {
            domain(app, "2026-12-31");
            assertThat(said(app, "domain-mail-authenticity")).isEqualTo("fail");
            assertThat(app.run("our-domain", "domain-mail-authenticity")
                            .at("/facts/mail/spf")
                            .asString())
                    .isEqualTo("none");
            assertThat(said(app, "dangling-dns")).isEqualTo("pass");
            String run =
                    app.run("our-domain", "domain-mail-authenticity").path("id").asString();
            assertThat(app.page("/checks/runs/" + run, "fr"))
                    .contains("SPF n’écarte pas les autres expéditeurs : aucun.");
            assertThat(said(app, "domain-dns-authenticity")).isEqualTo("fail");
            String asked = resolver.received(0) + resolver.received(1) + resolver.received(2);
            assertThat(asked).contains("example", "_dmarc", "_mta-sts", "www", "shop", "mail");
            JsonNode states = app.get("/api/v1/assets/our-domain/protections").path("protections");
            assertThat(states.valueStream()
                            .map(of -> of.path("key").asString() + " "
                                    + of.path("state").asString())
                            .toList())
                    .contains("mail-authenticity off", "no-dangling-records enabled", "dns-authenticity off");
        }
    }

    /** That nothing is there is the word of a zone; without it nothing is told, and nothing is in order. */
    @Test
    void aResolverThatTellsNothingDecidesNothing() throws IOException {
        try (ScriptedServer resolver = emptyResolver(false);
                CheckedEstate app = asking(resolver)) {
            domain(app, "2026-12-31");
            for (String check : CHECKS) {
                assertThat(said(app, check)).as(check).isEqualTo("unknown resolver-undecided");
            }
        }
    }

    /** The id of a condition tells nobody what to do. */
    @Test
    void programsReadTheSentencesOfPages() throws IOException {
        try (ScriptedServer resolver = emptyResolver(true);
                CheckedEstate app = asking(resolver)) {
            domain(app, "2026-12-31", "");
            assertThat(said(app, "dangling-dns")).isEqualTo("unknown domain-not-named");
            assertThat(app.app.get("/api/v1/check-runs.ocsf?check=dangling-dns").body())
                    .contains("[\"The asset names no domain. Set its hostname to the domain.\"]");
            assertThat(app.app
                            .post("/api/v1/checks/dangling-dns/dry-run", Map.of("asset", "our-domain"))
                            .text("/detail"))
                    .isEqualTo("The asset names no domain. Set its hostname to the domain.");
        }
    }

    @Test
    void withoutBothKeysNobodyIsAsked() throws IOException {
        try (ScriptedServer resolver = emptyResolver(true)) {
            String at = "127.0.0.1:" + resolver.port();
            for (String allow : List.of("10.0.0.0/8", "127.0.0.0/8")) {
                try (CheckedEstate app = CheckedEstate.start(
                        new TestClock(), Map.of(Setting.PROBE_ALLOW, allow, Setting.PROBE_RESOLVER, at))) {
                    domain(app, allow.startsWith("127") ? "2020-01-01" : "2026-12-31");
                    for (String check : CHECKS) {
                        assertThat(said(app, check)).as(check).isEqualTo("error policy-denied");
                    }
                }
            }
            assertThat(resolver.connections()).isZero();
        }
    }
}
