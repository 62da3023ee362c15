package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import dev.ronde.testing.Stance;
import dev.ronde.testing.services.ServiceProbes.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of MongoDB against an open server of its protocol from Maven; one that demands credentials is not to be had there. */
@Tag("service")
@Needs("target/nodes/mongodb/lib")
class MongoNodeTest {
    @Test
    void anOpenServerCarriesOutACommand() {
        RunningService node = new RunningService.Setup(ServiceProcess.JAVA + " -Xmx128m -cp "
                        + NodeLibraries.of("mongodb") + "/* "
                        + Path.of("app/src/test/nodes/mongodb/src/MongoNode.java")
                                .toAbsolutePath())
                .ready("READY ")
                .start();
        int port = Integer.parseInt(node.process().awaitLine("READY "));
        try (Service server = new MongoNode(port, node.process())) {
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
