package dev.ronde.check.probe;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Elasticsearch and OpenSearch: the banner and the status of the cluster, without credentials. Neither holds a document or the
 * name of an index.
 */
final class ElasticsearchProbe implements NetworkProbe.Conversation {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,40}");

    private record Banner(int status, String product, String version) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        HttpTalk get = HttpTalk.get("/", session);
        Reply<Banner> root = HttpTalk.either(session, get, line -> banner(get.exchange(line)), Banner::status);
        Banner banner = root.contentOr(new Banner(0, "hidden", ""));
        Reply<Integer> health = health(session, root, banner);
        Facts facts = Facts.of(root)
                .and("status", banner.status)
                .and("product", banner.product)
                .and("version", banner.version)
                .and("overTls", root.overTls());
        return Map.of(
                "root",
                facts.all(),
                "health",
                Map.of("outcome", health.outcome().code(), "status", (long) health.contentOr(0)));
    }

    private static Reply<Integer> health(ProbeSession session, Reply<Banner> root, Banner banner) {
        if (root.outcome() != WireOutcome.RESPONSE || banner.status == 0) {
            return Reply.skipped();
        }
        HttpTalk get = HttpTalk.get("/_cluster/health?filter_path=status", session);
        ProbeSession.Talk<Integer> talk = line -> get.exchange(line).status();
        return session.same(root, get.what(), talk);
    }

    private static Banner banner(HttpReply reply) throws IOException {
        if (reply.status() == 401 || reply.status() == 403) {
            return new Banner(reply.status(), "hidden", "");
        }
        if (reply.status() != 200) {
            return new Banner(reply.status(), "other", "");
        }
        int length = reply.bodyEnd() - reply.bodyStart();
        byte[] bytes = reply.line().buffer();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, reply.bodyStart(), length)) {
            return banner(reply.status(), parser);
        } catch (JacksonException e) {
            return new Banner(reply.status(), "other", "");
        }
    }

    private static Banner banner(int status, JsonParser parser) {
        String product = "other";
        String version = "";
        int depth = 0;
        boolean inVersion = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            String name = parser.currentName();
            if (token == JsonToken.START_OBJECT) {
                depth++;
                inVersion = depth == 2 && "version".equals(name);
            } else if (token == JsonToken.END_OBJECT) {
                depth--;
                inVersion = false;
            } else if (token == JsonToken.VALUE_STRING && inVersion && depth == 2) {
                String text = parser.getString();
                version = "number".equals(name) && VERSION.matcher(text).matches() ? text : version;
                product = "distribution".equals(name) && "opensearch".equals(text) ? "opensearch" : product;
            } else if (token == JsonToken.VALUE_STRING && depth == 1 && "tagline".equals(name)) {
                product = "You Know, for Search".equals(parser.getString()) ? "elasticsearch" : product;
            }
        }
        return new Banner(status, product, version);
    }
}
