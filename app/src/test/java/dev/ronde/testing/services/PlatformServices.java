package dev.ronde.testing.services;

import dev.ronde.testing.Unchecked;
import dev.ronde.testing.services.RunningService.Setup;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** What applications stand on, as Debian packages it: exposed, protected or half of both. */
final class PlatformServices {
    /** The line that lets ZooKeeper tell who a client is; it asks nobody yet. */
    static final String SASL = "authProvider.sasl=org.apache.zookeeper.server.auth.SASLAuthenticationProvider";

    /** The credentials RabbitMQ comes with, as a proxy may add them for everybody. */
    static final String RABBIT_GUEST = "Basic Z3Vlc3Q6Z3Vlc3Q=";

    private static final String ZOOKEEPER = "/usr/share/java/zookeeper.jar";
    private static final String JAVA = ServiceProcess.JAVA + " -Xmx128m -Djava.security.auth.login.config=jaas -cp "
            + ZOOKEEPER + ":/usr/share/java/slf4j-simple.jar ";

    private PlatformServices() {}

    /** InfluxDB that asks who somebody is or does not, with nobody who could answer. */
    static RunningService influxd(boolean asksWho) {
        return new Setup("influxd run -config influxdb.conf")
                .file("influxdb.conf", """
                        reporting-disabled = true
                        bind-address = "127.0.0.1:{port2}"
                        [meta]
                        dir = "meta"
                        [data]
                        dir = "data"
                        wal-dir = "wal"
                        [monitor]
                        store-enabled = false
                        [http]
                        bind-address = "127.0.0.1:{port}"
                        auth-enabled = %b
                        """.formatted(asksWho))
                .start();
    }

    /** InfluxDB with a database named after the canary; protected means that it asks who somebody is. */
    static Service influxdb(boolean isProtected) {
        Service influxdb = influxd(isProtected);
        if (isProtected) {
            query(influxdb, "", "CREATE USER owner WITH PASSWORD 's3cret' WITH ALL PRIVILEGES");
        }
        query(influxdb, isProtected ? "&u=owner&p=s3cret" : "", "CREATE DATABASE \"" + Service.CANARY + "\"");
        return influxdb;
    }

    /** ZooKeeper with these lines more in its configuration; without any it has a node named after the canary. */
    static Service zookeeper(String... settings) {
        RunningService zookeeper = new Setup(JAVA + "org.apache.zookeeper.server.ZooKeeperServerMain zoo.cfg")
                .known(ZOOKEEPER)
                .file("jaas", """
                        Server { org.apache.zookeeper.server.auth.DigestLoginModule required user_owner="s3cret"; };
                        """)
                .file("zoo.cfg", """
                        dataDir={folder}/data
                        clientPortAddress=127.0.0.1
                        clientPort={port}
                        admin.enableServer=false
                        """ + String.join("\n", settings) + "\n")
                .start();
        MailHouse.await("ZooKeeper", () -> serves(zookeeper.port()));
        if (settings.length == 0) {
            zookeeper.run(
                    JAVA + "org.apache.zookeeper.ZooKeeperMain -server 127.0.0.1:{port} create /{canary} {canary}");
        }
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

    /** Jupyter with a notebook named after the canary and these options. */
    static Service jupyter(String... options) {
        return new Setup("env HOME={folder} jupyter-notebook --allow-root --no-browser --ip=127.0.0.1 --port={port}"
                        + " --port-retries=0 --notebook-dir={folder}")
                .known("jupyter-notebook")
                .file(Service.CANARY + ".ipynb", "{}")
                .start(options);
    }

    /** The management interface of RabbitMQ with a queue named after the canary and these lines more in its configuration. */
    static Service rabbitmq(String... settings) {
        RunningService names = new Setup("epmd -port {port} -address 127.0.0.1").start();
        Service rabbitmq = new Setup("env HOME={folder} ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=" + names.port()
                        + " RABBITMQ_NODENAME=ronde@localhost RABBITMQ_DIST_PORT={port2}"
                        + " RABBITMQ_CONFIG_FILE={folder}/rabbitmq.conf"
                        + " RABBITMQ_ENABLED_PLUGINS_FILE={folder}/enabled_plugins RABBITMQ_CONF_ENV_FILE=/dev/null"
                        + " RABBITMQ_MNESIA_BASE={folder}/data RABBITMQ_LOG_BASE={folder} RABBITMQ_LOGS=-"
                        + " RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel·inet_dist_use_interface·{127,0,0,1}"
                        + " RABBITMQ_ALLOW_INPUT=1 /usr/lib/rabbitmq/bin/rabbitmq-server -noinput")
                .known("rabbitmq-server")
                .file("enabled_plugins", "[rabbitmq_management].")
                .file("rabbitmq.conf", """
                        listeners.tcp.1 = 127.0.0.1:{port3}
                        management.tcp.ip = 127.0.0.1
                        management.tcp.port = {port}
                        """ + String.join("\n", settings) + "\n")
                .ready("Time to start RabbitMQ")
                .stop(service -> names.close())
                .start();
        store(request(rabbitmq, "/api/queues/%2F/" + Service.CANARY)
                .header("Authorization", RABBIT_GUEST)
                .PUT(BodyPublishers.ofString("{}")));
        return rabbitmq;
    }

    /** dockerd on TCP with a label that holds the canary and these options. */
    static Service dockerd(String... options) {
        // its port is there before it is, and one that is stopped in between leaves its data mounted
        return new Setup("dockerd --config-file={folder}/daemon.json --host=tcp://127.0.0.1:{port}"
                        + " --label=owner={canary} --bridge=none --iptables=false --ip6tables=false"
                        + " --storage-driver=vfs --data-root={folder}/data --exec-root={folder}/exec"
                        + " --pidfile={folder}/pid")
                .file("daemon.json", "{}")
                .ready("API listen on")
                .start(options);
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
        return Unchecked.get(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.ofString()));
    }
}
