package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "config", description = "Show the settings.")
final class ConfigCommand extends CommandGroup {
    @Command(name = "show", description = "Every setting and its value; secrets are masked.")
    int show(@Option(names = "--origin", description = "Say where each value came from.") boolean origin) {
        Settings settings = settings();
        List<JsonNode> items = Arrays.stream(Setting.values())
                .map(setting -> Output.item(
                        "key",
                        setting.key(),
                        "value",
                        settings.shown(setting),
                        "origin",
                        settings.origin(setting).name().toLowerCase(Locale.ROOT)))
                .toList();
        return origin ? show(items, "key", "value", "origin") : show(items, "key", "value");
    }
}
