package dev.ronde.command;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Version;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

@Command(name = "version", description = "Print the version.")
final class VersionCommand extends CommandBase implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"ronde " + Version.text()};
    }

    @Override
    public Integer call() {
        if (format == Output.Format.table) {
            out().println("ronde " + Version.text());
        } else {
            output().single(Json.tree(Json.write(Map.of("version", Version.text()))), "version");
        }
        return 0;
    }
}
