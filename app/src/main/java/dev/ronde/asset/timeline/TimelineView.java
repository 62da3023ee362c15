package dev.ronde.asset.timeline;

import dev.ronde.asset.inventory.Assets;
import dev.ronde.platform.resource.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A timeline entry in the words of one language. */
public record TimelineView(
        Instant at,
        String text,
        @Nullable String actor,
        @Nullable String href,
        List<Line> lines) {
    public record Line(String title, String before, String after) {}

    public static TimelineView of(TimelineEntry entry, Assets assets, Messages messages, Locale locale) {
        boolean own = entry.type().startsWith("asset.");
        Object[] arguments = own
                ? new Object[] {fields(entry, messages, locale)}
                : entry.arguments().toArray();
        String actor = entry.actorRef();
        return new TimelineView(
                entry.at(),
                messages.text(locale, entry.key(), arguments),
                actor == null
                        ? null
                        : actor.equals("system") ? messages.text(locale, "asset.system") : assets.actorName(actor),
                entry.href(),
                lines(entry, messages, locale));
    }

    private static String fields(TimelineEntry entry, Messages messages, Locale locale) {
        return names(entry).stream().map(name -> title(name, messages, locale)).collect(Collectors.joining(", "));
    }

    private static List<String> names(TimelineEntry entry) {
        return entry.data().get("changed") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static List<Line> lines(TimelineEntry entry, Messages messages, Locale locale) {
        List<Line> lines = new ArrayList<>();
        if (entry.data().get("before") instanceof Map<?, ?> before
                && entry.data().get("after") instanceof Map<?, ?> after) {
            for (String name : names(entry)) {
                if (before.containsKey(name) || after.containsKey(name)) {
                    lines.add(new Line(title(name, messages, locale), text(before, name), text(after, name)));
                }
            }
        }
        return lines;
    }

    private static String text(Map<?, ?> values, String name) {
        Object value = values.get(name);
        return value == null ? "" : String.valueOf(value);
    }

    private static String title(String name, Messages messages, Locale locale) {
        String key = "asset.field." + name;
        return messages.has(key) ? messages.text(locale, key) : name;
    }
}
