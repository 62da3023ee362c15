package dev.ronde.command;

import dev.ronde.platform.http.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "token", description = "Tokens for programs.")
final class TokenCommand extends CommandGroup {
    private static final String TOKENS = "/api/v1/tokens";

    @Command(name = "add", description = "Make a token and print it once, alone on stdout.")
    int add(
            @Option(names = "--name", paramLabel = "NAME", required = true, description = "What it is for.")
                    String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description = "admin, compliance, owner, auditor, agent or prober.")
                    Role role,
            @Option(
                            names = "--days",
                            paramLabel = "D",
                            description = "Days until it expires (default: RONDE_TOKEN_MAX_DAYS).")
                    @Nullable
                    Integer days,
            @Option(
                            names = "--asset",
                            paramLabel = "REF",
                            description = "Asset an agent may push snapshots for; repeatable. Without it: every asset.")
                    @Nullable
                    List<String> assets) {
        return withApi(api -> {
            JsonNode token = api.postArguments(
                    TOKENS, ApiClient.fields("name", name, "role", role.word(), "days", days, "assets", assets));
            out().println(token.path("token").asString(""));
            say("It acts as " + role.word() + " until "
                    + token.path("expires_at").asString("") + " and is not shown again.");
            return 0;
        });
    }

    @Command(name = "list", description = "All tokens, without their secrets.")
    int list() {
        return withApi(api ->
                show(api.items(TOKENS), "id", "name", "role", "assets", "hint", "state", "expires_at", "last_used_at"));
    }

    @Command(name = "revoke", description = "End a token at once.")
    int revoke(@Parameters(paramLabel = "ID", description = "Id of the token, see: ronde token list") String id) {
        return withApi(api -> {
            api.delete(TOKENS + "/" + ApiClient.encoded(id));
            say("Revoked.");
            return 0;
        });
    }
}
