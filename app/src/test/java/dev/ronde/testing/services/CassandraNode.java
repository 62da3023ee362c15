package dev.ronde.testing.services;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real Cassandra in a JVM of its own, from the class path that {@code app/src/test/nodes/prepare} made; its cluster is named after the canary. */
record CassandraNode(int port, ServiceProcess process) implements Service {
    /** What Cassandra may reach into on Java 17, as its own start script opens it. */
    private static final List<String> OPENED = List.of(
            "java.io",
            "java.lang",
            "java.lang.module",
            "java.lang.reflect",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.loader",
            "jdk.internal.math",
            "jdk.internal.misc",
            "jdk.internal.module",
            "jdk.internal.ref",
            "jdk.internal.reflect",
            "jdk.internal.util.jar",
            "sun.nio.ch");

    /** Starts a node with these lines more in its configuration; {@code {folder}} has {@code both.pem} and {@code cert.pem}. */
    static Service start(String... settings) {
        int port = ServiceProcess.freePort();
        int storage = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Certificates.make(folder, Certificates.GOOD);
        ServiceProcess.run(folder, List.of("sh", "-c", "cat key.pem cert.pem > both.pem"));
        Services.write(
                folder.resolve("cassandra.yaml"),
                """
                cluster_name: %1$s
                num_tokens: 1
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                commitlog_sync: periodic
                commitlog_sync_period: 10000ms
                endpoint_snitch: SimpleSnitch
                seed_provider: [{class_name: org.apache.cassandra.locator.SimpleSeedProvider, parameters: [{seeds: "127.0.0.1:%2$d"}]}]
                listen_address: 127.0.0.1
                storage_port: %2$d
                rpc_address: 127.0.0.1
                native_transport_port: %3$d
                """.formatted(Service.CANARY, storage, port)
                        + String.join("\n", settings).replace("{folder}", folder.toString()) + "\n");
        return new CassandraNode(
                port, ServiceProcess.start(folder, command(folder)).awaitPort(port));
    }

    @Override
    public String program() {
        return NodeLibraries.program("cassandra", "cassandra-all");
    }

    @Override
    public void close() {
        process.close();
    }

    private static List<String> command(Path folder) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.security.manager=allow",
                "-Dcassandra-foreground=yes",
                "-Dcassandra.config=file:" + folder + "/cassandra.yaml",
                "-Dcassandra.storagedir=" + folder,
                "-Dcassandra.ring_delay_ms=0",
                "-Dcassandra.shutdown_announce_in_ms=0",
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED"));
        OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        command.addAll(
                List.of("-cp", NodeLibraries.of("cassandra") + "/*", "org.apache.cassandra.service.CassandraDaemon"));
        return command;
    }
}
