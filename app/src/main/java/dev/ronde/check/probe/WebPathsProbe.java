package dev.ronde.check.probe;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that stand in web roots by accident: a ranged GET of their first bytes each, whose beginning is compared with what such a file begins
 * with. What is served at such a path and is neither that nor a page of the site is not known. Two booleans come back; the bytes are wiped.
 */
final class WebPathsProbe implements NetworkProbe.Conversation {
    private static final int FIRST_BYTES = 64;
    /** A host name of up to 253 characters comes before what tells a status page apart. */
    private static final int STATUS_BYTES = 288;

    private static final String BLANK = "(?:\\u00ef\\u00bb\\u00bf)?\\s*";
    private static final String COMMENT = "#(?!!)[^\\n]*";
    private static final String ASSIGNMENT = "(?:export\\s+)?[A-Za-z_][A-Za-z0-9_]+[ \\t]*=(?!=).*";

    private static final Pattern MARKUP = Pattern.compile(BLANK + "<[!?A-Za-z]");

    private static final List<Question> QUESTIONS = List.of(
            new Question("git", "/.git/HEAD", FIRST_BYTES, "ref:\\s*refs/.*|[0-9a-f]{40}\\s*|[0-9a-f]{64}"),
            new Question(
                    "env",
                    "/.env",
                    FIRST_BYTES,
                    BLANK + "(?:" + COMMENT + "\\n\\s*)*(?:" + COMMENT + "|" + ASSIGNMENT + ")" + "|" + BLANK + "(?:"
                            + COMMENT + "\\n\\s*)+"),
            new Question(
                    "actuator",
                    "/actuator/env",
                    FIRST_BYTES,
                    "\\s*\\{\\s*\"(activeProfiles|propertySources|defaultProfiles)\".*"),
            new Question(
                    "serverStatus",
                    "/server-status?auto",
                    STATUS_BYTES,
                    ".*(ServerVersion: |Total Accesses: [0-9]|ServerMPM: |BusyWorkers: [0-9]"
                            + "|Active connections: [0-9]|<title>Apache Status|<title>Status</title>).*"));
    private static final Answer NOTHING = new Answer(0, Kind.NOTHING, 0);

    private record Question(String name, String path, int bytes, Pattern begins) {
        Question(String name, String path, int bytes, String begins) {
            this(name, path, bytes, Pattern.compile(begins, Pattern.DOTALL));
        }
    }

    private enum Kind {
        /** Nothing is served. */
        NOTHING,
        /** The file, by how it begins. */
        FOUND,
        /** A page of the site. */
        PAGE,
        /** Neither. */
        UNCLEAR
    }

    /** {@code print} tells two beginnings apart during the session and is kept nowhere. */
    private record Answer(int status, Kind kind, int print) {
        boolean servesTheSameAs(Answer other) {
            return kind != Kind.NOTHING && other.kind != Kind.NOTHING && print == other.print;
        }
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Map<String, Reply<Answer>> replies = new LinkedHashMap<>();
        Reply<Answer> before = null;
        for (Question question : QUESTIONS) {
            boolean asks = before == null || (before.outcome() == WireOutcome.RESPONSE && session.hasRequest());
            before = asks ? ask(session, question, before) : Reply.skipped();
            replies.put(question.name, before);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        replies.forEach((name, reply) -> facts.put(name, facts(name, reply, replies)));
        return facts;
    }

    /** A server that begins another path's answer alike has one answer for all. */
    private static Map<String, Object> facts(String name, Reply<Answer> reply, Map<String, Reply<Answer>> all) {
        Answer answer = reply.contentOr(NOTHING);
        boolean everywhere = all.entrySet().stream()
                .filter(other -> !other.getKey().equals(name))
                .anyMatch(other -> answer.servesTheSameAs(other.getValue().contentOr(NOTHING)));
        return Facts.of(reply)
                .and("status", answer.status)
                .and("found", answer.kind == Kind.FOUND && !everywhere)
                .and("unclear", answer.kind == Kind.UNCLEAR && !everywhere)
                .and("overTls", reply.overTls())
                .all();
    }

    private static Reply<Answer> ask(ProbeSession session, Question question, @Nullable Reply<Answer> before) {
        HttpTalk get = HttpTalk.firstBytes(question.path, question.bytes, session);
        ProbeSession.Talk<Answer> talk = line -> answer(get, question, line);
        return before == null
                ? HttpTalk.either(session, get, talk, Answer::status)
                : session.same(before, get.what(), talk);
    }

    private static Answer answer(HttpTalk get, Question question, Line line) throws IOException {
        HttpReply reply = get.exchange(line);
        if (reply.status() != 200 && reply.status() != 206) {
            return new Answer(reply.status(), Kind.NOTHING, 0);
        }
        CharSequence body = reply.body();
        CharSequence text = body.subSequence(0, Math.min(question.bytes, body.length()));
        return new Answer(reply.status(), kind(question, text, reply), print(text));
    }

    private static Kind kind(Question question, CharSequence text, HttpReply reply) {
        if (question.begins.matcher(text).matches()) {
            return Kind.FOUND;
        }
        boolean html = reply.header("content-type").startsWith("text/html");
        return html || MARKUP.matcher(text).lookingAt() ? Kind.PAGE : Kind.UNCLEAR;
    }

    private static int print(CharSequence text) {
        int print = 1;
        for (int i = 0; i < Math.min(FIRST_BYTES, text.length()); i++) {
            print = 31 * print + text.charAt(i);
        }
        return print;
    }
}
