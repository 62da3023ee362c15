package dev.ronde.asset.inventory;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.field.AssetWords.Refusal;
import dev.ronde.asset.field.CellParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an asset may not become: people who left are given nothing, and tags fit what checks make of them. What it says already is never
 * refused: who has left and what a check accepts may have changed since, and must not hold up another change.
 */
public final class AssetRules {
    private AssetRules() {}

    public record Breach(AssetField field, Refusal why) {}

    /**
     * What the changed fields break.
     *
     * @param people knows who has the addresses of {@code after}
     * @param before null for a new asset
     * @param changed the fields that are new or differ
     */
    public static List<Breach> breaches(
            AssetWords words,
            AssetPeople people,
            @Nullable Asset before,
            AssetFacts after,
            Collection<AssetField> changed) {
        List<Breach> breaches = new ArrayList<>();
        people.gone(after, changed)
                .forEach(field -> breaches.add(new Breach(
                        field, new Refusal(Assets.PERSON_LEFT, List.of(String.valueOf(after.text(field)))))));
        String kind = Objects.requireNonNullElse(after.text(AssetField.KIND), "");
        List<String> tags = after.texts(AssetField.TAGS);
        tags.stream()
                .filter(tag -> before == null || !before.tags().contains(tag))
                .flatMap(tag -> words.refusal(kind, tag).or(() -> saidTwice(tag, tags)).stream())
                .distinct()
                .forEach(why -> breaches.add(new Breach(AssetField.TAGS, why)));
        return breaches;
    }

    /** Two tags for one parameter: nobody could tell which one counts. */
    private static Optional<Refusal> saidTwice(String tag, List<String> all) {
        int equals = tag.indexOf('=');
        if (!tag.startsWith(CellParser.PARAMETER) || equals < 0) {
            return Optional.empty();
        }
        String parameter = tag.substring(0, equals + 1);
        return all.stream()
                                .filter(other -> other.startsWith(parameter))
                                .distinct()
                                .count()
                        < 2
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "bad_parameter_tag",
                        "bad_parameter_tag.twice",
                        List.of(tag.substring(CellParser.PARAMETER.length(), equals))));
    }
}
