package dev.ronde.mail.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * For whom a message was meant, by what its writer set.
 *
 * @param toUs whether it is written to us alone: an address of ours stands in {@code To}, and nobody else but its writer gets it
 * @param parents the Message-IDs of what it answers: those in {@code In-Reply-To}, and else the last one in {@code References}
 */
public record Addressing(boolean toUs, List<HandleHint> parents) {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\",;:]{1,64}@[A-Za-z0-9.-]{1,253}");
    private static final Pattern CARRYING = Pattern.compile("([^@]*\\W)?[a-z2-7]{40}@.*");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{3,250}>");
    private static final int FIELD = 64 << 10;

    public Addressing {
        parents = List.copyOf(parents);
    }

    static Addressing of(Headers headers, Sorting.Ours ours) {
        List<String> to = addresses(headers, "to");
        Set<String> writer = Set.copyOf(addresses(headers, "from"));
        boolean toUs = to.stream().anyMatch(address -> ours(address, ours))
                && Stream.concat(to.stream(), addresses(headers, "cc").stream())
                        .allMatch(address -> ours(address, ours) || writer.contains(address));
        List<HandleHint> parents = ids(headers.all("in-reply-to"));
        List<HandleHint> all = ids(headers.all("references"));
        return new Addressing(toUs, parents.isEmpty() && !all.isEmpty() ? List.of(all.get(all.size() - 1)) : parents);
    }

    private static boolean ours(String address, Sorting.Ours ours) {
        return ours.is(address) || CARRYING.matcher(address).matches();
    }

    private static List<String> addresses(Headers headers, String field) {
        return headers.all(field).stream()
                .flatMap(value ->
                        ADDRESS.matcher(end(EncodedWords.decode(value))).results())
                .map(found -> found.group().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<HandleHint> ids(List<String> fields) {
        List<HandleHint> ids = new ArrayList<>();
        for (String field : fields) {
            Matcher id = MESSAGE_ID.matcher(end(field));
            while (id.find()) {
                ids.add(new HandleHint(HandleHint.Place.REFERENCES, id.group()));
            }
        }
        return ids;
    }

    private static String end(String field) {
        return field.length() > FIELD ? field.substring(field.length() - FIELD) : field;
    }
}
