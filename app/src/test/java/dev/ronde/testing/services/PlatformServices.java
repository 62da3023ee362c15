package dev.ronde.testing.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What applications stand on, as Debian packages it: exposed, protected or half of both. */
final class PlatformServices {
    /** The line that lets ZooKeeper tell who a client is; it asks nobody yet. */
    static final String SASL = "authProvider.sasl=org.apache.zookeeper.server.auth.SASLAuthenticationProvider";

    /** The credentials RabbitMQ comes with, as a proxy may add them for everybody. */
    static final String RABBIT_GUEST = "Basic Z3Vlc3Q6Z3Vlc3Q=";

    private static final String JUPYTER = "jupyter-notebook";
    private static final String ZOOKEEPER = "/usr/share/java/zookeeper.jar";

    private PlatformServices() {}

    /** InfluxDB with a database named after the canary; protected means that it asks who somebody is. */
    static Service influxdb(boolean isProtected) {
        Service influxdb = influxd(isProtected);
        if (isProtected) {
            query(influxdb, "", "CREATE USER owner WITH PASSWORD 's3cret' WITH ALL PRIVILEGES");
        }
        query(influxdb, isProtected ? "&u=owner&p=s3cret" : "", "CREATE DATABASE \"" + Service.CANARY + "\"");
        return influxdb;
    }

    /** InfluxDB that asks who somebody is, with nobody who could answer. */
    static Service influxdbWithoutAdministrator() {
        return influxd(true);
    }

