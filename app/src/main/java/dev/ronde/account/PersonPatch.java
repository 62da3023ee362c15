package dev.ronde.account;

import dev.ronde.cadence.WorkWeek;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A change to a person as a JSON merge patch (RFC 7396): fields that are absent stay, a null role takes the account away. */
final class PersonPatch {
    private static final Set<String> FIELDS = Set.of("name", "role", "zone", "language", "working_days", "active");

    /**
     * A new person.
     *
     * @param role with one the person gets an account; needs the role admin
     * @param password for the account; without one a set-up link is answered
     */
    record NewPerson(
            @Nullable String email,
            @Nullable String name,
            @Nullable Role role,
            @Nullable String zone,
            @Nullable String language,
            @Nullable List<String> workingDays,
            @Nullable String password) {}

    private final JsonNode body;

    private PersonPatch(JsonNode body) {
        this.body = body;
    }

    static PersonPatch read(JsonNode body) {
        if (!body.isObject()) {
            throw Problem.badRequest("bad_json", "Send a JSON object with the fields to change.");
        }
        List<FieldError> errors = body.properties().stream()
                .filter(field -> !FIELDS.contains(field.getKey()))
                .map(field -> new FieldError(
                        "/" + field.getKey(),
                        Problem.UNKNOWN_FIELD,
                        "The field " + field.getKey()
                                + " is unknown. Known: active, language, name, role, working_days, zone."))
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return new PersonPatch(body);
    }

    Accounts.Change applyTo(Person person) {
        List<FieldError> errors = new ArrayList<>();
        Accounts.Change change = new Accounts.Change(
                text("name", errors).orElse(person.name()),
                body.has("role") ? role(errors) : person.role(),
                text("zone", errors).map(text -> zone(text, errors)).orElse(person.zone()),
                text("language", errors).map(text -> language(text, errors)).orElse(person.language()),
                week(errors).orElse(person.week()),
                active(errors).orElse(person.active()));
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return change;
    }

    static Accounts.Change of(Person made, NewPerson wanted) {
        List<FieldError> errors = new ArrayList<>();
        if (wanted.role() != null) {
            refuseForTokens(wanted.role(), errors);
        }
        Accounts.Change change = new Accounts.Change(
                made.name(),
                wanted.role(),
                wanted.zone() == null ? made.zone() : zone(wanted.zone(), errors),
                wanted.language() == null ? made.language() : language(wanted.language(), errors),
                wanted.workingDays() == null ? made.week() : week(wanted.workingDays(), errors),
                true);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return change;
    }

    private Optional<String> text(String field, List<FieldError> errors) {
        JsonNode node = body.get(field);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isString() || node.asString().isBlank()) {
            errors.add(new FieldError("/" + field, "bad_value", field + " must be a text that is not empty"));
            return Optional.empty();
        }
        return Optional.of(node.asString());
    }

    private Optional<Boolean> active(List<FieldError> errors) {
        JsonNode node = body.get("active");
        if (node != null && !node.isBoolean()) {
            errors.add(new FieldError("/active", "bad_value", "active must be true or false"));
        }
        return node != null && node.isBoolean() ? Optional.of(node.asBoolean()) : Optional.empty();
    }

    private @Nullable Role role(List<FieldError> errors) {
        JsonNode node = body.get("role");
        if (node.isNull()) {
            return null;
        }
        Optional<Role> role = Arrays.stream(Role.values())
                .filter(known -> node.isString() && known.word().equals(node.asString()))
                .findFirst();
        if (role.isEmpty()) {
            errors.add(new FieldError(
                    "/role", "bad_value", "role must be admin, compliance, owner or auditor, or null for no account"));
            return null;
        }
        refuseForTokens(role.get(), errors);
        return role.get();
    }

    private static void refuseForTokens(Role role, List<FieldError> errors) {
        if (!role.forPeople()) {
            errors.add(
                    new FieldError("/role", "not_for_people", role.word() + " is a role for tokens, not for people"));
        }
    }

    private static ZoneId zone(String text, List<FieldError> errors) {
        Optional<ZoneId> zone = Zones.parse(text);
        if (zone.isEmpty()) {
            errors.add(new FieldError("/zone", "not_a_zone", "zone must be a time zone such as Europe/Paris"));
        }
        return zone.orElse(ZoneId.of("UTC"));
    }

    private Optional<WorkWeek> week(List<FieldError> errors) {
        JsonNode node = body.get("working_days");
        if (node == null) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        node.forEach(day -> words.add(day.asString("")));
        return Optional.of(week(words, errors));
    }

    private static WorkWeek week(List<String> words, List<FieldError> errors) {
        return WorkWeek.ofWords(words).orElseGet(() -> {
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
