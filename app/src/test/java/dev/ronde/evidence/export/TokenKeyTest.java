package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ledger whose key lies on a token of SoftHSM. */
@Tag("tools")
@Needs({"pkcs11-tool", TokenKeyTest.MODULE})
class TokenKeyTest {
    static final String MODULE = "/usr/lib/softhsm/libsofthsm2.so";

    @TempDir
    static Path home;

    private static Path conf;

    @BeforeAll
    static void makeToken() throws Exception {
        conf = home.resolve("softhsm2.conf");
        Files.writeString(
                conf,
                "directories.tokendir = " + Files.createDirectories(home.resolve("tokens")) + "\nlog.level = ERROR\n");
        Files.writeString(home.resolve("pin"), "4321\n");
        Files.writeString(home.resolve("wrong"), "1111");
        tool("--init-token", "--slot-index", "0", "--label", "ronde one", "--so-pin", "87654321");
        tool("--init-pin", "--token-label", "ronde one", "--so-pin", "87654321", "--pin", "4321");
        tool(
                "--login",
                "--pin",
                "4321",
                "--token-label",
                "ronde one",
                "--label",
                "ledger",
                "--keypairgen",
                "--key-type",
                "EC:edwards25519");
        // the library reads it when it is loaded
        NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {"SOFTHSM2_CONF", conf.toString(), 1});
    }

    private static void tool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module", MODULE));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", conf.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static String uri(String token, String object, String module, String pin) {
        return "pkcs11:token=" + token + ";object=" + object + "?module-path=" + module + "&pin-source=file:"
                + home.resolve(pin) + "\n";
    }

    @Test
    void aLedgerGoesOnWithAKeyOnAToken() throws Exception {
        try (BundleFixture fixture = new BundleFixture(DatabaseKind.H2, home.resolve("log")).lived()) {
            VerifierKey first = fixture.test.ledger.verifierKey();
            Path key = fixture.test.files.ledgerKey();
            Files.writeString(key.resolveSibling("ledger.key.next"), uri("ronde%20one", "ledger", MODULE, "pin"));
            VerifierKey next = fixture.test.ledger.rotateKey(Actor.SYSTEM);
            fixture.test.ledger = fixture.test.open(fixture.test.files);
            fixture.test.sealed(1);
            pullOut();
            fixture.test.sealed(1);

            assertThat(key).content().startsWith("pkcs11:").doesNotContain("4321");
            assertThat(fixture.test.ledger.verifierKey()).isEqualTo(next).isNotEqualTo(first);
            assertThat(SignedNote.parse(fixture.test.ledger.checkpoint().note()).isSignedBy(next))
                    .isTrue();
            Path bundle = fixture.zip(BundleFixture.MARCH);
            for (VerifierKey known : List.of(first, next)) {
                assertThat(EvidenceVerify.verify(new EvidenceVerify.Request(bundle, known.encoded(), List.of(), false))
                                .exitCode())
                        .isZero();
            }
        }
    }

    /** What the token answers then: it knows of no session and no login. */
    private static void pullOut() {
        NativeLibrary.getInstance(MODULE).getFunction("C_Finalize").invokeInt(new Object[] {null});
    }

    @Test
    void aRefusedPinIsNotTriedAgain() throws Exception {
        Path pin = Files.writeString(home.resolve("turned"), "4321");
        SigningKey key = SigningKey.load(
                Files.writeString(home.resolve("turned.key"), uri("ronde%20one", "ledger", MODULE, "turned")));
        pullOut();
        Files.writeString(pin, "1111");
        assertThatThrownBy(() -> key.sign(new byte[1])).hasMessageContaining("PIN");
        Files.writeString(pin, "4321");
        assertThatThrownBy(() -> key.sign(new byte[1]))
                .as("the token counts, so that somebody must start anew")
                .hasMessageContaining("PIN");
    }

    @ParameterizedTest
    @CsvSource({
        "ronde%20one, ledger, " + MODULE + ", wrong, PIN",
        "ronde%20one, ledger, " + MODULE + ", none, PIN",
        "ronde%20one, other, " + MODULE + ", pin, other",
        "ronde two, ledger, " + MODULE + ", pin, ronde two",
        "ronde%20one, ledger, /none.so, pin, /none.so",
        "ronde%20one, ledger, " + MODULE + "&pin-value=4321, pin, 'write pkcs11:'"
    })
    void whatIsMissingIsNamed(String token, String object, String module, String pin, String named) throws Exception {
        Path file = Files.writeString(home.resolve("ledger.key"), uri(token, object, module, pin));
        assertThatThrownBy(() -> SigningKey.load(file))
                .hasMessageContaining(named)
                .hasMessageNotContaining("1111")
                .hasMessageNotContaining("4321");
    }
}
