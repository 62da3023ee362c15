package dev.ronde.testing.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Debian's PostgreSQL with a given {@code pg_hba.conf}; it refuses to run as root, so there it runs as {@code postgres}. */
public final class PostgresService implements Service {
    private final int port;
    private final Path folder;
    private final ServiceProcess process;

    private PostgresService(int port, Path folder, ServiceProcess process) {
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    /** Starts it; each line is one of {@code pg_hba.conf}. */
    public static PostgresService start(boolean tls, String... hba) {
        int port = ServiceProcess.freePort();
        Path folder = ServiceProcess.folder();
        Path data = folder.resolve("data");
        if (isRoot()) {
            ServiceProcess.run(folder, List.of("chown", "postgres", folder.toString()));
        }
        ServiceProcess.run(folder, as(bin("initdb") + " -D " + data + " -U postgres -A trust -E UTF8 --locale=C -N"));
        List<String> command = as(bin("postgres") + " -D " + data + " -p " + port + " -k " + folder
                + " -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=16MB");
        if (tls) {
            Certificates.make(folder, Certificates.GOOD);
            Path key = folder.resolve("key.pem");
            ServiceProcess.run(folder, List.of("chmod", "600", key.toString()));
            if (isRoot()) {
                ServiceProcess.run(folder, List.of("chown", "postgres", key.toString()));
            }
            command.addAll(List.of(
                    "-c", "ssl=on", "-c", "ssl_cert_file=" + folder.resolve("cert.pem"), "-c", "ssl_key_file=" + key));
        }
        PostgresService service = new PostgresService(
                port, folder, ServiceProcess.start(folder, command).awaitText("ready to accept connections"));
        service.storeCanary();
        service.rules(hba);
        return service;
    }

    /** Replaces {@code pg_hba.conf} and makes the server read it. */
    public void rules(String... hba) {
        Path file = folder.resolve("data/pg_hba.conf");
        Services.write(file, String.join("\n", hba) + "\nlocal all postgres trust\n");
        sql("select pg_reload_conf()");
        String loaded = "select count(*) from pg_hba_file_rules where error is not null";
        if (!sql(loaded).contains("0")) {
            throw new IllegalStateException("pg_hba.conf was not understood");
        }
    }

    /** Sets how passwords are stored, which decides what the rule {@code md5} asks for. */
    public void passwordsAs(String encryption) {
        sql("alter system set password_encryption = '" + encryption + "'");
    }

    @Override
    public String program() {
        return ProgramVersion.of(bin("postgres"));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }

    private void storeCanary() {
        sql("create table customer (name text)");
        sql("insert into customer values ('" + CANARY + "')");
    }

    private String sql(String statement) {
        return ServiceProcess.run(
                folder, as(bin("psql") + " -h " + folder + " -p " + port + " -U postgres -XAtc", statement));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> as(String words, String... more) {
        String account = isRoot() ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : "";
        List<String> whole = new ArrayList<>(List.of((account + words).split(" ")));
        whole.addAll(List.of(more));
        return whole;
    }

    /** Finds the program of the newest PostgreSQL that is installed. */
    private static String bin(String program) {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin").resolve(program))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
