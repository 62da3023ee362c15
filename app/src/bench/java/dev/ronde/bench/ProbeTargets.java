package dev.ronde.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The machines a bench probes, all on loopback: addresses of 127.77.0.0/16 on which an nginx answers HTTP and TLS, and black holes
 * among them, whose full queue makes the kernel drop every further SYN.
 */
final class ProbeTargets implements AutoCloseable {
    static final int HTTP = 18_081;
    static final int TLS = 18_443;
    /** Where the black holes stand; nothing else does. */
    static final int HOLE = 18_666;

    private final Path folder;
    private final Process nginx;
    private final List<Closeable> holes = new ArrayList<>();

    private ProbeTargets(Path folder, Process nginx) {
        this.folder = folder;
        this.nginx = nginx;
    }

    /** Starts an nginx that listens on so many addresses. */
    static ProbeTargets start(int count) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ronde-bench-");
        command(folder, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
        StringBuilder listens = new StringBuilder();
        for (int i = 0; i < count; i++) {
            listens.append("listen ")
                    .append(address(i))
                    .append(':')
                    .append(HTTP)
                    .append(" backlog=511;\n");
            listens.append("listen ").append(address(i)).append(':').append(TLS).append(" ssl;\n");
        }
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; master_process off; pid %1$s/pid; error_log %1$s/error.log;
                events { worker_connections 16384; }
                http {
                  access_log off; keepalive_timeout 5s;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  server {
                    ssl_certificate %1$s/cert.pem; ssl_certificate_key %1$s/key.pem;
                    %2$s
                    location / { return 200 "hello"; }
                  }
                }
                """.formatted(folder, listens));
        Process nginx = new ProcessBuilder("/usr/sbin/nginx", "-c", folder + "/nginx.conf", "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        awaitPort(address(count - 1), TLS);
        return new ProbeTargets(folder, nginx);
    }

    /** Makes black holes of the first so many addresses, at {@link #HOLE}. */
    void dig(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            InetAddress address = InetAddress.getByName(address(i));
            ServerSocket full = new ServerSocket(HOLE, 1, address);
            holes.add(full);
            boolean open = true;
            while (open) {
                Socket filler = new Socket();
                holes.add(filler);
                try {
                    filler.connect(new InetSocketAddress(address, HOLE), 40);
                } catch (SocketTimeoutException e) {
                    open = false;
                }
            }
        }
    }

    static String address(int index) {
        return "127.77." + index / 250 + "." + (1 + index % 250);
    }

    static void awaitPort(String address, int port) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            try {
                new Socket(address, port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("nothing listens on " + address + ":" + port + " after ten seconds");
    }

    private static void command(Path folder, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-nodes", "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem", "-days", "30"));
        all.addAll(List.of("-subj", "/CN=target.example"));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(text);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable hole : holes) {
            hole.close();
        }
        nginx.destroy();
        nginx.onExit().completeOnTimeout(nginx, 5, TimeUnit.SECONDS).join();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
