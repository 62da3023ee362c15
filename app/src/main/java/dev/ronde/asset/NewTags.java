package dev.ronde.asset;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the tags that an asset would be given. Those it bears already hold no change of it up: what a check takes may have changed since
 * they were saved, and runs of that check name them.
 */
final class NewTags {
    private NewTags() {}

    /** Why the new ones among the tags cannot be saved; {@code before} is null for a new asset. */
    static List<AssetWords.Refusal> refused(AssetWords words, @Nullable Asset before, AssetFacts after) {
        Set<String> borne = before == null ? Set.of() : Set.copyOf(before.tags());
        String kind = Objects.requireNonNullElse(after.text(AssetField.KIND), "");
        List<?> tags = after.get(AssetField.TAGS) instanceof List<?> list ? list : List.of();
        List<String> all = tags.stream().map(String::valueOf).toList();
        return all.stream()
                .filter(tag -> !borne.contains(tag))
                .flatMap(tag -> words.refusal(kind, tag).or(() -> saidTwice(tag, all)).stream())
                .distinct()
                .toList();
    }

    /** Of two tags for one parameter nobody could say which one holds. */
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
