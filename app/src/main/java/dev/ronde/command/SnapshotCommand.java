package dev.ronde.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "snapshot", description = "Configuration snapshots of assets.")
final class SnapshotCommand extends CommandGroup {
    @Command(
            name = "push",
            description = {
                "Store the configuration of an asset.",
                "It is reduced to the fields its source may hold, made canonical, and hashed."
            })
    int push(
            @Parameters(paramLabel = "ASSET", description = "Ref of the asset.") String asset,
            @Parameters(paramLabel = "SOURCE", description = "What the file is, such as host.v1 or azure.nsg.v1.")
                    String source,
            @Parameters(paramLabel = "FILE", description = "The JSON file; - is stdin.") String file) {
        byte[] json = InputFile.bytes(file);
        String path = "/api/v1/assets/" + ApiClient.encoded(asset) + "/snapshots/" + ApiClient.encoded(source);
        return withApi(api -> show(
                api.send("PUT", path, "application/json", json), "digest", "changed", "collected_at", "judged_by"));
    }
}
