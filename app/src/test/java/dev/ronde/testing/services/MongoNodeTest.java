package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import dev.ronde.testing.Stance;
import dev.ronde.testing.services.ServiceProbes.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of MongoDB against an open server of its protocol from Maven; one that demands credentials is not to be had there. */
@Tag("service")
@Needs("target/nodes/mongodb/lib")
class MongoNodeTest {
    @Test
    void anOpenServerCarriesOutACommand() {
        ServiceProcess process = ServiceProcess.start(
                ServiceProcess.folder(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        NodeLibraries.of("mongodb") + "/*",
                        Path.of("app/src/test/nodes/mongodb/src/MongoNode.java")
                                .toAbsolutePath()
                                .toString()));
        try (Service server = new MongoNode(Integer.parseInt(process.awaitLine("READY ")), process)) {
            Verdict verdict = ServiceProbes.check("mongodb-anonymous-access", new Standing(server, Stance.EXPOSED));
            assertThat(verdict.word()).isEqualTo("fail [credentials-demanded]");
            assertThat(verdict.facts("list").get("reply")).isEqualTo("listed");
        }
    }

    private record MongoNode(int port, ServiceProcess process) implements Service {
        @Override
        public String program() {
            return NodeLibraries.program("mongodb", "mongo-java-server");
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
