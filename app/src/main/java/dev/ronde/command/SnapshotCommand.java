package dev.ronde.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "snapshot",
        description = "Configuration snapshots of assets.",
        subcommands = SnapshotCommand.Push.class)
final class SnapshotCommand extends CommandGroup {

    @Command(
            name = "push",
            description = {
                "Store the configuration of an asset.",
                "It is reduced to the fields its source may hold, made canonical, and hashed."
            })
    static final class Push extends CommandBase {
        @Parameters(index = "0", paramLabel = "ASSET", description = "Ref of the asset.")
        String asset = "";

        @Parameters(
                index = "1",
                paramLabel = "SOURCE",
                description = "What the file is, such as host.v1 or azure.nsg.v1.")
        String source = "";

        @Parameters(index = "2", paramLabel = "FILE", description = "The JSON file; - is stdin.")
        String file = "";

        @Override
        public Integer call() {
            byte[] json = InputFile.bytes(file);
            return withApi(api -> {
                JsonNode pushed = api.send(
                        "PUT",
                        "/api/v1/assets/" + ApiClient.encoded(asset) + "/snapshots/" + ApiClient.encoded(source),
                        "application/json",
                        json);
                return show(pushed, "digest", "changed", "collected_at", "judged_by");
            });
        }
    }
}
