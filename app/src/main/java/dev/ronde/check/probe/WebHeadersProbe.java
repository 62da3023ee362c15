package dev.ronde.check.probe;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of a web site's front page: where a plain request is sent, and which protections of the browser are switched on. */
final class WebHeadersProbe implements NetworkProbe.Conversation {
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
        return Facts.of(reply)
                .and("status", head.status)
                .and("redirect", head.redirect)
                .and("hstsSeconds", head.hsts)
                .and("noSniff", head.nosniff)
                .and("framesRestricted", head.frames)
                .and("versionShown", head.version)
                .and("overTls", reply.overTls())
                .in("head");
    }

    private static boolean restrictsFrames(String policy) {
        Matcher ancestors = FRAME_ANCESTORS.matcher(policy);
        return ancestors.find()
                && Arrays.stream(ancestors.group(1).strip().split("\\s+")).noneMatch(ANYBODY::contains);
    }

    private static Head head(HttpTalk talk, Line line) throws IOException {
        HttpReply reply = talk.exchange(line);
        String location = reply.header("location");
        boolean redirects = reply.status() >= 300 && reply.status() < 400 && !location.isEmpty();
        Matcher age = MAX_AGE.matcher(reply.header("strict-transport-security"));
        boolean frames = reply.header("x-frame-options").matches("deny|sameorigin")
                || restrictsFrames(reply.header("content-security-policy"));
        return new Head(
                reply.status(),
                !redirects ? "none" : location.startsWith("https://") ? "https" : "other",
                age.find() ? Math.min(Long.parseLong(age.group(1)), 1_000_000_000L) : 0,
                reply.header("x-content-type-options").equals("nosniff"),
                frames,
                reply.header("server").matches(".*[0-9]+\\.[0-9]+.*"));
    }
}
