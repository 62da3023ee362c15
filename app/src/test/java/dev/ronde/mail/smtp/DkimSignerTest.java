package dev.ronde.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.testing.ScriptedSmtp;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature is checked on what came over the wire, by a verifier of its own that shares no line with the signer. */
final class DkimSignerTest {

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519"})
    void whatCameOverTheWireVerifiesAndEveryChangeBreaksIt(String algorithm) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        String wire = sent(keys);
        assertThat(wire)
                .contains("d=ronde.test; s=ronde1;")
                .contains("a=" + (algorithm.equals("RSA") ? "rsa" : "ed25519") + "-sha256");
        assertThat(DkimVerifier.verifies(wire, keys.getPublic())).isTrue();
        // what relays may do, relaxed canonical forms forgive
        assertThat(DkimVerifier.verifies(wire.replaceFirst("\nSubject: ", "\nsubject:   "), keys.getPublic()))
                .isTrue();
        assertThat(DkimVerifier.verifies("Received: from a by b; now\n" + wire, keys.getPublic()))
                .isTrue();
        assertThat(DkimVerifier.verifies(wire + "\n\n", keys.getPublic())).isTrue();
        // what nobody may do
        assertThat(DkimVerifier.verifies(wire.replaceFirst("\nSubject: ", "\nSubject: x"), keys.getPublic()))
                .isFalse();
        assertThat(DkimVerifier.verifies(wire.replaceFirst("\nTo: ", "\nTo: x"), keys.getPublic()))
                .isFalse();
        assertThat(DkimVerifier.verifies(wire.replaceFirst("fw-par-01", "fw-par-02"), keys.getPublic()))
                .isFalse();
        assertThat(DkimVerifier.verifies("From: mallory@evil.example\n" + wire, keys.getPublic()))
                .isFalse();
        assertThat(DkimVerifier.verifies("Reply-To: mallory@evil.example\n" + wire, keys.getPublic()))
                .isFalse();
        KeyPair others = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        assertThat(DkimVerifier.verifies(wire, others.getPublic())).isFalse();
    }

    @Test
    void everyFieldThatMeansSomethingIsSigned() throws Exception {
        String wire = sent(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        String signed = DkimVerifier.tag(DkimVerifier.field(wire, "dkim-signature"), "h");
        assertThat(signed.split(":"))
                .contains("from", "to", "subject", "date", "message-id", "reply-to", "references", "content-type")
                .contains("list-unsubscribe", "list-unsubscribe-post", "auto-submitted", "mime-version");
    }

    @Test
    void aKeyThatCannotSignIsRefusedInWords() throws Exception {
        assertThatThrownBy(() -> new DkimSigner("ronde.test", "ronde1", "hello"))
                .hasMessageContaining("no line -----BEGIN PRIVATE KEY-----");
        assertThatThrownBy(() -> new DkimSigner(
                        "ronde.test", "ronde1", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"))
                .hasMessageContaining("openssl pkcs8 -topk8");
        KeyPair curve = KeyPairGenerator.getInstance("EC").generateKeyPair();
        assertThatThrownBy(() -> new DkimSigner("ronde.test", "ronde1", pem(curve)))
                .hasMessageContaining("neither an RSA nor an Ed25519 key");
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(512);
        KeyPair shortOne = weak.generateKeyPair();
        assertThatThrownBy(() -> new DkimSigner("ronde.test", "ronde1", pem(shortOne)))
                .hasMessageContaining("at least 1024 bits");
    }

    private static String sent(KeyPair keys) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Auto-Submitted", "auto-generated");
        headers.put("References", "<a@ronde.test> <b@ronde.test> <a-rather-long-identifier-that-folds@ronde.test>");
        headers.put("List-Unsubscribe", "<https://ronde.test/m/abc>");
        headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                SmtpSender sender = new SmtpSender(
                        SmtpServer.of("127.0.0.1", smtp.port(), null, null, SmtpTls.NONE, "ronde.test"),
                        new DkimSigner("ronde.test", "ronde1", pem(keys)))) {
            SmtpAnswer answer = sender.send(new Letter(
                    "<ronde.1@ronde.test>",
                    Instant.parse("2026-02-27T10:00:00Z"),
                    "Ronde",
                    "ronde@ronde.test",
                    "Élodie",
                    "alice@corp.example",
                    "[REV-1042] Révision de fw-par-01, une ligne assez longue pour que le champ soit plié (2026-03-12)",
                    "Bonjour  Élodie,\t \n\n.point\nfw-par-01   attend.  \n\n\n",
                    "<html><body><p>Bonjour Élodie, fw-par-01 attend.</p></body></html>",
                    headers,
                    "ronde+abc@ronde.test",
                    "ronde@ronde.test",
                    null));
            assertThat(answer.verdict()).as(answer.text()).isEqualTo(SmtpVerdict.ACCEPTED);
            return smtp.taken().get(0);
        }
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
