package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One or two requests that a check file words itself: GET or HEAD, without credentials. Of an answer only its status, the presence of
 * texts the file names, and the class of its Location come back; a body in which nothing is looked for is not read at all.
 * {@code markers} and {@code flags} are several texts of which any one will do, see {@link BodyTexts}.
 */
final class HttpExchangeProbe implements NetworkProbe.Conversation {
    private static final Pattern UNDER = Pattern.compile("(?:/[A-Za-z0-9._~-]{1,60}){0,6}");
    /**
     * Words of an address, so that neither an author nor a lesson, a catalogue or a design is a way to log in; products whose address may say
     * nothing else; and {@code rd}, where a proxy that asks who comes says where they wanted to go.
     */
    private static final Pattern LOGIN =
            Pattern.compile("login(?!g)|(?<!cata|dia|ana)logon|(?<!de|as|con|re)sign(in|on)(?!g)"
                    + "|(?<![a-z0-9])(log[-_](in|on)|sign[-_](in|on)|o?auth[02]?|authn|authenticat(e|ion)|authori[sz](e|ation)|sso|saml(2|request)?"
                    + "|oidc|openid|idp|adfs|authelia|authentik|goauthentik|keycloak|okta(preview)?)(?![a-z0-9])"
                    + "|[?&]rd=https?(:|%3a)");

    private static final Answer NOTHING = new Answer(0, false, false, false, false, "none");

    private record Answer(int status, boolean header, boolean marker, boolean flag, boolean flag2, String location) {}

    private record Question(
            HttpTalk talk,
            @Nullable String header,
            @Nullable String marker,
            BodyTexts markers,
            @Nullable String flag,
            BodyTexts flags,
            @Nullable String flag2) {
        Answer ask(Line line) throws IOException {
            HttpReply reply = talk.exchange(line);
            return new Answer(
                    reply.status(),
                    header != null && reply.headers().containsKey(header.toLowerCase(Locale.ROOT)),
                    stands(marker, reply) || markers.standIn(reply),
                    stands(flag, reply) || flags.standIn(reply),
                    stands(flag2, reply),
                    location(reply.headers().containsKey("location"), reply.header("location")));
        }
    }

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Question question = question(session, "");
        Reply<Answer> first = HttpTalk.either(session, question.talk(), question::ask, Answer::status);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("first", facts(first));
        if (session.target().options().containsKey("thenPath")) {
            facts.put("second", facts(second(session, first)));
        }
        return facts;
    }

    private static Reply<Answer> second(ProbeSession session, Reply<Answer> first) {
        if (first.outcome() != WireOutcome.RESPONSE || first.contentOr(NOTHING).status() == 0) {
            return Reply.skipped();
        }
        Question question = question(session, "then");
        String what = question.talk().what();
        return session.same(first, what, question::ask);
    }

    private static Question question(ProbeSession session, String prefix) {
        Map<String, String> options = session.target().options();
        String method = options.getOrDefault(name(prefix, "method"), "GET");
        String path = under(options) + options.getOrDefault(name(prefix, "path"), "/");
        String marker = options.get(name(prefix, "marker"));
        String flag = options.get(name(prefix, "flag"));
        String flag2 = options.get(name(prefix, "flag2"));
        HttpTalk talk = method.equals("HEAD") ? HttpTalk.head(path, session) : HttpTalk.get(path, session);
        BodyTexts markers = texts(options, name(prefix, "markers"));
        BodyTexts flags = texts(options, name(prefix, "flags"));
        boolean looks = marker != null || flag != null || flag2 != null || !markers.isEmpty() || !flags.isEmpty();
        String header = options.get(name(prefix, "header"));
        return new Question(looks ? talk : talk.headOnly(), header, marker, markers, flag, flags, flag2);
    }

    private static BodyTexts texts(Map<String, String> options, String name) {
        return BodyTexts.of(name, options.getOrDefault(name, ""));
    }

    /** The base path of the product; only segments, since it may come from an asset. */
    private static String under(Map<String, String> options) {
        String under = options.getOrDefault("prefix", "");
        if (!UNDER.matcher(under).matches()) {
            throw new NetworkProbe.OptionException(Saying.OPTION_NO_PATH, under, "prefix");
        }
        return under;
    }

    private static String name(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static Map<String, Object> facts(Reply<Answer> reply) {
        Answer answer = reply.contentOr(NOTHING);
        return Facts.of(reply)
                .and("status", answer.status)
                .and("header", answer.header)
                .and("marker", answer.marker)
                .and("flag", answer.flag)
                .and("flag2", answer.flag2)
                .and("location", answer.location)
                .and("overTls", reply.overTls())
                .all();
    }

    private static boolean stands(@Nullable String text, HttpReply reply) {
        return text != null && reply.holds(text);
    }

    /** The class of the redirect's target; a redirect is never followed. */
    private static String location(boolean given, String lower) {
        if (!given) {
            return "none";
        }
        if (LOGIN.matcher(lower).find()) {
            return "login";
        }
        return lower.startsWith("https:") ? "https" : lower.startsWith("http:") ? "http" : "path";
    }
}
