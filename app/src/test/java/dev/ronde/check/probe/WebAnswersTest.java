package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.catalogue.Judgement;
import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What web servers answer at the paths of the checks of web sites, and what each answer proves. */
class WebAnswersTest {
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    /** A text without a word would stand in every body; a parameter may bring one to a check file that has none. */
    @ParameterizedTest
    @ValueSource(strings = {"json:", "&&", "^", "$", "a && ", "json: ^", "fine\n^ $"})
    void aTextWithoutAWordIsRefused(String texts) {
        assertThatThrownBy(() -> BodyTexts.of("markers", texts))
                .isInstanceOf(NetworkProbe.OptionException.class)
                .hasMessageContaining("option-no-text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/.env | # In all environments, the following files are loaded if they exist,~# the latter | fail [no-env]",
                "/.env | # short~~DB=1 | fail [no-env]",
                "/.env | ~~DB_HOST=x | fail [no-env]",
                "/.env | \u00ef\u00bb\u00bfDB_HOST=x | fail [no-env]",
                "/.env | db_host=localhost | fail [no-env]",
                "/.env | DB_HOST = localhost | fail [no-env]",
                "/.env | export secret=1 | fail [no-env]",
                "/.env | #!/bin/sh | unknown",
                "/.env | {\"status\":\"no\"} | unknown",
                "/.env | nothing of note | unknown",
                "/.env | <!doctype html><title>x</title> | pass",
                "/.env | \u00ef\u00bb\u00bf~<html> | pass",
                "/.git/HEAD | ref: refs/heads/main~ | fail [no-git]",
                "/.git/HEAD | 0123456789abcdef0123456789abcdef01234567~ | fail [no-git]",
                "/.git/HEAD | 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef~ | fail [no-git]",
                "/.git/HEAD | 0123456789abcdef | unknown",
                "/actuator/env | {\"activeProfiles\":[]} | fail [no-actuator]",
                "/actuator/env | {\"timestamp\":1} | unknown",
                "/server-status | {host}~ServerVersion: Apache/2.4.62 (Debian)~ServerMPM: event | fail [no-server-status]",
                "/server-status | Total Accesses: 12~Total kBytes: 3 | fail [no-server-status]",
                "/server-status | Active connections: 1 | fail [no-server-status]",
                "/server-status | ok | unknown"
            })
    void whatIsServedAtAPathWhereNothingElseIs(String path, String body, String verdict) throws IOException {
        String host = "a".repeat(60) + "." + "b".repeat(60) + ".example.org";
        String content = body.replace("~", "\n").replace("{host}", host);
        try (ScriptedServer server = ScriptedServer.start(at(path, content))) {
            assertThat(judge("web-sensitive-paths", server)).isEqualTo(verdict);
        }
    }

    /** What is the same at every path is a page of the site in whatever form it comes. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":404}", "Nothing here", "# Not found", "error=404", ""})
    void oneAnswerForEveryPathIsNoFile(String body) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(at("/", body))) {
            assertThat(judge("web-sensitive-paths", server)).isEqualTo("pass");
        }
    }

    @Test
    void noMoreThanTheFirstBytesAreAskedForAndNoneAreKept() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(at("/.env", "SECRET_HUSH=1\n" + "x".repeat(4_000)))) {
            ProbeResult result = TestNetwork.collect("web.sensitive-paths", server.port());
            assertThat(result.toString()).doesNotContain("HUSH");
            assertThat(server.received(1)).contains("GET /.env ", "Range: bytes=0-63\r\n");
            assertThat(server.received(3)).contains("Range: bytes=0-287\r\n");
            Map<String, Object> env = TestNetwork.facts(result, "env");
            assertThat(env).containsEntry("found", true).containsEntry("unclear", false);
            assertThat((Long) env.get("bytesRead")).isLessThan(300);
        }
    }

    /** Answers that speak of the request, of the hour or of another server say nothing of what is published. */
    @ParameterizedTest
    @CsvSource({
        "400, unknown",
        "421, unknown",
        "429, unknown",
        "503, unknown",
        "103, unknown",
        "301, pass",
        "401, pass",
        "403, pass",
        "404, pass",
        "410, pass"
    })
    void statusesThatProveSomething(int status, String verdict) throws IOException {
        Script script =
                ScriptedServer.answer("HTTP/1.1 " + status + " x\r\nLocation: https://a/\r\nContent-Length: 0\r\n\r\n");
        for (String check : new String[] {"web-sensitive-paths", "web-directory-listing"}) {
            try (ScriptedServer server = ScriptedServer.start(script)) {
                assertThat(judge(check, server)).as(check).isEqualTo(verdict);
            }
        }
    }

