package dev.ronde.platform.yaml;

import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds anchors ({@code &name}, YAML 1.2 §6.9.2) on values of any kind. The token parser shows only those of maps and lists; a name that
 * nothing may refer to is refused wherever it stands.
 */
public final class YamlAnchors {
    private YamlAnchors() {}

    /** The line of the first anchor, counted from 1; empty where there is none, and for text that is not YAML. */
    public static OptionalInt firstLine(String text) {
        if (text.indexOf('&') < 0) {
            return OptionalInt.empty();
        }
        try {
            for (Event event : new Parse(LoadSettings.builder().build()).parseReader(new WholeCharacters(text))) {
                if (event instanceof NodeEvent node
                        && event.getEventId() != Event.ID.Alias
                        && node.getAnchor().isPresent()) {
                    return OptionalInt.of(
                            event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
                }
            }
        } catch (YamlEngineException e) {
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
    }
}
