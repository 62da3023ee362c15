package dev.ronde.inbound.message;

import dev.ronde.platform.text.Cut;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** For whom a message was meant, by what its writer set. */
final class Addressing {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\",;:]{1,64}@[A-Za-z0-9.-]{1,253}");
    private static final Pattern CARRYING = Pattern.compile("([^@]*\\W)?[a-z2-7]{40}@.*");
    private static final int FIELD = 64 << 10;

    private Addressing() {}

    /** Whether it is written to us alone: an address of ours stands in {@code To}, and nobody else but its writer gets it. */
    static boolean toUs(Headers headers, Sorting.Ours ours) {
        List<String> to = addresses(headers, "to");
        Set<String> writer = Set.copyOf(addresses(headers, "from"));
        return to.stream().anyMatch(address -> ours(address, ours))
                && Stream.concat(to.stream(), addresses(headers, "cc").stream())
                        .allMatch(address -> ours(address, ours) || writer.contains(address));
    }

    private static boolean ours(String address, Sorting.Ours ours) {
        return ours.is(address) || CARRYING.matcher(address).matches();
    }

    private static List<String> addresses(Headers headers, String field) {
        return headers.all(field).stream()
                .flatMap(value -> ADDRESS.matcher(Cut.to(EncodedWords.decode(value), FIELD))
                        .results())
                .map(found -> found.group().toLowerCase(Locale.ROOT))
                .toList();
    }
}
