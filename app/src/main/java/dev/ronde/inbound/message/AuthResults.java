package dev.ronde.inbound.message;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Authentication-Results} of the server we trust (RFC 8601). A sender can write such fields too, but only below those our server
 * adds, or under another name: a pass counts in the topmost only, a failure in every one.
 *
 * @param detail the field that was believed; empty where none was
 */
public record AuthResults(AuthVerdict verdict, String detail) {
    private static final Pattern JUDGED = Pattern.compile("\\bheader\\.from=(?:[^\\s@]*@)?([^\\s@]+)");
    /** A method may have a version, and blanks may surround each sign (RFC 8601, 2.2). */
    private static final Pattern DMARC = Pattern.compile("dmarc(?:/\\d{1,5})?=([a-z]+)\\b");

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern EQUALS = Pattern.compile(" ?([=/]) ?");
    private static final String IN_QUOTES = ";=() \t";
    /** The setting for a server that does not write its name. */
    public static final String UNNAMED = "unnamed";

    private static final AuthResults NOTHING = new AuthResults(AuthVerdict.NONE, "");

    static AuthResults of(Headers headers, @Nullable String authserv) {
        if (authserv == null || authserv.isBlank()) {
            return NOTHING;
        }
        String sender = Sender.strict(headers).orElse("");
        List<AuthResults> ours = new ArrayList<>();
        for (String field : headers.all("authentication-results")) {
            List<String> parts = parts(withoutComments(field));
            if (trusted(parts.get(0).strip(), authserv.strip())) {
                AuthVerdict verdict = verdict(parts, sender.substring(sender.indexOf('@') + 1));
                AuthResults found = new AuthResults(verdict, Cut.to(field, 400));
                if (verdict == AuthVerdict.FAIL) {
                    return found;
                }
                ours.add(found);
            }
        }
        return ours.isEmpty() ? NOTHING : ours.get(0);
    }

    /** Some servers, such as Microsoft 365, leave out their name and begin with the first result. */
    private static boolean trusted(String first, String authserv) {
        return first.contains("=")
                ? authserv.equalsIgnoreCase(UNNAMED)
                : first.split("\\s", 2)[0].equalsIgnoreCase(authserv);
    }

    /** @param domain of the sender: a verdict on another domain (header.from) says nothing about them, and none passes without a sender */
    private static AuthVerdict verdict(List<String> parts, String domain) {
        AuthVerdict verdict = AuthVerdict.NONE;
        for (String part : parts) {
            String single =
                    BLANKS.matcher(part.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
            String text = EQUALS.matcher(single).replaceAll("$1");
            Matcher result = DMARC.matcher(text);
            Matcher judged = JUDGED.matcher(text);
            boolean theirs =
                    !domain.isEmpty() && (!judged.find() || judged.group(1).equals(domain));
            boolean said = result.lookingAt();
            if (said && result.group(1).equals("fail")) {
                return AuthVerdict.FAIL;
            }
            if (said && result.group(1).equals("pass") && theirs) {
                verdict = AuthVerdict.PASS;
            }
        }
        return verdict;
    }

    private static List<String> parts(String field) {
        return List.of(field.split(";", -1));
    }

    /** Comments may nest and may hold anything; quoted strings keep their words only. */
    private static String withoutComments(String field) {
        StringBuilder bare = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int at = 0; at < field.length(); at++) {
            char unit = field.charAt(at);
            if (unit == '\\' && at + 1 < field.length()) {
                at++;
            } else if (unit == '"' && depth == 0) {
                quoted = !quoted;
            } else if (quoted) {
                bare.append(IN_QUOTES.indexOf(unit) < 0 ? unit : '_');
            } else if (unit == '(') {
                depth++;
            } else if (unit == ')' && depth > 0) {
                depth--;
            } else if (depth == 0) {
                bare.append(unit);
            }
        }
        return bare.toString();
    }
}
