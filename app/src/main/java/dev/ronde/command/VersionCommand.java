package dev.ronde.command;

import dev.ronde.platform.resource.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The product's version. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand extends CommandBase implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"ronde " + Version.text()};
    }

    @Override
    public Integer call() {
        out().println("ronde " + Version.text());
        return 0;
    }
}
