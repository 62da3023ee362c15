package dev.ronde.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** prometheus-blackbox-exporter as Debian packs it, asked over HTTP with connections kept open. */
final class BlackboxExporter implements AutoCloseable {
    private static final int PORT = 19_115;

    private final Path file;
    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private BlackboxExporter(Path file, Process process) {
        this.file = file;
        this.process = process;
    }

    static BlackboxExporter start() throws IOException, InterruptedException {
        Path file = Files.createTempFile("blackbox-", ".yml");
        Files.writeString(file, """
                modules:
                  tcp: {prober: tcp, timeout: 3s}
                  http: {prober: http, timeout: 3s, http: {preferred_ip_protocol: ip4}}
                  tls: {prober: tcp, timeout: 3s, tcp: {tls: true, tls_config: {insecure_skip_verify: true}}}
                  tls_13: {prober: tcp, timeout: 3s, tcp: {tls: true, tls_config: {insecure_skip_verify: true, min_version: TLS13}}}
                  tls_12: {prober: tcp, timeout: 3s, tcp: {tls: true, tls_config: {insecure_skip_verify: true, min_version: TLS12, max_version: TLS12}}}
                  tls_old: {prober: tcp, timeout: 3s, tcp: {tls: true, tls_config: {insecure_skip_verify: true, min_version: TLS10, max_version: TLS11}}}
                """);
        Process process = new ProcessBuilder(
                        "prometheus-blackbox-exporter",
                        "--config.file=" + file,
                        "--web.listen-address=127.0.0.1:" + PORT,
                        "--history.limit=1",
                        "--log.level=error")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProbeTargets.awaitPort("127.0.0.1", PORT);
        return new BlackboxExporter(file, process);
    }

    /** Probes once; returns whether the target answered as the module expects. */
    boolean probe(String module, String address, int port) {
        String target = module.equals("http") ? "http://" + address + ":" + port + "/" : address + ":" + port;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + PORT + "/probe?module=" + module + "&target=" + target))
                .build();
        try {
            // its content type names no charset this client understands, and to search for it would cost the exporter
            // half its rate
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body()
                    .contains("\nprobe_success 1");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        Files.delete(file);
    }
}
