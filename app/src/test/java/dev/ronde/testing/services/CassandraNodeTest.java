package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import dev.ronde.testing.Stance;
import dev.ronde.testing.services.ServiceProbes.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of Cassandra against real nodes: open, with a password, with certificates, and with certificates for who likes. */
@Tag("service")
@Tag("long")
class CassandraNodeTest {
    private static final String CERTIFICATES = """
            client_encryption_options: {enabled: true, optional: %b, require_client_auth: true, keystore: "{folder}/both.pem", truststore: "{folder}/cert.pem", ssl_context_factory: {class_name: org.apache.cassandra.security.PEMBasedSslContextFactory}}
            """;

    @Test
    @Needs({"target/nodes/cassandra/lib", "openssl"})
    void exposedHalfAndProtected() {
        assertWord(Stance.EXPOSED, "fail [credentials-demanded]");
        assertWord(Stance.HALF, "fail [credentials-demanded]", CERTIFICATES.formatted(true));
        assertWord(Stance.PROTECTED, "pass", CERTIFICATES.formatted(false));
        assertWord(Stance.PROTECTED, "pass", "authenticator: PasswordAuthenticator");
    }

    private static void assertWord(Stance stance, String word, String... settings) {
        try (Service node = CassandraNode.start(settings)) {
            Verdict verdict = ServiceProbes.check("cassandra-anonymous", new Standing(node, stance));
            assertThat(verdict.word())
                    .as(String.join("\n", settings) + verdict.result().exchanges())
                    .isEqualTo(word);
        }
    }
}
