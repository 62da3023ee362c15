package dev.ronde.testing.services;

import static dev.ronde.testing.services.ServiceTable.exposed;
import static dev.ronde.testing.services.ServiceTable.guarded;
import static dev.ronde.testing.services.ServiceTable.halfway;
import static dev.ronde.testing.services.ServiceTable.judge;

import dev.ronde.testing.Needs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of the Docker API against the real daemon of Debian, which starts no container. */
@Tag("service")
class DockerServiceTest {
    @Test
    @Needs({"dockerd", "openssl"})
    void docker() {
        String[] tls = {"", "--tlscert={cert}", "--tlskey={key}", "--tlscacert={cert}"};
        judge(
                "docker-api-anonymous",
                exposed(() -> PlatformServices.dockerd(), "fail [api-closed]"),
                // encrypted, and for whoever comes
                halfway(() -> PlatformServices.dockerd(with("--tlsverify=false", tls)), "fail [api-closed]"),
                // it verifies unless it is told not to
                guarded(() -> PlatformServices.dockerd(with("--tls", tls)), "pass"),
                guarded(() -> PlatformServices.dockerd(with("--tlsverify", tls)), "pass"));
    }

    private static String[] with(String first, String... options) {
        String[] all = options.clone();
        all[0] = first;
        return all;
    }
}
