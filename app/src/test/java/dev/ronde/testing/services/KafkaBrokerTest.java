package dev.ronde.testing.services;

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
            assertListener(broker, Listener.OPEN, "fail [credentials-demanded]");
            assertListener(broker, Listener.TLS, "fail [credentials-demanded]");
            assertListener(broker, Listener.REQUESTED, "fail [credentials-demanded]");
            assertListener(broker, Listener.PASSWORD, "pass");
            assertListener(broker, Listener.CERTIFICATE, "pass");
        }
    }

    private static void assertListener(KafkaBroker broker, Listener listener, String word) {
        assertThat(ServiceProbes.check("kafka-plaintext-anonymous", broker.at(listener))
                        .word())
                .as(listener.name())
                .isEqualTo(word);
    }
}
