package dev.ronde.command;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.Framework;
import dev.ronde.catalogue.ProbeSpec;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.run.Derivers;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Overlay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "schema",
        description = {
            "Print the JSON Schema of check files, for editors.",
            "It holds the kinds, protections, frameworks, controls and probes of this installation, RONDE_CHECKS included.",
            "With --texts that of their texts in another language."
        })
final class CheckSchemaCommand extends CommandBase {
    private static final String SHIPPED = "check.schema.json";
    private static final String TEXTS = "texts.schema.json";

    @Option(names = "--texts", description = "The schema of texts/<language>/<check>.yaml.")
    boolean texts;

    @Override
    public Integer call() {
        if (texts) {
            out().println(shipped(TEXTS).strip());
            return 0;
        }
        Catalogue catalogue = CheckCatalogue.load(null, root().environment);
        ObjectNode schema = (ObjectNode) Json.tree(shipped(SHIPPED));
        ObjectNode properties = (ObjectNode) schema.path("properties");
        words(
                (ObjectNode) properties.path("protection"),
                catalogue.protections().keys());
        words((ObjectNode) schema.at("/$defs/kind"), kinds(catalogue));
        List<String> probes = new ArrayList<>(Probes.TYPES);
        probes.addAll(ProbeSpec.WITHOUT_PACKETS);
        ObjectNode probe = (ObjectNode) properties.at("/probe/properties");
        words((ObjectNode) probe.path("type"), probes);
        words((ObjectNode) probe.path("derive"), Derivers.names());
        mappings((ObjectNode) properties.path("mappings"), catalogue);
        out().println(schema.toPrettyString());
        return 0;
    }

    private static String shipped(String file) {
        return Overlay.of("checks", null).text(file).orElseThrow();
    }

    private static void words(ObjectNode of, Collection<String> words) {
        ArrayNode list = of.putArray("enum");
        words.stream().sorted().forEach(list::add);
    }

    /** Every kind, and every prefix of kinds such as {@code host.*}. */
    private static List<String> kinds(Catalogue catalogue) {
        List<String> kinds = new ArrayList<>(catalogue.protections().kinds());
        catalogue.protections().kinds().stream()
                .filter(kind -> kind.contains("."))
                .map(kind -> kind.substring(0, kind.lastIndexOf('.')) + ".*")
                .distinct()
                .forEach(kinds::add);
        kinds.add("cloud.*");
        return kinds.stream().distinct().toList();
    }

    /** A control that is missing from its framework's file is refused, so the editor offers only known ones. */
    private static void mappings(ObjectNode of, Catalogue catalogue) {
        of.put("additionalProperties", false);
        ObjectNode frameworks = of.putObject("properties");
        for (Framework framework : catalogue.frameworks().values()) {
            ObjectNode items = frameworks
                    .putObject(framework.id())
                    .put("type", "array")
                    .put("description", framework.name() + " " + framework.version())
                    .putObject("items");
            ArrayNode either = items.putArray("anyOf");
            words(either.addObject(), framework.controls().keySet());
            ObjectNode guarded = either.addObject().put("type", "object").put("additionalProperties", false);
            guarded.putArray("required").add("control");
            ObjectNode fields = guarded.putObject("properties");
            words(fields.putObject("control"), framework.controls().keySet());
            fields.putObject("needs").put("type", "string");
        }
    }
}
