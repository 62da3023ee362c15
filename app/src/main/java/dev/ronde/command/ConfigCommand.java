package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Settings as the product sees them. */
@Command(name = "config", description = "Show the settings.", subcommands = ConfigCommand.Show.class)
final class ConfigCommand extends CommandGroup {

    @Command(name = "show", description = "Every setting and its value; secrets are masked.")
    static final class Show extends CommandBase {
        @Option(names = "--origin", description = "Say where each value came from.")
        boolean origin;

        @Override
        public Integer call() {
            Settings settings = settings();
            List<JsonNode> items = new ArrayList<>();
            for (Setting setting : Setting.values()) {
                items.add(Output.item(
                        "key",
                        setting.key(),
                        "value",
                        settings.shown(setting),
                        "origin",
                        settings.origin(setting).name().toLowerCase(Locale.ROOT)));
            }
            return origin ? show(items, "key", "value", "origin") : show(items, "key", "value");
        }
    }
}
