package dev.ronde.testing.services;

import static dev.ronde.testing.services.ServiceTable.exposed;
import static dev.ronde.testing.services.ServiceTable.guarded;
import static dev.ronde.testing.services.ServiceTable.halfway;
import static dev.ronde.testing.services.ServiceTable.judge;

import dev.ronde.testing.Needs;
import java.util.ArrayList;
import java.util.List;
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
        List<ServiceTable.Row> rows = new ArrayList<>(List.of(
                exposed(() -> CassandraNode.start(), "fail [credentials-demanded]"),
                guarded(() -> CassandraNode.start("authenticator: PasswordAuthenticator"), "pass")));
        if ("full".equals(System.getProperty("ronde.scale"))) {
            rows.add(halfway(() -> CassandraNode.start(CERTIFICATES.formatted(true)), "fail [credentials-demanded]"));
            rows.add(guarded(() -> CassandraNode.start(CERTIFICATES.formatted(false)), "pass"));
        }
        judge("cassandra-anonymous", rows.toArray(ServiceTable.Row[]::new));
    }
}
