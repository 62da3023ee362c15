package dev.ronde.testing.services;

import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import dev.ronde.testing.services.KafkaBroker.Listener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of Kafka against every kind of listener of a real broker. */
@Tag("service")
class KafkaBrokerTest {
    @Test
    @Needs({"target/nodes/kafka/lib", "openssl"})
    void everyKindOfListener() {
        try (KafkaBroker broker = KafkaBroker.start()) {
            assertListener(exposed(broker.at(Listener.OPEN)), "fail [credentials-demanded]");
            assertListener(halfway(broker.at(Listener.TLS)), "fail [credentials-demanded]");
            assertListener(halfway(broker.at(Listener.REQUESTED)), "fail [credentials-demanded]");
            assertListener(guarded(broker.at(Listener.PASSWORD)), "pass");
            assertListener(guarded(broker.at(Listener.CERTIFICATE)), "pass");
        }
    }

    private static void assertListener(Service listener, String word) {
        assertThat(ServiceProbes.check("kafka-plaintext-anonymous", listener).word())
                .as(listener.toString())
                .isEqualTo(word);
    }
}
