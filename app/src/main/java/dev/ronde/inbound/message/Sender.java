package dev.ronde.inbound.message;

import dev.ronde.platform.text.Cut;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one who wrote, read strictly: one {@code From} field with one plain mailbox (also of letters outside ASCII, RFC 6532), or nobody. */
public final class Sender {
    /** Encoded words (RFC 2047) stay encoded: decoded text could hold an address. */
    private static final Pattern MAILBOX = Pattern.compile(
            "(?:(?:\"(?:[^\"\\\\]|\\\\.){0,800}+\"|(?:=\\?[^?\\s]{1,60}\\?[BbQq]\\?[^?\\s]{0,200}\\?=|[^\"<>@,;:]){0,800}+) ?<)?"
                    + "([\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}.-]{1,253})>?");

    private static final Pattern NAMES = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|\\([^()]*+\\)");
    private static final Pattern ANGLES = Pattern.compile("<[^<>]*+>");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\",;:@()]{1,64}@[\\p{L}\\p{N}.-]{1,253}");

    private Sender() {}

    /** The address in lower case; empty for two fields, a list, a group, a route, or anything else. */
    static Optional<String> strict(Headers headers) {
        List<String> fields = headers.all("from");
        if (fields.size() != 1 || fields.get(0).length() > 1_000) {
            return Optional.empty();
        }
        String field = fields.get(0);
        // a name that is an address once it is decoded is no name of a person
        boolean disguised = field.contains("=?")
                && EncodedWords.decode(field)
                                .chars()
                                .filter(unit -> unit == '@')
                                .count()
                        != 1;
        return disguised ? Optional.empty() : address(field);
    }

    /** For display: all addresses if there is not exactly one; empty if there is none. Names do not count. */
    static String shown(Headers headers) {
        return strict(headers)
                .orElseGet(() -> headers.all("from").stream()
                        .flatMap(field -> addresses(Cut.to(field, 1_000)))
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    private static Stream<String> addresses(String field) {
        String bare = NAMES.matcher(field).replaceAll(" ");
        String between = ANGLES.matcher(bare).results().map(MatchResult::group).collect(Collectors.joining(" "));
        return ADDRESS.matcher(between.contains("@") ? between : bare)
                .results()
                .map(found -> found.group().toLowerCase(Locale.ROOT));
    }

    /** Whether somebody else resent the message (RFC 5322, 3.6.6); our own mailbox may do that. */
    static boolean passedOn(Headers headers, Sorting.Ours ours) {
        String from = strict(headers).orElse("");
        return Stream.concat(headers.all("resent-from").stream(), headers.all("resent-sender").stream())
                .map(field -> address(field).orElse(""))
                .anyMatch(by -> !by.equals(from) && !ours.is(by));
    }

    private static Optional<String> address(String text) {
        String whole = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
        Matcher matcher = MAILBOX.matcher(whole);
        if (!matcher.matches() || whole.contains("<") != whole.endsWith(">")) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(1).toLowerCase(Locale.ROOT));
    }
}
