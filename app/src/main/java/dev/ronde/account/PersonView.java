package dev.ronde.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person as API and pages show one. */
public record PersonView(
        UUID id,
        String actorRef,
        String email,
        String name,
        @Nullable String role,
        String zone,
        String language,
        boolean active,
        long version) {
    /** The person as it stands. */
    public static PersonView of(Person person) {
        return new PersonView(
                person.id(),
                person.actorRef(),
                person.email(),
                person.name(),
                person.role() == null ? null : person.role().word(),
                person.zone().getId(),
                person.language().getLanguage(),
                person.active(),
                person.version());
    }
}
