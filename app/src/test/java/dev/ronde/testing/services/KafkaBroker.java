package dev.ronde.testing.services;

import java.util.Locale;

/** A real Kafka broker in a JVM of its own, from the class path that {@code app/src/test/nodes/prepare} made, with listeners of every kind. */
final class KafkaBroker implements AutoCloseable {
    /** What stands between a listener and whoever comes. */
    enum Listener {
        /** Nothing. */
        OPEN("PLAINTEXT", ""),
        /** A password. */
        PASSWORD("SASL_PLAINTEXT", ""),
        /** TLS that asks for no certificate. */
        TLS("SSL", "none"),
        /** TLS that asks for a certificate and takes who has none. */
        REQUESTED("SSL", "requested"),
        /** TLS that demands a certificate. */
        CERTIFICATE("SSL", "required");

        private final String protocol;
        private final String certificate;

        Listener(String protocol, String certificate) {
            this.protocol = protocol;
            this.certificate = certificate;
        }

        /** The first is the one that is waited for. */
        private String port() {
            return ordinal() == 0 ? "{port}" : "{port" + ordinal() + "}";
        }
    }

    private final RunningService broker;

    private KafkaBroker(RunningService broker) {
        this.broker = broker;
    }

    /** Starts a broker with all listeners; its rack, which metadata name, is the canary. */
    static KafkaBroker start() {
        String java = ServiceProcess.JAVA + " -Xmx256m -cp " + NodeLibraries.of("kafka") + "/* ";
        RunningService broker = new RunningService.Setup(java + "kafka.Kafka kafka.properties")
                .first("cp {cert} both.pem")
                .first("sh -c cat·{key}>>both.pem")
                .file("kafka.properties", properties())
                .first(java + "kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ -c kafka.properties")
                .start();
        for (Listener listener : Listener.values()) {
            broker.process().awaitPort(broker.setup().port(listener.port()));
        }
        return new KafkaBroker(broker);
    }

    /** Returns one listener as a service; it ends with the broker. */
    Service at(Listener listener) {
        int port = broker.setup().port(listener.port());
        return new Service() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public String program() {
                return NodeLibraries.program("kafka", "kafka_2.13") + ", listener " + listener;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        broker.close();
    }

    private static String properties() {
        StringBuilder listeners = new StringBuilder();
        StringBuilder protocols = new StringBuilder();
        StringBuilder more = new StringBuilder();
        for (Listener listener : Listener.values()) {
            listeners
                    .append(listener)
                    .append("://127.0.0.1:")
                    .append(listener.port())
                    .append(',');
            protocols.append(listener).append(':').append(listener.protocol).append(',');
            if (!listener.certificate.isEmpty()) {
                more.append("listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".ssl.client.auth="
                        + listener.certificate + "\n");
            }
        }
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:{port9}
                controller.listener.names=CONTROLLER
                listeners=%sCONTROLLER://127.0.0.1:{port9}
                listener.security.protocol.map=%sCONTROLLER:PLAINTEXT
                inter.broker.listener.name=OPEN
                sasl.enabled.mechanisms=PLAIN
                listener.name.password.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_owner="s3cret";
                ssl.keystore.type=PEM
                ssl.keystore.location={folder}/both.pem
                ssl.truststore.type=PEM
                ssl.truststore.location={cert}
                log.dirs={folder}/data
                broker.rack={canary}
                """.formatted(listeners, protocols) + more;
    }
}
