package dev.ronde.account;

import dev.ronde.cadence.WorkWeek;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.resource.ReaderWords;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields that both forms about a person have: name, zone, language and, where it has their boxes, the days they work. */
record PersonForm(Map<String, String> fields) {
    static final List<String> DAYS = Stream.of(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .toList();

    Optional<FormError> wrong(ReaderWords say) {
        if (Zones.parse(field("zone")).isEmpty()) {
            return Optional.of(
                    new FormError("zone", say.text("account.setup.zone.invalid", Names.clean(field("zone")))));
        }
        if (fields.containsKey("week") && week().isEmpty()) {
            return Optional.of(new FormError("monday", say.text("account.week.none")));
        }
        return FormError.ofName(field("name"), say);
    }

    Person change(Person before, @Nullable Role role, boolean active) {
        return before.with(
                Names.spaced(field("name")),
                role,
                ZoneId.of(field("zone").strip()),
                "fr".equals(field("language")) ? Locale.FRENCH : Locale.ENGLISH,
                week().orElse(before.week()),
                active);
    }

    private Optional<WorkWeek> week() {
        return WorkWeek.ofWords(DAYS.stream().filter(fields::containsKey).toList());
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
