package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The topmost {@code Authentication-Results} field of the server we trust (RFC 8601). A sender can write such fields too,
 * but only below those our server adds, or under another name.
 *
 * @param detail the field that was believed; empty where none was
 */
public record AuthResults(AuthVerdict verdict, String detail) {
    private static final Pattern JUDGED = Pattern.compile("\\bheader\\.from=(?:[^\\s@]*@)?([^\\s@]+)");
    private static final AuthResults NOTHING = new AuthResults(AuthVerdict.NONE, "");

    static AuthResults of(Headers headers, @Nullable String authserv) {
        if (authserv == null || authserv.isBlank()) {
            return NOTHING;
        }
        for (String field : headers.all("authentication-results")) {
            List<String> parts = parts(withoutComments(field));
            String name = parts.get(0).strip().split("\\s", 2)[0];
            if (name.equalsIgnoreCase(authserv.strip())) {
                String sender = Sender.strict(headers).orElse("");
                return new AuthResults(verdict(parts, sender.substring(sender.indexOf('@') + 1)), Cut.to(field, 400));
            }
        }
        return NOTHING;
    }

    /** @param domain of the sender: a verdict on another domain (header.from) says nothing about them */
    private static AuthVerdict verdict(List<String> parts, String domain) {
        AuthVerdict verdict = AuthVerdict.NONE;
        for (String part : parts.subList(1, parts.size())) {
            String method = part.strip().toLowerCase(Locale.ROOT).split("\\s", 2)[0];
            Matcher judged = JUDGED.matcher(part.toLowerCase(Locale.ROOT));
            boolean theirs = !judged.find() || judged.group(1).equals(domain);
            if (method.equals("dmarc=pass") && theirs && verdict != AuthVerdict.FAIL) {
                verdict = AuthVerdict.PASS;
            } else if (method.equals("dmarc=fail")) {
                verdict = AuthVerdict.FAIL;
            }
        }
        return verdict;
    }

    private static List<String> parts(String field) {
        List<String> parts = new ArrayList<>(List.of(field.split(";", 50)));
        return parts.isEmpty() ? List.of("") : parts;
    }

    /** Comments may nest and may hold anything; quoted strings may hold parentheses. */
    private static String withoutComments(String field) {
        StringBuilder bare = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int at = 0; at < field.length(); at++) {
            char unit = field.charAt(at);
            if (unit == '\\' && at + 1 < field.length()) {
                at++;
            } else if (quoted || (unit == '"' && depth == 0)) {
                quoted = unit == '"' ? !quoted : quoted;
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
