package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("key", setting.key());
                item.put("value", settings.shown(setting));
                item.put("origin", settings.origin(setting).name().toLowerCase(Locale.ROOT));
                items.add(Json.tree(Json.write(item)));
            }
            if (origin) {
                output().items(items, "key", "value", "origin");
            } else {
                output().items(items, "key", "value");
            }
            return 0;
        }
    }
}
