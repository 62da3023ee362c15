package dev.ronde.testing.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the servers that come as Debian packages, exposed or protected, each with the canary in its data. */
public final class Services {
    private Services() {}

    /** Redis; with a password it answers {@code -NOAUTH}. */
    public static Service redis(boolean isProtected) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        List<String> command = new ArrayList<>(List.of(
                "redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--appendonly", "no"));
        if (isProtected) {
            command.addAll(List.of("--requirepass", "s3cret"));
        }
        Service redis = started(port, folder, command);
        String login = isProtected ? "AUTH s3cret\r\n" : "";
        tell(port, login + "SET customer:1 " + Service.CANARY + "\r\nQUIT\r\n", "+OK");
        return redis;
    }

    /** Redis whose default user needs no password but may not PING. */
    static Service redisHalf() {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        write(folder.resolve("users.acl"), "user default on nopass ~* +@all -ping\n");
        List<String> command = List.of(
                "redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--aclfile", "users.acl");
        Service redis = started(port, folder, command);
        tell(port, "SET customer:1 " + Service.CANARY + "\r\nQUIT\r\n", "+OK");
        return redis;
    }

    /** Redis behind TLS, for clients with a certificate or for any. */
    static Service redisBehindTls(boolean certificates) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Certificates.make(folder, Certificates.GOOD);
        List<String> command = List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--tls-port",
                "" + port,
                "--tls-cert-file",
                "cert.pem",
                "--tls-key-file",
                "key.pem",
                "--tls-ca-cert-file",
                "cert.pem",
                "--tls-auth-clients",
                certificates ? "yes" : "no");
        return started(port, folder, command);
    }

    /** memcached; with a password file it answers {@code CLIENT_ERROR unauthenticated}. */
    public static Service memcached(boolean isProtected) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        List<String> command =
                new ArrayList<>(List.of("memcached", "-l", "127.0.0.1", "-p", "" + port, "-U", "0", "-u", user()));
        String login = "";
        if (isProtected) {
            write(folder.resolve("auth"), "probe:s3cret\n");
            command.addAll(List.of("-Y", folder.resolve("auth").toString()));
            login = "set auth 0 0 12\r\nprobe s3cret\r\n";
        }
        Service memcached = started(port, folder, command);
        String canary = Service.CANARY;
        tell(port, login + "set customer 0 0 " + canary.length() + "\r\n" + canary + "\r\nquit\r\n", "STORED");
        return memcached;
    }

    /** Mosquitto; the canary is a retained message. */
    public static Service mosquitto(boolean isProtected) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        String access = "allow_anonymous true\n";
        if (isProtected) {
            write(folder.resolve("passwords"), "");
            ServiceProcess.run(folder, List.of("mosquitto_passwd", "-b", "passwords", "owner", "s3cret"));
            ServiceProcess.run(folder, List.of("chmod", "644", "passwords"));
            access = "allow_anonymous false\npassword_file " + folder.resolve("passwords") + "\n";
        }
        write(folder.resolve("mosquitto.conf"), "listener " + port + " 127.0.0.1\n" + access);
        Service mosquitto = started(port, folder, List.of("mosquitto", "-c", "mosquitto.conf"));
        MqttPublisher.retain(port, isProtected ? "owner" : null, "s3cret", "customers", Service.CANARY);
        return mosquitto;
    }

    /** mosquitto that lets anybody in, and then nobody but its owner near a topic. */
    public static Service mosquittoHalf() {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        write(folder.resolve("acl"), "user owner\ntopic readwrite #\n");
        ServiceProcess.run(folder, List.of("chmod", "644", "acl"));
        write(
                folder.resolve("mosquitto.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nacl_file " + folder.resolve("acl") + "\n");
        return started(port, folder, List.of("mosquitto", "-c", "mosquitto.conf"));
    }

    /** NATS with users, one of which is everybody who names none. */
    public static Service natsHalf() {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        write(
                folder.resolve("nats.conf"),
                "listen: 127.0.0.1:" + port + "\nserver_name: " + Service.CANARY
                        + "\naccounts: { A: { users: [ {user: guest, password: guest}, {user: app, password: s3cret} ] } }\n"
                        + "no_auth_user: guest\n");
        return started(port, folder, List.of("nats-server", "-c", "nats.conf"));
    }

    /** NATS; it keeps nothing, so the canary is its server name. */
    public static Service nats(boolean isProtected) {
        int port = ServiceProcess.freePort();
        List<String> command =
                new ArrayList<>(List.of("nats-server", "-a", "127.0.0.1", "-p", "" + port, "--name", Service.CANARY));
        if (isProtected) {
            command.addAll(List.of("--user", "owner", "--pass", "s3cret"));
        }
        return started(port, ServiceProcess.folder(), command);
    }

    /** {@code openssl s_server} with the given options and certificate (as {@link Certificates} makes them). */
    public static Service tls(List<String> certificate, String... options) {
        return tls(ServiceProcess.folder(), certificate, options);
    }

    /** The same with key.pem and cert.pem in a folder. */
    static Service tls(Path folder, List<String> certificate, String... options) {
        int port = ServiceProcess.freePort();
        List<String> files = Certificates.make(folder, certificate);
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-quiet"));
        command.addAll(files);
        command.addAll(List.of(options));
        return started(port, folder, command);
    }

    private static Service started(int port, Path folder, List<String> command) {
        return RunningService.start(port, folder, command);
    }

    /** Says something to a line protocol and checks that the last answer but the farewell is the expected one. */
    private static void tell(int port, String text, String expected) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.contains(expected)) {
                throw new IllegalStateException("the canary was not stored: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String user() {
        return System.getProperty("user.name").equals("root") ? "nobody" : System.getProperty("user.name");
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
