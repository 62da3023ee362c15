package dev.ronde.account;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as API and pages show one.
 *
 * @param workingDays {@code monday} to {@code sunday}
 */
public record PersonView(
        UUID id,
        String actorRef,
        String email,
        String name,
        @Nullable String role,
        String zone,
        String language,
        List<String> workingDays,
        boolean active,
        long version) {
    public static PersonView of(Person person) {
        return new PersonView(
                person.id(),
                person.actorRef(),
                person.email(),
                person.name(),
                person.role() == null ? null : person.role().word(),
                person.zone().getId(),
                person.language().getLanguage(),
                person.week().words(),
                person.active(),
                person.version());
    }
}
