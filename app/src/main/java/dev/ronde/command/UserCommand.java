package dev.ronde.command;

import dev.ronde.platform.http.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "user",
        description = "Accounts of people.",
        subcommands = {
            UserCommand.Add.class,
            UserCommand.Reset.class,
            UserCommand.HandOver.class,
            UserCommand.ListAll.class
        })
final class UserCommand extends CommandGroup {
    private static final String PEOPLE = "/api/v1/people";

    private static Optional<JsonNode> find(ApiClient api, String email) {
        return api.items(PEOPLE + "?q=" + ApiClient.encoded(email)).stream()
                .filter(person -> person.path("email").asString("").equalsIgnoreCase(email.strip()))
                .findFirst();
    }

    private static JsonNode get(ApiClient api, String email) {
        return find(api, email)
                .orElseThrow(() -> CommandFailed.of("Nobody has the address " + email + ". See: ronde user list"));
    }

    @Command(
            name = "add",
            description = {
                "Give a person an account.",
                "Without --password-stdin it prints a one-time link with which the person chooses a password."
            })
    static final class Add extends CommandBase {
        @Option(names = "--email", paramLabel = "EMAIL", required = true, description = "Address of the person.")
        String email = "";

        @Option(names = "--name", paramLabel = "NAME", required = true, description = "Name of the person.")
        String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                converter = RoleWords.class,
                completionCandidates = RoleWords.OfPeople.class,
                description = "One of ${COMPLETION-CANDIDATES}.")
        Role role = Role.OWNER;

        @Option(names = "--password-stdin", description = "Read the password from the first line of stdin.")
        boolean passwordStdin;

        @Override
        public Integer call() {
            String password = passwordStdin ? InputFile.secret() : null;
            return withApi(api -> {
                JsonNode person = find(api, email)
                        .map(known -> promote(api, known, password))
                        .orElseGet(() -> add(api, password));
                say("Account of " + person.path("email").asString("") + " as " + role.word() + ".");
                if (password == null) {
                    out().println(link(api, person));
                } else {
                    out().println(person.path("id").asString(""));
                }
                return 0;
            });
        }

        private JsonNode add(ApiClient api, @Nullable String password) {
            return api.postArguments(
                    PEOPLE, ApiClient.fields("email", email, "name", name, "role", role.word(), "password", password));
        }

        /** Gives an account to a person known from an asset; an existing account is never changed by accident. */
        private JsonNode promote(ApiClient api, JsonNode known, @Nullable String password) {
            if (!known.path("role").isNull()) {
                throw CommandFailed.of(email + " has an account with the role "
                        + known.path("role").asString("")
                        + ". Change it on the people page; a new password: ronde user reset " + email);
            }
            if (password != null) {
                throw CommandFailed.of(email
                        + " is known without an account. Run this without --password-stdin and hand on the link.");
            }
            return api.patch(
                    PEOPLE + "/" + known.path("id").asString(""),
                    Map.of("name", name, "role", role.word(), "active", true));
        }
    }

    private static String link(ApiClient api, JsonNode person) {
        return api.post(PEOPLE + "/" + person.path("id").asString("") + "/setup-link", Map.of())
                .path("setup_link")
                .asString("");
    }

    @Command(
            name = "reset",
            description = {
                "Let a person choose a new password.",
                "Takes the old one away, ends all sessions, and prints a one-time link."
            })
    static final class Reset extends ApiCommand {
        @Parameters(paramLabel = "EMAIL", description = "Address of the person.")
        String email = "";

        @Override
        int run(ApiClient api) {
            JsonNode person = get(api, email);
            JsonNode answer = api.post(PEOPLE + "/" + person.path("id").asString("") + "/reset", Map.of());
            out().println(answer.path("setup_link").asString(""));
            say("The old password and all sessions of " + email + " are gone. The link works once, for seven days.");
            return 0;
        }
    }

    @Command(
            name = "handover",
            description = {
                "Hand everything a person answers for over to others, in one act.",
                "Without --to, the backup owner of each asset steps in; where there is none, the leads decide."
            })
    static final class HandOver extends ApiCommand {
        @Parameters(paramLabel = "EMAIL", description = "Address of the person who leaves.")
        String email = "";

        @Option(names = "--to", paramLabel = "EMAIL", description = "Who takes over everything.")
        @Nullable
        String to;

        @Option(names = "--stay", description = "Keep the person active.")
        boolean stay;

        @Override
        int run(ApiClient api) {
            JsonNode person = get(api, email);
            Map<String, Object> body = ApiClient.fields("deactivate", !stay, "to", to);
            JsonNode after = api.postArguments(PEOPLE + "/" + person.path("id").asString("") + "/handover", body);
            return show(after, "email", "name", "role", "active");
        }
    }

    @Command(name = "list", description = "Everybody Ronde knows; without a role there is no account.")
    static final class ListAll extends ApiCommand {
        @Override
        int run(ApiClient api) {
            List<JsonNode> people = api.items(PEOPLE);
            return show(people, "email", "name", "role", "active", "zone", "language");
        }
    }
}
