package dev.ronde.account;

import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events of an iCalendar text (RFC 5545 §3.1, §3.4): their properties, unfolded, and where each event begins. */
final class CalendarLines {
    private static final String EVENT = "VEVENT";

    private final List<Event> events = new ArrayList<>();
    private final List<String> within = new ArrayList<>();
    private @Nullable Event event;

    private CalendarLines() {}

    /**
     * One property.
     *
     * @param text as it is written, unfolded
     */
    record Property(String name, Map<String, String> parameters, String value, String text) {
        /** Keeps empty entries, so that a truncated list is noticed. */
        List<String> values() {
            return List.of(value.split(",", -1));
        }
    }

    /**
     * One event, without what is nested in it, such as alarms.
     *
     * @param line where it begins, counted from 1
     */
    record Event(int line, List<Property> properties) {
        List<Property> all(String name) {
            return properties.stream()
                    .filter(property -> property.name().equals(name))
                    .toList();
        }

        Optional<Property> first(String name) {
            return all(name).stream().findFirst();
        }

        String text(String name) {
            return first(name).map(Property::value).orElse("");
        }
    }

    /**
     * The events in their order.
     *
     * @throws Problem 422 for a file that ends in the middle
     */
    static List<Event> read(String text) {
        CalendarLines lines = new CalendarLines();
        StringBuilder unfolded = new StringBuilder();
        int number = 0;
        int begins = 1;
        for (String line : text.replaceFirst("^\\uFEFF", "").split("\\r\\n|\\r|\\n", -1)) {
            number++;
            if (line.startsWith(" ") || line.startsWith("\t")) {
                unfolded.append(line, 1, line.length());
            } else {
                lines.take(unfolded.toString(), begins);
                unfolded = new StringBuilder(line);
                begins = number;
            }
        }
        lines.take(unfolded.toString(), begins);
        if (!lines.within.isEmpty()) {
            throw cut(lines.within.get(lines.within.size() - 1));
        }
        return lines.events;
    }

    private void take(String line, int number) {
        int colon = colon(line);
        if (colon < 0) {
            return;
        }
        Property property = property(line, colon);
        String component = property.value().toUpperCase(Locale.ROOT);
        if (property.name().equals("BEGIN")) {
            within.add(component);
            if (component.equals(EVENT)) {
                event = new Event(number, new ArrayList<>());
            }
        } else if (property.name().equals("END")) {
            if (within.isEmpty() || !within.remove(within.size() - 1).equals(component)) {
                throw cut(component);
            }
            if (component.equals(EVENT) && event != null) {
                events.add(event);
                event = null;
            }
        } else if (event != null && within.get(within.size() - 1).equals(EVENT)) {
            event.properties().add(property);
        }
    }

    private static Problem cut(String component) {
        return Problem.invalid(
                        "/calendar",
                        "file_cut",
                        "This file is not whole: BEGIN and END of " + component
                                + " do not belong together. Nothing was taken in.")
                .values(component);
    }

    private static Property property(String line, int colon) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> head = head(line.substring(0, colon));
        for (String one : head.subList(1, head.size())) {
            String[] parameter = one.split("=", 2);
            parameters.put(
                    parameter[0].strip().toUpperCase(Locale.ROOT),
                    parameter.length == 2 ? parameter[1].strip().replace("\"", "") : "");
        }
        return new Property(
                head.get(0).strip().toUpperCase(Locale.ROOT),
                parameters,
                line.substring(colon + 1).strip(),
                line.strip());
    }

    private static List<String> head(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                parts.add(text.substring(begin, index));
                begin = index + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private static int colon(String line) {
        boolean quoted = false;
        for (int index = 0; index < line.length(); index++) {
            char c = line.charAt(index);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ':' && !quoted) {
                return index;
            }
        }
        return -1;
    }
}
