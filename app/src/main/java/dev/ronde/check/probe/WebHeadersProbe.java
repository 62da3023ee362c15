package dev.ronde.check.probe;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of a web site's front page: where a plain request is sent, and which protections of the browser are switched on. */
final class WebHeadersProbe implements NetworkProbe.Conversation {
    static final String TYPE = "web.headers";

    private static final Pattern MAX_AGE = Pattern.compile("max-age\\s*=\\s*\"?([0-9]{1,10})");
    private static final Pattern FRAME_ANCESTORS =
            Pattern.compile("(?:^|[;,])\\s*frame-ancestors(?=[\\s;,]|$)([^;,]*)");
    private static final Set<String> ANYBODY = Set.of("*", "http:", "https:", "http://*", "https://*");
    private static final Head NOTHING = new Head(0, "none", 0, false, false, false);

    private record Head(int status, String redirect, long hsts, boolean nosniff, boolean frames, boolean version) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        HttpTalk talk = HttpTalk.head("/", session);
        Reply<Head> reply = HttpTalk.either(session, talk, line -> head(talk, line), Head::status);
        Head head = reply.contentOr(NOTHING);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", reply.outcome().code());
        facts.put("status", (long) head.status);
        facts.put("redirect", head.redirect);
        facts.put("hstsSeconds", head.hsts);
        facts.put("noSniff", head.nosniff);
        facts.put("framesRestricted", head.frames);
        facts.put("versionShown", head.version);
        facts.put("bytesRead", (long) reply.bytesRead());
        facts.put("overTls", reply.overTls());
        return Map.of("head", facts);
    }

    private static boolean restrictsFrames(String policy) {
        Matcher ancestors = FRAME_ANCESTORS.matcher(policy.toLowerCase(Locale.ROOT));
        return ancestors.find()
                && Arrays.stream(ancestors.group(1).strip().split("\\s+")).noneMatch(ANYBODY::contains);
    }

    private static Head head(HttpTalk talk, Line line) throws IOException {
        HttpReply reply = talk.exchange(line);
        Map<String, String> headers = reply.headers();
        String location = headers.getOrDefault("location", "").toLowerCase(Locale.ROOT);
        boolean redirects = reply.status() >= 300 && reply.status() < 400;
        String redirect =
                !redirects ? "none" : location.startsWith("https://") ? "https" : location.isEmpty() ? "none" : "other";
        Matcher age = MAX_AGE.matcher(
                headers.getOrDefault("strict-transport-security", "").toLowerCase(Locale.ROOT));
        boolean frames = headers.getOrDefault("x-frame-options", "")
                        .toLowerCase(Locale.ROOT)
                        .matches("deny|sameorigin")
                || restrictsFrames(headers.getOrDefault("content-security-policy", ""));
        return new Head(
                reply.status(),
                redirect,
                age.find() ? Math.min(Long.parseLong(age.group(1)), 1_000_000_000L) : 0,
                "nosniff".equalsIgnoreCase(headers.getOrDefault("x-content-type-options", "")),
                frames,
                headers.getOrDefault("server", "").matches(".*[0-9]+\\.[0-9]+.*"));
    }
}