    @Test
    void aPortThatOnlySpeaksTlsHasNotAnsweredAPlainRequest() throws IOException {
        String page = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n"
                + "<center>The plain HTTP request was sent to HTTPS port</center>";
        for (String check :
                new String[] {"web-sensitive-paths", "web-directory-listing", "web-https-redirect-and-headers"}) {
            try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(page))) {
                assertThat(judge(check, server)).as(check).isEqualTo("unknown");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head><title>Index of /</title></head>", // nginx, Apache, lighttpd
                "<HTML><HEAD><TITLE>INDEX OF /</TITLE></HEAD>",
                "<!doctype html><html><head><title>Directory Listing For [/]</title>", // Tomcat
                "<!doctype html><html><head><title>Directory Listing For /</title>",
                "<link href=\"jetty-dir.css\" rel=\"stylesheet\" /><title>Directory: /</title>", // Jetty
                "<html><head><title>h - /</title></head><body><H1>h - /</H1><hr>\r\n\r\n<pre>", // IIS
                "<pre><A HREF=\"/\">[To Parent Directory]</A><br>",
                "<!DOCTYPE html><meta charset=\"utf-8\"><title>Files within site/</title>", // serve
                "<!DOCTYPE HTML><html lang=\"en\"><title>Directory listing for /</title>" // Python
            })
    void listings(String beginning) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(at("/", "<!-- x -->".repeat(60) + beginning))) {
            assertThat(judge("web-directory-listing", server)).isEqualTo("fail [no-listing]");
        }
    }

    /** Lists as JSON say so by their type, and have a form of their own; a page may hold a piece of one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"a\",\"size\":1,\"url\":\"./a\",\"mod_time\":\"2026-01-01T00:00:00Z\",\"mode\":420,\"is_dir\":false}]", // Caddy
                "{\"files\":[{\"root\":\"\",\"base\":\"a.txt\",\"relative\":\"/a.txt\",\"type\":\"file\"}],\"directory\":\"site/\"}", // serve
                "[\n{ \"name\":\"a\", \"type\":\"directory\", \"mtime\":\"Thu, 01 Jan 2026 00:00:00 GMT\" }" // nginx
            })
    void listingsAsJson(String list) throws IOException {
        assertListing("application/json; charset=utf-8", list, "fail [no-listing]");
        assertListing("text/html", list, "pass");
        assertListing("text/html", "<html><script>let files = " + list + "</script>", "pass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\":\"/\",\"is_dir\":true}",
                "{\"relative\":\"/a\"}",
                "{\"name\":\"shop\",\"relative\":\"no\",\"files\":[{\"id\":1}]}",
                "[{\"name\":\"a\",\"type\":\"file\"}]",
                "{\"items\":[]}"
            })
    void anApiIsNoListing(String json) throws IOException {
        assertListing("application/json", json, "pass");
    }

    /** Of an empty list nobody can tell whether it is one of files. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\n\n]\n", "null\n", "{\"files\":[],\"directory\":\"site/\",\"paths\":[]}"})
    void anEmptyListAsJsonIsUnknown(String json) throws IOException {
        assertListing("application/json", json, "unknown");
        assertListing("text/html", json, "pass");
    }

    /** Go's {@code http.FileServer}, before 1.23 and since. */
    @ParameterizedTest
    @ValueSource(strings = {"", "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n"})
    void listingsOfGo(String head) throws IOException {
        String file = "<a href=\"a.txt\">a.txt</a>\n";
        assertListing("text/html; charset=utf-8", head + "<pre>\n" + file + "</pre>\n", "fail [no-listing]");
        assertListing("text/html; charset=utf-8", head + "<pre>\n</pre>\n", "unknown");
        assertListing("text/html; charset=utf-8", head + "<h1>Code</h1><pre>\n" + file + "</pre>\n", "pass");
    }

    @Test
    void anOrdinaryPageIsNoListing() throws IOException {
        assertListing("text/html", "<title>Index</title> of things, files within", "pass");
    }

    private static void assertListing(String type, String body, String verdict) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 200 OK\r\nContent-Type: "
                + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))) {
            assertThat(judge("web-directory-listing", server))
                    .as(type + ": " + body)
                    .isEqualTo(verdict);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            frame-ancestors 'none' | true
            default-src 'self'; frame-ancestors 'self' https://a.example | true
            frame-ancestors | true
            frame-ancestors * | false
            default-src 'self'; Frame-Ancestors https: | false
            default-src 'self' | false
            x-frame-ancestors 'none' | false""")
    void aPolicyThatLetsAnybodyFrameRestrictsNobody(String policy, boolean restricted) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(
                "HTTP/1.1 200 OK\r\nContent-Security-Policy: " + policy + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(TestNetwork.facts("web.headers", server, "head")).containsEntry("framesRestricted", restricted);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/login?next=/, login",
        "/users/sign_in, login",
        "https://auth.example.org/?rd=x, login",
        "https://x/oauth2/start, login",
        "https://x/realms/a/protocol/openid-connect/auth, login",
        "/sso/saml, login",
        "/outpost.goauthentik.io/start?rd=%2F, login",
        "https://authelia.corp/?rd=https%3A%2F%2Fprom.corp%2F&rm=GET, login",
        "https://id.corp/?rd=https://prom.corp/, login",
        "/oauth2/start?rd=%2Fgraph, login",
        "/_oauth, login",
        "/realms/x/protocol/openid-connect/auth?client_id=a, login",
        "https://fs.corp/adfs/ls/?wa=wsignin1.0, login",
        "https://corp.okta.com/app/x/y/home, login",
        "https://corp.auth0.com/u, login",
        "https://corp.cloudflareaccess.com/cdn-cgi/access/login/prom, login",
        "/saml2/authenticate/corp, login",
        "https://x/redirect?SAMLRequest=fZ, login",
        "https://x/idp/startSSO.ping, login",
        "/.pomerium/sign_in, login",
        "/GetLogon, login",
        "/cataloging, path",
        "/catalogonline, path",
        "/designing, path",
        "/design-in, path",
        "/mybrd=https://a, path",
        "/graph?rd=7, path",
        "/lessons/1, path",
        "/authors, path",
        "https://x/association, https",
        "/author/x, path"
    })
    void onlyAWayToLogInIsOne(String location, String word) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(
                "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(TestNetwork.facts("http.exchange", server, "first")).containsEntry("location", word);
        }
    }

    /** Serves the text below the path and nothing elsewhere. */
    private static Script at(String path, String body) {
        return peer -> {
            peer.hear();
            String request = peer.log().toString(StandardCharsets.ISO_8859_1);
            peer.say(
                    request.startsWith("GET " + path)
                            ? "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body
                            : NOT_FOUND);
        };
    }

    private static String judge(String check, ScriptedServer server) {
        Judgement judgement = ShippedChecks.judge(ShippedChecks.find(check), server.port(), PATIENCE);
        String outcome = judgement.outcome().code();
        return outcome.equals("fail") ? outcome + " " + new TreeSet<>(judgement.failed()) : outcome;
    }
}
