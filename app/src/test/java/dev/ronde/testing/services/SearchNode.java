package dev.ronde.testing.services;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A real Elasticsearch or OpenSearch node in a JVM of its own, from the class path that {@code app/src/test/nodes/prepare} made. */
public final class SearchNode implements Service {
    private static final String CREDENTIALS =
            Base64.getEncoder().encodeToString("owner:s3cret".getBytes(StandardCharsets.US_ASCII));

    private final String product;
    private final int port;
    private final ServiceProcess process;

    private SearchNode(String product, int port, ServiceProcess process) {
        this.product = product;
        this.port = port;
        this.process = process;
    }

    /** Starts Elasticsearch; the mode is {@code open}, {@code banner} (anonymous may read the banner) or {@code protected}. */
    public static SearchNode elasticsearch(String mode) {
        return start("elasticsearch", "ElasticsearchNode", mode);
    }

    /** Starts OpenSearch, with the same modes. */
    public static SearchNode openSearch(String mode) {
        return start("opensearch", "OpenSearchNode", mode);
    }

    private static SearchNode start(String product, String main, String mode) {
        Path folder = ServiceProcess.folder();
        Path source =
                Path.of("app/src/test/nodes", product, "src", main + ".java").toAbsolutePath();
        ServiceProcess process = ServiceProcess.start(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        NodeLibraries.of(product) + "/*",
                        source.toString(),
                        folder.resolve("home").toString(),
                        mode,
                        CREDENTIALS));
        SearchNode node = new SearchNode(product, Integer.parseInt(process.awaitLine("READY ")), process);
        node.storeCanary();
        return node;
    }

    /** Returns the product with the version of its jar, for example {@code opensearch 2.19.6}. */
    @Override
    public String program() {
        return NodeLibraries.program(product, product);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }

    /** Puts the canary into a document and into the name of its index. */
    private void storeCanary() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/" + CANARY + "/_doc/1?refresh=true"))
                .header("Authorization", "Basic " + CREDENTIALS)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"name\":\"" + CANARY + "\"}"))
                .build();
        try {
            int status = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
            if (status != 201) {
                throw new IllegalStateException("the canary was not stored: HTTP " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
