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

/** A real Elasticsearch or OpenSearch node in a JVM of its own, from the class path that {@code app/src/test/nodes/prepare} made. */
public final class SearchNode implements Service {
    private static final String CREDENTIALS =
            Base64.getEncoder().encodeToString("owner:s3cret".getBytes(StandardCharsets.US_ASCII));

    private final String product;
    private final RunningService node;

    private SearchNode(String product, String main) {
        this.product = product;
        Path source =
                Path.of("app/src/test/nodes", product, "src", main + ".java").toAbsolutePath();
        this.node = new RunningService.Setup(ServiceProcess.JAVA + " -Xmx400m -cp " + NodeLibraries.of(product) + "/* "
                        + source + " {folder} " + CREDENTIALS)
                .file("mode", "open")
                .ready("READY ")
                .start();
        storeCanary();
    }

    public static SearchNode elasticsearch() {
        return new SearchNode("elasticsearch", "ElasticsearchNode");
    }

    public static SearchNode openSearch() {
        return new SearchNode("opensearch", "OpenSearchNode");
    }

    /** Makes it {@code open}, {@code banner} (anonymous may read the banner) or {@code protected}. */
    SearchNode as(String mode) {
        node.setup().file("mode", mode);
        return this;
    }

    /** Returns the product with the version of its jar, for example {@code opensearch 2.19.6}. */
    @Override
    public String program() {
        return NodeLibraries.program(product, product);
    }

    @Override
    public int port() {
        return Integer.parseInt(node.process().awaitLine("READY "));
    }

    @Override
    public void close() {
        node.close();
    }

    /** Puts the canary into a document and into the name of its index. */
    private void storeCanary() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port() + "/" + CANARY + "/_doc/1?refresh=true"))
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
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
