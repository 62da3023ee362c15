package dev.ronde.account;

import dev.ronde.cadence.WorkWeek;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Worded;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A change to a person as a JSON merge patch (RFC 7396): fields that are absent stay, a null role takes the account away. */
record PersonPatch(
        @Nullable String name,
        @Nullable JsonNode role,
        @Nullable String zone,
        @Nullable String language,
        @Nullable List<@Nullable String> workingDays,
        @Nullable Boolean active) {

    /**
     * A new person.
     *
     * @param role with one the person gets an account; needs the role admin
     * @param password for the account; without one a set-up link is answered
     */
    record NewPerson(
            @Nullable String email,
            @Nullable String name,
            @Nullable JsonNode role,
            @Nullable String zone,
            @Nullable String language,
            @Nullable List<@Nullable String> workingDays,
            @Nullable String password) {
        boolean hasRole() {
            return role != null && !role.isNull();
        }

        Person applyTo(Person made) {
            return new PersonPatch(null, role, zone, language, workingDays, null).applyTo(made);
        }
    }

    /** @throws Problem 422 for a null that means nothing; a record does not tell it from an absent field */
    static void refuseNulls(JsonNode body) {
        List<FieldError> nulls = body.properties().stream()
                .filter(field -> field.getValue().isNull() && !field.getKey().equals("role"))
                .map(field ->
                        new FieldError("/" + field.getKey(), "bad_value", "null means nothing here: leave it out"))
                .toList();
        if (!nulls.isEmpty()) {
            throw Problem.invalid(nulls);
        }
    }

    Person applyTo(Person person) {
        List<FieldError> errors = new ArrayList<>();
        Person change = person.with(
                name == null ? person.name() : name,
                role == null ? person.role() : role(role, errors),
                zone == null ? person.zone() : zone(zone, errors),
                language == null ? person.language() : language(language, errors),
                workingDays == null ? person.week() : week(workingDays, errors),
                active == null ? person.active() : active);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return change;
    }

    private static @Nullable Role role(JsonNode node, List<FieldError> errors) {
        Optional<Role> role = Worded.find(Role.class, node.asString(""));
        if (role.isEmpty() && !node.isNull()) {
            errors.add(new FieldError(
                    "/role", "bad_value", "role must be admin, compliance, owner or auditor, or null for no account"));
        }
        role.filter(known -> !known.forPeople())
                .ifPresent(known -> errors.add(new FieldError(
                        "/role", "not_for_people", known.word() + " is a role for tokens, not for people")));
        return role.orElse(null);
    }

    private static ZoneId zone(String text, List<FieldError> errors) {
        Optional<ZoneId> zone = Zones.parse(text);
        if (zone.isEmpty()) {
            errors.add(new FieldError("/zone", "not_a_zone", "zone must be a time zone such as Europe/Paris"));
        }
        return zone.orElse(ZoneId.of("UTC"));
    }

    private static WorkWeek week(List<@Nullable String> words, List<FieldError> errors) {
        return WorkWeek.ofWords(words.stream().map(String::valueOf).toList()).orElseGet(() -> {
            errors.add(new FieldError(
                    "/working_days", "bad_value", "working_days must be a list of monday to sunday, at least one"));
            return WorkWeek.USUAL;
        });
    }

    private static Locale language(String text, List<FieldError> errors) {
        if (!text.equals("en") && !text.equals("fr")) {
            errors.add(new FieldError("/language", "bad_value", "language must be en or fr"));
        }
        return Locale.forLanguageTag(text);
    }
}
