package dev.ronde.inbound.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what may name the mail a message answers, in the order in which it is believed. */
final class HandleHints {
    private static final List<String> ENVELOPE = List.of(
            "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to", "x-delivered-to");
    private static final Pattern IN_ADDRESS = Pattern.compile("(?:^|[+\\s<,;:\"])([A-Za-z2-7]{40})@");
    private static final Pattern IN_TEXT = Pattern.compile("ref: ?([A-Za-z2-7]{40})(?![A-Za-z0-9])");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{3,250}>");
    private static final Pattern RETURNED_REF = Pattern.compile("(?im)^x-ronde-ref: ?([a-z2-7]{40})");
    private static final Pattern RETURNED_ID = Pattern.compile("(?im)^message-id:\\s*(<[^<>\\s]{3,250}>)");
    private static final int FIELD = 64 << 10;
    private static final int IDS = 50;

    private final Set<HandleHint> hints = new LinkedHashSet<>();

    private HandleHints() {}

    static List<HandleHint> of(MimePart message) {
        HandleHints found = new HandleHints();
        Headers headers = message.headers();
        ENVELOPE.forEach(name -> headers.all(name).forEach(text -> found.addresses(HandleHint.Place.ENVELOPE, text)));
        List.of("to", "cc")
                .forEach(name -> headers.all(name)
                        .forEach(text -> found.addresses(HandleHint.Place.TO, EncodedWords.decode(text))));
        headers.all("in-reply-to").forEach(text -> found.ids(text));
        headers.all("references").forEach(text -> found.ids(text));
        found.originals(message);
        found.text(message);
        return new ArrayList<>(found.hints);
    }

    private void addresses(HandleHint.Place place, String text) {
        find(place, IN_ADDRESS, text);
    }

    /** The newest ids come last; of very many only the last ones are read. */
    private void ids(String text) {
        List<String> all = new ArrayList<>();
        Matcher matcher = MESSAGE_ID.matcher(text.length() > FIELD ? text.substring(text.length() - FIELD) : text);
        while (matcher.find()) {
            all.add(matcher.group());
        }
        for (int at = all.size() - 1; at >= Math.max(0, all.size() - IDS); at--) {
            hints.add(new HandleHint(HandleHint.Place.REFERENCES, all.get(at)));
        }
    }

    private void originals(MimePart part) {
        for (MimePart inner : part.parts()) {
            inner.headers()
                    .first("x-ronde-ref")
                    .ifPresent(text -> find(HandleHint.Place.ORIGINAL, Pattern.compile("([A-Za-z2-7]{40})"), text));
            if (part.type().startsWith("message/")) {
                inner.headers().first("message-id").ifPresent(id -> find(HandleHint.Place.ORIGINAL, MESSAGE_ID, id));
            }
            originals(inner);
        }
    }

    private void text(MimePart part) {
        if (part.type().equals("text/rfc822-headers")) {
            String text = new String(part.content(MailLimits.TEXT), StandardCharsets.US_ASCII);
            find(HandleHint.Place.ORIGINAL, RETURNED_REF, text);
            find(HandleHint.Place.ORIGINAL, RETURNED_ID, text);
        } else if (part.type().startsWith("text/") && !part.attached()) {
            find(HandleHint.Place.MARKER, IN_TEXT, part.text(MailLimits.TEXT).replaceAll("=\r?\n", ""));
        }
        for (MimePart inner : part.parts()) {
            text(inner);
        }
    }

    private void find(HandleHint.Place place, Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.length() > MailLimits.TEXT ? text.substring(0, MailLimits.TEXT) : text);
        for (int found = 0; found < IDS && matcher.find(); found++) {
            String group = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
            hints.add(new HandleHint(place, group.length() == 40 ? group.toLowerCase(Locale.ROOT) : group));
        }
    }
}
