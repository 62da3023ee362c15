import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestHandler;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node on loopback: {@code OpenSearchNode <folder> <basic credentials>}; its file {@code mode} says {@code open},
 * {@code banner} or {@code protected} at any time. Prints {@code READY <port>} and stops when its standard input ends, so that it never outlives the test.
 */
public final class OpenSearchNode {
    private OpenSearchNode() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        Settings settings = Settings.builder()
                .put("path.home", home.toString())
                .put("path.data", home.resolve("data").toString())
                .put("cluster.name", "ronde-test")
                .put("node.name", "node")
                .put("discovery.type", "single-node")
                .put("transport.type", "netty4")
                .put("http.type", "netty4")
                .put("network.host", "127.0.0.1")
                .put("http.port", "0")
                .put("transport.port", "0")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        Guard.modeFile = home.resolve("mode");
        Guard.credentials = args[1];
        Node node = new EmbeddedNode(settings);
        node.start();
        System.out.println("READY "
                + node.injector()
                        .getInstance(HttpServerTransport.class)
                        .boundAddress()
                        .publishAddress()
                        .getPort());
        System.in.readAllBytes();
        node.close();
        System.exit(0);
    }

    private static final class EmbeddedNode extends Node {
        EmbeddedNode(Settings settings) {
            super(
                    InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"),
                    List.of(Netty4Plugin.class, Guard.class),
                    false);
        }
    }

    /** Answers 401 to requests without the credentials, as the security layer does. */
    public static final class Guard extends Plugin implements ActionPlugin {
        private static Path modeFile = Path.of("mode");
        private static String credentials = "";

        @Override
        public UnaryOperator<RestHandler> getRestHandlerWrapper(ThreadContext context) {
            return handler -> (request, channel, client) -> {
                String mode = mode();
                boolean banner = mode.equals("banner") && request.path().equals("/");
                if (mode.equals("open") || banner || ("Basic " + credentials).equals(request.header("Authorization"))) {
                    handler.handleRequest(request, channel, client);
                    return;
                }
                BytesRestResponse refusal =
                        new BytesRestResponse(RestStatus.UNAUTHORIZED, "application/json", "{\"status\":401}");
                refusal.addHeader("WWW-Authenticate", "Basic realm=\"security\" charset=\"UTF-8\"");
                channel.sendResponse(refusal);
            };
        }

        private static String mode() {
            try {
                return Files.readString(modeFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