    private static Service influxd(boolean asksWho) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(folder.resolve("influxdb.conf"), """
                reporting-disabled = true
                bind-address = "127.0.0.1:%d"
                [meta]
                dir = "meta"
                [data]
                dir = "data"
                wal-dir = "wal"
                [monitor]
                store-enabled = false
                [http]
                bind-address = "127.0.0.1:%d"
                auth-enabled = %b
                """.formatted(ServiceProcess.freePort(), port, asksWho));
        return RunningService.start(port, folder, List.of("influxd", "run", "-config", "influxdb.conf"));
    }

    /** ZooKeeper with a node named after the canary and these lines more in its configuration. */
    static Service zookeeper(String... settings) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(folder.resolve("jaas"), """
                Server { org.apache.zookeeper.server.auth.DigestLoginModule required user_owner="s3cret"; };
                Client { org.apache.zookeeper.server.auth.DigestLoginModule required username="owner" password="s3cret"; };
                """);
        Services.write(folder.resolve("zoo.cfg"), """
                dataDir=%s/data
                clientPortAddress=127.0.0.1
                clientPort=%d
                admin.enableServer=false
                """.formatted(folder, port) + String.join("\n", settings) + "\n");
        ServiceProcess process = ServiceProcess.start(
                folder, ZOOKEEPER, java("org.apache.zookeeper.server.ZooKeeperServerMain", "zoo.cfg"));
        Service zookeeper = new RunningService(port, process.awaitPort(port));
        MailHouse.await("ZooKeeper", () -> serves(port));
        String node = "/" + Service.CANARY;
        ServiceProcess.run(
                folder,
                java(
                        "org.apache.zookeeper.ZooKeeperMain",
                        "-server",
                        "127.0.0.1:" + port,
                        "create",
                        node,
                        Service.CANARY));
        return zookeeper;
    }

    /** It listens before it serves, and hangs up on who comes between. */
    private static boolean serves(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).contains("Mode:");
        } catch (IOException e) {
            return false;
        }
    }

    /** A main class of ZooKeeper, whose jar names what it needs but the place its log goes to. */
    private static List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.security.auth.login.config=jaas",
                "-cp",
                ZOOKEEPER + ":/usr/share/java/slf4j-simple.jar",
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Jupyter with a notebook named after the canary and these options. */
    static Service jupyter(String... options) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(folder.resolve(Service.CANARY + ".ipynb"), "{}");
        List<String> command = new ArrayList<>(List.of(
                "env",
                "HOME=" + folder,
                JUPYTER,
                "--allow-root",
                "--no-browser",
                "--ip=127.0.0.1",
                "--port=" + port,
                "--port-retries=0",
                "--notebook-dir=" + folder));
        command.addAll(List.of(options));
        return new RunningService(
                port, ServiceProcess.start(folder, JUPYTER, command).awaitPort(port));
    }

    /** The management interface of RabbitMQ with a queue named after the canary and these lines more in its configuration. */
    static Service rabbitmq(String... settings) {
        int port = ServiceProcess.freePort();
        int names = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Services.write(folder.resolve("enabled_plugins"), "[rabbitmq_management].");
        Services.write(
                folder.resolve("rabbitmq.conf"),
                """
                listeners.tcp.1 = 127.0.0.1:%d
                management.tcp.ip = 127.0.0.1
                management.tcp.port = %d
                """.formatted(ServiceProcess.freePort(), port) + String.join("\n", settings) + "\n");
        ServiceProcess epmd = ServiceProcess.start(
                ServiceProcess.folder(), List.of("epmd", "-port", "" + names, "-address", "127.0.0.1"));
        epmd.awaitPort(names);
        List<String> command = List.of(
                "env",
                "HOME=" + folder,
                "ERL_EPMD_ADDRESS=127.0.0.1",
                "ERL_EPMD_PORT=" + names,
                "RABBITMQ_NODENAME=ronde@localhost",
                "RABBITMQ_DIST_PORT=" + ServiceProcess.freePort(),
                "RABBITMQ_CONFIG_FILE=" + folder + "/rabbitmq.conf",
                "RABBITMQ_ENABLED_PLUGINS_FILE=" + folder + "/enabled_plugins",
                "RABBITMQ_CONF_ENV_FILE=/dev/null",
                "RABBITMQ_MNESIA_BASE=" + folder + "/data",
                "RABBITMQ_LOG_BASE=" + folder,
                "RABBITMQ_LOGS=-",
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}",
                "RABBITMQ_ALLOW_INPUT=1",
                "/usr/lib/rabbitmq/bin/rabbitmq-server",
                "-noinput");
        ServiceProcess broker = ServiceProcess.start(folder, "rabbitmq-server", command);
        Service rabbitmq = new Broker(new RunningService(port, broker.awaitText("Time to start RabbitMQ")), epmd);
        store(request(rabbitmq, "/api/queues/%2F/" + Service.CANARY)
                .header("Authorization", RABBIT_GUEST)
                .PUT(BodyPublishers.ofString("{}")));
        return rabbitmq;
    }

    /** RabbitMQ with the program that knows where its nodes are. */
    private record Broker(Service node, ServiceProcess names) implements Service {
        @Override
        public int port() {
            return node.port();
        }

        @Override
        public String program() {
            return node.program();
        }

        @Override
        public void close() {
            try {
                node.close();
            } finally {
                names.close();
            }
        }
    }

    /** dockerd on TCP with a label that holds the canary and these options, of which {@code --tls…} find certificate, key and authority in its folder. */
    static Service dockerd(String... options) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Certificates.make(folder, Certificates.GOOD);
        Services.write(folder.resolve("daemon.json"), "{}");
        List<String> command = new ArrayList<>(List.of(
                "dockerd",
                "--config-file=" + folder + "/daemon.json",
                "--host=tcp://127.0.0.1:" + port,
                "--label=owner=" + Service.CANARY,
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--storage-driver=vfs",
                "--data-root=" + folder + "/data",
                "--exec-root=" + folder + "/exec",
                "--pidfile=" + folder + "/pid"));
        for (String option : options) {
            command.add(option.replace("{folder}", folder.toString()));
        }
        // its port is there before it is, and one that is stopped in between leaves its data mounted
        return new RunningService(port, ServiceProcess.start(folder, command).awaitText("API listen on"));
    }

    private static void store(HttpRequest.Builder request) {
        int status = send(request).statusCode();
        if (status != 201) {
            throw new IllegalStateException("the canary was not stored: HTTP " + status);
        }
    }

    private static void query(Service influxdb, String login, String query) {
        String path = "/query?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + login;
        HttpRequest.Builder request = request(influxdb, path).POST(BodyPublishers.noBody());
        String said = send(request).body();
        if (!said.contains("results") || said.contains("error")) {
            throw new IllegalStateException(query + " failed: " + said);
        }
    }

    private static HttpRequest.Builder request(Service service, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
