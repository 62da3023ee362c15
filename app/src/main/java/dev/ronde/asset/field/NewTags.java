package dev.ronde.asset.field;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges the tags an asset would be given. Tags it has already are never refused: what a check accepts may have changed since they were
 * saved, and runs of that check say so.
 */
public final class NewTags {
    private NewTags() {}

    /**
     * Why the new ones among the tags cannot be saved.
     *
     * @param present the tags it has; none for a new asset
     */
    public static List<AssetWords.Refusal> refused(AssetWords words, Collection<String> present, AssetFacts after) {
        String kind = Objects.requireNonNullElse(after.text(AssetField.KIND), "");
        List<?> tags = after.get(AssetField.TAGS) instanceof List<?> list ? list : List.of();
        List<String> all = tags.stream().map(String::valueOf).toList();
        return all.stream()
                .filter(tag -> !present.contains(tag))
                .flatMap(tag -> words.refusal(kind, tag).or(() -> saidTwice(tag, all)).stream())
                .distinct()
                .toList();
    }

    /** Two tags for one parameter: nobody could tell which one counts. */
    private static Optional<AssetWords.Refusal> saidTwice(String tag, List<String> all) {
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
                : Optional.of(new AssetWords.Refusal(
                        "bad_parameter_tag",
                        "bad_parameter_tag.twice",
                        List.of(tag.substring(CellParser.PARAMETER.length(), equals))));
    }
}
