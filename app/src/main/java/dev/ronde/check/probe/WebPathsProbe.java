package dev.ronde.check.probe;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Files that stand in web roots by accident: a ranged GET of 64 bytes each, whose beginning is compared with what such a file begins
 * with. A boolean comes back; the bytes are wiped.
 */
final class WebPathsProbe implements NetworkProbe.Conversation {
    static final String TYPE = "web.sensitive-paths";

    private static final Map<String, Question> QUESTIONS = questions();
    private static final Answer NOTHING = new Answer(0, false);

    private record Question(String path, Pattern begins) {}

    private record Answer(int status, boolean found) {}

    private static Map<String, Question> questions() {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("git", new Question("/.git/HEAD", matches("(ref: refs/|[0-9a-f]{40}\\s).*")));
        questions.put("env", new Question("/.env", matches("(#.*\\n)*(export )?[A-Z][A-Z0-9_]{2,}=.*")));
        questions.put(
                "actuator",
                new Question(
                        "/actuator/env", matches("\\s*\\{\\s*\"(activeProfiles|propertySources|defaultProfiles)\".*")));
        questions.put(
                "serverStatus",
                new Question(
                        "/server-status?auto",
                        matches("(?s).*(ServerVersion: Apache|Total Accesses: [0-9]|ServerMPM:).*")));
        return questions;
    }

    private static Pattern matches(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Map<String, Object> facts = new LinkedHashMap<>();
        Boolean overTls = null;
        WireOutcome before = WireOutcome.RESPONSE;
        for (Map.Entry<String, Question> entry : QUESTIONS.entrySet()) {
            Reply<Answer> reply = before == WireOutcome.RESPONSE && session.hasRequest()
                    ? ask(session, entry.getValue(), overTls)
                    : Reply.skipped();
            before = reply.outcome();
            overTls = reply.overTls();
            Answer answer = reply.contentOr(NOTHING);
            facts.put(
                    entry.getKey(),
                    Map.of(
                            "outcome",
                            reply.outcome().code(),
                            "status",
                            (long) answer.status,
                            "found",
                            answer.found,
                            "bytesRead",
                            (long) reply.bytesRead(),
                            "overTls",
                            reply.overTls()));
        }
        return facts;
    }

    private static Reply<Answer> ask(
            ProbeSession session, Question question, @org.jspecify.annotations.Nullable Boolean overTls) {
        HttpTalk get = HttpTalk.firstBytes(question.path, session);
        ProbeSession.Talk<Answer> talk = line -> answer(get, question, line);
        if (overTls == null) {
            return HttpTalk.either(session, get, talk, Answer::status);
        }
        return overTls ? session.tls(get.what(), talk) : session.plain(get.what(), talk);
    }

    private static Answer answer(HttpTalk get, Question question, Line line) throws IOException {
        HttpReply reply = get.exchange(line);
        if (reply.status() != 200 && reply.status() != 206) {
            return new Answer(reply.status(), false);
        }
        int length = Math.min(HttpTalk.FIRST_BYTES, reply.bodyEnd() - reply.bodyStart());
        CharSequence text = line.text(reply.bodyStart(), reply.bodyStart() + Math.max(0, length));
        return new Answer(reply.status(), question.begins.matcher(text).matches());
    }
}
