package dev.ronde.mail.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For whom a message was meant, by what its writer set.
 *
 * @param toUs whether an address of ours stands in {@code To}, not only among those who get a copy
 * @param parents the Message-IDs of what it answers: those in {@code In-Reply-To}, and else the last one in {@code References}
 */
public record Meant(boolean toUs, List<HandleHint> parents) {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\",;:]{1,64}@[A-Za-z0-9.-]{1,253}");
    private static final Pattern CARRYING = Pattern.compile("([^@]*\\W)?[a-z2-7]{40}@.*");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{3,250}>");
    private static final int FIELD = 64 << 10;

    /** Copies the ids. */
    public Meant {
        parents = List.copyOf(parents);
    }

    static Meant of(Headers headers, Sorted.Ours ours) {
        boolean toUs = headers.all("to").stream()
                .flatMap(field ->
                        ADDRESS.matcher(end(EncodedWords.decode(field))).results())
                .map(found -> found.group().toLowerCase(Locale.ROOT))
                .anyMatch(
                        address -> ours.is(address) || CARRYING.matcher(address).matches());
        List<HandleHint> parents = ids(headers.all("in-reply-to"));
        List<HandleHint> all = ids(headers.all("references"));
        return new Meant(toUs, parents.isEmpty() && !all.isEmpty() ? List.of(all.get(all.size() - 1)) : parents);
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
