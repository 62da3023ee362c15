package dev.ronde.mail.trial;

import dev.ronde.mail.inbound.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The header fields of a returned mail that tell what happened to it on the way. */
record TrialHeaders(Headers headers) {
    /** Where mail servers write the address a message was delivered to. */
    static final List<String> ENVELOPE = List.of(
            "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to", "x-delivered-to");

    private static final Set<String> KEPT = Set.of(
            "return-path",
            "received",
            "to",
            "cc",
            "from",
            "reply-to",
            "message-id",
            "date",
            "authentication-results",
            "dkim-signature",
            "x-ronde-trial",
            "x-ronde-instance");
    private static final int FIELD = 2_000;
    private static final int ALL = 39_000;

    static TrialHeaders of(byte[] raw) {
        return new TrialHeaders(Headers.read(raw, 0, raw.length));
    }

    static TrialHeaders of(String text) {
        return of((text + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The fields that matter, one a line, in their order. */
    String text() {
        String all = headers.fields().stream()
                .filter(field -> KEPT.contains(field.name()) || ENVELOPE.contains(field.name()))
                .map(field -> field.name() + ": "
                        + (field.text().length() > FIELD ? field.text().substring(0, FIELD) : field.text()))
                .collect(Collectors.joining("\n"));
        return all.length() > ALL ? all.substring(0, ALL) : all;
    }

    /** The names of the envelope fields whose value holds the word, as mail servers write them. */
    List<String> envelopeWith(String word) {
        return ENVELOPE.stream()
                .filter(name -> holds(name, word))
                .map(TrialHeaders::written)
                .toList();
    }

    /** Whether there is any envelope field. */
    boolean anyEnvelope() {
        return ENVELOPE.stream().anyMatch(headers::has);
    }

    boolean holds(String name, String word) {
        return headers.all(name).stream()
                .anyMatch(text -> text.toLowerCase(java.util.Locale.ROOT).contains(word));
    }

    Optional<String> first(String name) {
        return headers.first(name);
    }

    List<String> all(String name) {
        return headers.all(name);
    }

    private static String written(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int at = 0; at < name.length(); at++) {
            boolean initial = at == 0 || name.charAt(at - 1) == '-';
            text.append(initial ? Character.toUpperCase(name.charAt(at)) : name.charAt(at));
        }
        return text.toString();
    }
}
