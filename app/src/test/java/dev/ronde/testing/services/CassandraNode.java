package dev.ronde.testing.services;

import java.util.List;
import java.util.stream.Collectors;

/** A real Cassandra in a JVM of its own, from the class path that {@code app/src/test/nodes/prepare} made; its cluster is named after the canary. */
record CassandraNode(RunningService node) implements Service {
    /** What Cassandra may reach into on Java 17, as its own start script opens it. */
    private static final List<String> OPENED = List.of("""
            java.io java.lang java.lang.module java.lang.reflect java.nio java.util java.util.concurrent
            java.util.concurrent.atomic jdk.internal.loader jdk.internal.math jdk.internal.misc jdk.internal.module
            jdk.internal.ref jdk.internal.reflect jdk.internal.util.jar sun.nio.ch""".split("\\s+"));

    /** Starts a node with these lines more in its configuration; {@code {folder}} has {@code both.pem} and {@code cert.pem}. */
    static Service start(String... settings) {
        String opened = OPENED.stream()
                .map(name -> " --add-opens=java.base/" + name + "=ALL-UNNAMED")
                .collect(Collectors.joining());
        return new CassandraNode(new RunningService.Setup(ServiceProcess.JAVA
                        + " -Xmx200m -Djava.security.manager=allow"
                        + " -Dcassandra-foreground=yes -Dcassandra.config=file:{folder}/cassandra.yaml"
                        + " -Dcassandra.storagedir={folder} -Dcassandra.ring_delay_ms=0"
                        + " -Dcassandra.shutdown_announce_in_ms=0 -Dcassandra.skip_wait_for_gossip_to_settle=0"
                        + " --add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED" + opened
                        + " -cp " + NodeLibraries.of("cassandra") + "/* org.apache.cassandra.service.CassandraDaemon")
                .first("cp {cert} both.pem")
                .first("sh -c cat·{key}>>both.pem")
                .file("cassandra.yaml", """
                        cluster_name: {canary}
                        num_tokens: 1
                        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                        commitlog_sync: periodic
                        commitlog_sync_period: 10000ms
                        endpoint_snitch: SimpleSnitch
                        seed_provider: [{class_name: org.apache.cassandra.locator.SimpleSeedProvider, parameters: [{seeds: "127.0.0.1:{port2}"}]}]
                        listen_address: 127.0.0.1
                        storage_port: {port2}
                        rpc_address: 127.0.0.1
                        native_transport_port: {port}
                        """ + String.join("\n", settings) + "\n")
                .start());
    }

    @Override
    public int port() {
        return node.port();
    }

    @Override
    public String program() {
        return NodeLibraries.program("cassandra", "cassandra-all");
    }

    @Override
    public void close() {
        node.close();
    }
}
