package dev.ronde.testing.services;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

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
    }

    private final ServiceProcess process;
    private final Map<Listener, Integer> ports;

    private KafkaBroker(ServiceProcess process, Map<Listener, Integer> ports) {
        this.process = process;
        this.ports = ports;
    }

    /** Starts a broker with all listeners; its rack, which metadata name, is the canary. */
    static KafkaBroker start() {
        Path folder = ServiceProcess.folder();
        Certificates.make(folder, Certificates.GOOD);
        ServiceProcess.run(folder, List.of("sh", "-c", "cat key.pem cert.pem > both.pem"));
        Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
        for (Listener listener : Listener.values()) {
            ports.put(listener, ServiceProcess.freePort());
        }
        Services.write(folder.resolve("kafka.properties"), properties(folder, ports));
        ServiceProcess.run(
                folder,
                java("kafka.tools.StorageTool", "format", "-t", "AAAAAAAAAAAAAAAAAAAAAQ", "-c", "kafka.properties"));
        ServiceProcess process = ServiceProcess.start(folder, java("kafka.Kafka", "kafka.properties"));
        ports.values().forEach(process::awaitPort);
        return new KafkaBroker(process, ports);
    }

    /** Returns one listener as a service; it ends with the broker. */
    Service at(Listener listener) {
        int port = ports.get(listener);
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
        process.close();
    }

    private static String properties(Path folder, Map<Listener, Integer> ports) {
        int controller = ServiceProcess.freePort();
        StringBuilder listeners = new StringBuilder();
        StringBuilder protocols = new StringBuilder();
        StringBuilder more = new StringBuilder();
        ports.forEach((listener, port) -> {
            listeners
                    .append(listener.name())
                    .append("://127.0.0.1:")
                    .append(port)
                    .append(',');
            protocols
                    .append(listener.name())
                    .append(':')
                    .append(listener.protocol)
                    .append(',');
            if (!listener.certificate.isEmpty()) {
                more.append("listener.name.")
                        .append(listener.name().toLowerCase(Locale.ROOT))
                        .append(".ssl.client.auth=")
                        .append(listener.certificate)
                        .append('\n');
            }
        });
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listeners=%2$sCONTROLLER://127.0.0.1:%1$d
                listener.security.protocol.map=%3$sCONTROLLER:PLAINTEXT
                inter.broker.listener.name=OPEN
                sasl.enabled.mechanisms=PLAIN
                listener.name.password.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_owner="s3cret";
                ssl.keystore.type=PEM
                ssl.keystore.location=%4$s/both.pem
                ssl.truststore.type=PEM
                ssl.truststore.location=%4$s/cert.pem
                log.dirs=%4$s/data
                broker.rack=%5$s
                """.formatted(controller, listeners, protocols, folder, Service.CANARY) + more;
    }

    private static List<String> java(String main, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                NodeLibraries.of("kafka") + "/*",
                                main),
                        Stream.of(arguments))
                .toList();
    }
}
