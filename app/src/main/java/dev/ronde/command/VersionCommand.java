package dev.ronde.command;

import dev.ronde.platform.resource.Version;
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
        switch (format()) {
            case table -> out().println("ronde " + Version.text());
            case json -> output().document(Output.item("version", Version.text()));
            case csv -> show(Output.item("version", Version.text()), "version");
        }
        return 0;
    }
}
