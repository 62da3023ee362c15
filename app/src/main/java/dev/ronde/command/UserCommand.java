package dev.ronde.command;

import dev.ronde.platform.http.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "user", description = "Accounts of people.")
final class UserCommand extends CommandGroup {
    static final class EngagementOptions {
        @Option(names = "--firm", paramLabel = "F", required = true, description = "Firm of an auditor.")
        String firm = "";

        @Option(
                names = "--from",
                paramLabel = "DAY",
                required = true,
                description = "First day of the engagement, in UTC.")
        String from = "";

        @Option(
                names = "--until",
                paramLabel = "DAY",
                required = true,
                description = "Last day, included; the account ends by itself after it.")
        String until = "";

        @Option(
                names = "--frameworks",
                paramLabel = "F",
                split = ",",
                description = "Only evidence of these. Separated by commas.")
        @Nullable
        List<String> frameworks;

        @Option(names = "--units", paramLabel = "U", split = ",", description = "Only assets of these units.")
        @Nullable
        List<String> units;

        @Option(names = "--assets", paramLabel = "REF", split = ",", description = "Only these assets.")
        @Nullable
        List<String> assets;

        Map<String, Object> fields() {
            return ApiClient.fields(
                    "firm",
                    firm,
                    "from",
                    from,
                    "until",
                    until,
                    "frameworks",
                    frameworks,
                    "units",
                    units,
                    "assets",
                    assets);
        }
    }

    private static final String PEOPLE = "/api/v1/people";

    private static Optional<JsonNode> find(ApiClient api, String email) {
        return api.items(PEOPLE + "?q=" + ApiClient.encoded(email)).stream()
                .filter(person -> person.path("email").asString("").equalsIgnoreCase(email.strip()))
                .findFirst();
    }

    private static String path(ApiClient api, String email) {
        return find(api, email)
                .map(UserCommand::path)
                .orElseThrow(() -> CommandFailed.of("Nobody has the address " + email + ". See: ronde user list"));
    }

    private static String path(JsonNode person) {
        return PEOPLE + "/" + person.path("id").asString("");
    }

    private static String link(ApiClient api, String path) {
        return api.post(path, Map.of()).path("setup_link").asString("");
    }

    @Command(
            name = "add",
            description = {
                "Give a person an account.",
                "Without --password-stdin it prints a one-time link with which the person chooses a password."
            })
    int add(
            @Option(names = "--email", paramLabel = "EMAIL", required = true, description = "Address of the person.")
                    String email,
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "Name of the person.")
                    String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "admin, compliance, owner or auditor.")
                    Role role,
            @Option(names = "--password-stdin", description = "Read the password from the first line of stdin.")
                    boolean passwordStdin,
            @ArgGroup(exclusive = false) @Nullable EngagementOptions engagement) {
        if (engagement != null && (role != Role.AUDITOR || passwordStdin)) {
            throw CommandFailed.usage(
                    "An engagement is for --role auditor, without --password-stdin: hand on the link that is printed.");
        }
        String password = passwordStdin ? InputFile.secret() : null;
        return withApi(api -> {
            JsonNode person = engagement != null
                    ? engage(api, email, name, engagement)
                    : find(api, email)
                            .map(known -> {
                                requireNoAccount(known, email, passwordStdin);
                                return api.patch(
                                        path(known), Map.of("name", name, "role", role.word(), "active", true));
                            })
                            .orElseGet(() -> api.postArguments(
                                    PEOPLE,
                                    ApiClient.fields(
                                            "email", email, "name", name, "role", role.word(), "password", password)));
            say("Account of " + person.path("email").asString("") + " as " + role.word() + ".");
            out().println(passwordStdin ? person.path("id").asString("") : link(api, path(person) + "/setup-link"));
            return 0;
        });
    }

    /** The account begins with the engagement, so that it never sees more. */
    private static JsonNode engage(ApiClient api, String email, String name, EngagementOptions engagement) {
        JsonNode person = find(api, email)
                .map(known -> {
                    requireNoAccount(known, email, false);
                    return known;
                })
                .orElseGet(() -> api.postArguments(PEOPLE, Map.of("email", email, "name", name)));
        api.put(path(person) + "/engagement", engagement.fields(), UnaryOperator.identity());
        return person;
    }

    /** An existing account is never changed by accident. */
    private static void requireNoAccount(JsonNode known, String email, boolean password) {
        if (!known.path("role").isNull()) {
            throw CommandFailed.of(email + " has an account with the role "
                    + known.path("role").asString("")
                    + ". Change it on the people page; a new password: ronde user reset " + email);
        }
        if (password) {
            throw CommandFailed.of(
                    email + " is known without an account. Run this without --password-stdin and hand on the link.");
        }
    }

    @Command(
            name = "reset",
            description = {
                "Let a person choose a new password.",
                "Takes the old one away, ends all sessions, and prints a one-time link."
            })
    int reset(@Parameters(paramLabel = "EMAIL", description = "Address of the person.") String email) {
        return withApi(api -> {
            out().println(link(api, path(api, email) + "/reset"));
            say("The old password and all sessions of " + email + " are gone. The link works once, for seven days.");
            return 0;
        });
    }

    @Command(
            name = "handover",
            description = {
                "Hand everything a person answers for over to others, in one act.",
                "Without --to, the backup owner of each asset steps in; where there is none, the leads decide."
            })
    int handOver(
            @Parameters(paramLabel = "EMAIL", description = "Address of the person who leaves.") String email,
            @Option(names = "--to", paramLabel = "EMAIL", description = "Who takes over everything.") @Nullable
                    String to,
            @Option(names = "--stay", description = "Keep the person active.") boolean stay) {
        return withApi(api -> show(
                api.postArguments(path(api, email) + "/handover", ApiClient.fields("deactivate", !stay, "to", to)),
                "email",
                "name",
                "role",
                "active"));
    }

    @Command(name = "list", description = "Everybody Ronde knows; without a role there is no account.")
    int list() {
        return withApi(api -> show(api.items(PEOPLE), "email", "name", "role", "active", "zone", "language"));
    }
}
