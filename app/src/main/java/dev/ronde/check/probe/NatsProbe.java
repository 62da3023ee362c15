package dev.ronde.check.probe;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** NATS: reads the INFO line a server sends by itself; nothing is sent. */
final class NatsProbe implements NetworkProbe.Conversation {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,40}");

    private record Info(boolean authRequired, boolean tlsRequired, String version) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Info> info = session.plain("INFO", NatsProbe::info);
        Info content = info.contentOr(new Info(false, false, ""));
        return Facts.of(info)
                .reply(info.content() == null ? "other" : "info")
                .and("authRequired", content.authRequired)
                .and("tlsRequired", content.tlsRequired)
                .and("version", content.version)
                .in("info");
    }

    private static @Nullable Info info(Line line) throws IOException {
        int end = line.lineFrom(0);
        if (end < 0 || !line.startsWith("INFO ")) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line.buffer(), 5, end - 5)) {
            return parse(parser);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Info parse(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        boolean auth = false;
        boolean tls = false;
        String version = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "auth_required" -> auth = token == JsonToken.VALUE_TRUE;
                case "tls_required" -> tls = token == JsonToken.VALUE_TRUE;
                case "version" -> version = token == JsonToken.VALUE_STRING ? version(parser.getString()) : "";
                default -> parser.skipChildren();
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT ? new Info(auth, tls, version) : null;
    }

    private static String version(String text) {
        return VERSION.matcher(text).matches() ? text : "";
    }
}
