package dev.ronde.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "hold", description = "Legal holds: evidence that neither retention nor erasure may take.")
final class HoldCommand extends CommandGroup {
    private static final String HOLDS = "/api/v1/holds";
    private static final String[] SHOWN = {
        "id", "state", "asset", "person", "from", "until", "ends_at", "reason", "set_by", "set_at"
    };

    @Command(
            name = "set",
            description = {
                "Keep evidence until the hold is released.",
                "Without asset, person and days it covers everything."
            })
    int set(
            @Option(names = "--asset", paramLabel = "REF", description = "Only what is of this asset.") @Nullable
                    String asset,
            @Option(
                            names = "--person",
                            paramLabel = "PERSON",
                            description = "Only what this person did or is named in: address or reference.")
                    @Nullable
                    String person,
            @Option(names = "--from", paramLabel = "DATE", description = "Only what happened from this day (UTC) on.")
                    @Nullable
                    String from,
            @Option(names = "--to", paramLabel = "DATE", description = "Only what happened up to this day (UTC).")
                    @Nullable
                    String to,
            @Option(
                            names = "--until",
                            paramLabel = "DATE",
                            description = "Last day of the hold (UTC); without it, until it is released.")
                    @Nullable
                    String until,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why; at most 400 characters.")
                    String reason) {
        return withApi(api -> show(
                api.postArguments(
                        HOLDS,
                        ApiClient.fields(
                                "asset", asset, "person", person, "from", from, "to", to, "until", until, "reason",
                                reason)),
                SHOWN));
    }

    @Command(name = "release", description = "End a hold.")
    int release(@Parameters(paramLabel = "ID", description = "Id of the hold.") String id) {
        return withApi(api -> show(api.post(HOLDS + "/" + ApiClient.encoded(id) + "/release", Map.of()), SHOWN));
    }

    @Command(name = "list", description = "Every hold there is or was, newest first.")
    int list() {
        return withApi(api -> show(api.items(HOLDS), SHOWN));
    }
}
