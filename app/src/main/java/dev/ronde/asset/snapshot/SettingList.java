package dev.ronde.asset.snapshot;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** All settings of one document in words: its difference from nothing. */
final class SettingList {
    private SettingList() {}

    static List<Change> of(SourceSchema schema, JsonNode content, Words words) {
        return SettingDiff.between(
                        schema, JsonNodeFactory.instance.objectNode(), content, words, SettingDiff.Moving.ALL)
                .stream()
                .map(change -> new Change(change.path(), change.title(), null, change.after(), Effect.NEUTRAL.word()))
                .toList();
    }
}
