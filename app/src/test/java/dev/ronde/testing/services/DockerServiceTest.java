package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of the Docker API against the real daemon of Debian, which starts no container. */
@Tag("service")
class DockerServiceTest {
    @Test
    @Needs({"dockerd", "openssl"})
    void docker() {
        String[] tls = {"--tlscert={folder}/cert.pem", "--tlskey={folder}/key.pem", "--tlscacert={folder}/cert.pem"};
        try (Service open = exposed(PlatformServices.dockerd());
                Service half = halfway(PlatformServices.dockerd("--tlsverify=false", tls[0], tls[1], tls[2]));
                Service unsaid = guarded(PlatformServices.dockerd("--tls", tls[0], tls[1], tls[2]));
                Service closed = guarded(PlatformServices.dockerd("--tlsverify", tls[0], tls[1], tls[2]))) {
            assertThat(word("docker-api-anonymous", open)).isEqualTo("fail [api-closed]");
            assertThat(word("docker-api-anonymous", half))
                    .as("encrypted, and for whoever comes")
                    .isEqualTo("fail [api-closed]");
            assertThat(word("docker-api-anonymous", unsaid))
                    .as("it verifies unless it is told not to")
                    .isEqualTo("pass");
            assertThat(word("docker-api-anonymous", closed)).isEqualTo("pass");
        }
    }

    private static String word(String check, Service service) {
        return ServiceProbes.check(check, service).word();
    }
}
