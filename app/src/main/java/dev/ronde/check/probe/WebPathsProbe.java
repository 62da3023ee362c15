package dev.ronde.check.probe;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that stand in web roots by accident: a ranged GET of their first bytes each, whose beginning is compared with what such a file begins
 * with. What is served at such a path and is neither that nor a page of the site is not known. Two booleans come back; the bytes are wiped.
 */
final class WebPathsProbe implements NetworkProbe.Conversation {
    static final String TYPE = "web.sensitive-paths";

    private static final int FIRST_BYTES = 64;
    /** A host name of up to 253 characters comes before what tells a status page apart. */
    private static final int STATUS_BYTES = 288;

    private static final String BLANK = "(?:\\u00ef\\u00bb\\u00bf)?\\s*";
    private static final String COMMENT = "#(?!!)[^\\n]*";
    private static final String ASSIGNMENT = "(?:export\\s+)?[A-Za-z_][A-Za-z0-9_]+[ \\t]*=(?!=).*";

    private static final Pattern MARKUP = Pattern.compile(BLANK + "<[!?A-Za-z]");

    private static final Map<String, Question> QUESTIONS = questions();
    private static final Answer NOTHING = new Answer(0, Kind.NOTHING, 0);

    private record Question(String path, int bytes, Pattern begins) {}

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

    private static Map<String, Question> questions() {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("git", asks("/.git/HEAD", "ref:\\s*refs/.*|[0-9a-f]{40}\\s*|[0-9a-f]{64}"));
        questions.put(
                "env",
                asks(
                        "/.env",
                        BLANK + "(?:" + COMMENT + "\\n\\s*)*(?:" + COMMENT + "|" + ASSIGNMENT + ")" + "|" + BLANK
                                + "(?:" + COMMENT + "\\n\\s*)+"));
        questions.put(
                "actuator", asks("/actuator/env", "\\s*\\{\\s*\"(activeProfiles|propertySources|defaultProfiles)\".*"));
        questions.put(
                "serverStatus",
                new Question(
                        "/server-status?auto",
                        STATUS_BYTES,
                        matches(".*(ServerVersion: |Total Accesses: [0-9]|ServerMPM: |BusyWorkers: [0-9]"
                                + "|Active connections: [0-9]|<title>Apache Status|<title>Status</title>).*")));
        return questions;
    }

    private static Question asks(String path, String begins) {
        return new Question(path, FIRST_BYTES, matches(begins));
    }

    private static Pattern matches(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Map<String, Reply<Answer>> replies = new LinkedHashMap<>();
        Boolean overTls = null;
        WireOutcome before = WireOutcome.RESPONSE;
        for (Map.Entry<String, Question> entry : QUESTIONS.entrySet()) {
            Reply<Answer> reply = before == WireOutcome.RESPONSE && session.hasRequest()
                    ? ask(session, entry.getValue(), overTls)
                    : Reply.skipped();
            before = reply.outcome();
            overTls = reply.overTls();
            replies.put(entry.getKey(), reply);
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
        return Map.of(
                "outcome",
                reply.outcome().code(),
                "status",
                (long) answer.status,
                "found",
                answer.kind == Kind.FOUND && !everywhere,
                "unclear",
                answer.kind == Kind.UNCLEAR && !everywhere,
                "bytesRead",
                (long) reply.bytesRead(),
                "overTls",
                reply.overTls());
    }

    private static Reply<Answer> ask(ProbeSession session, Question question, @Nullable Boolean overTls) {
        HttpTalk get = HttpTalk.firstBytes(question.path, question.bytes, session);
        ProbeSession.Talk<Answer> talk = line -> answer(get, question, line);
        if (overTls == null) {
            return HttpTalk.either(session, get, talk, Answer::status);
        }
        return overTls ? session.tls(get.what(), talk) : session.plain(get.what(), talk);
    }

    private static Answer answer(HttpTalk get, Question question, Line line) throws IOException {
        HttpReply reply = get.exchange(line);
        if (reply.status() != 200 && reply.status() != 206) {
            return new Answer(reply.status(), Kind.NOTHING, 0);
        }
        int length = Math.max(0, Math.min(question.bytes, reply.bodyEnd() - reply.bodyStart()));
        CharSequence text = line.text(reply.bodyStart(), reply.bodyStart() + length);
        return new Answer(reply.status(), kind(question, text, reply), print(text));
    }

    private static Kind kind(Question question, CharSequence text, HttpReply reply) {
        if (question.begins.matcher(text).matches()) {
            return Kind.FOUND;
        }
        boolean html = reply.headers()
                .getOrDefault("content-type", "")
                .toLowerCase(Locale.ROOT)
                .startsWith("text/html");
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
