package dev.ronde.review.answer;

import dev.ronde.asset.snapshot.Change;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.estate.SourceLook;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows of the configuration: the changes, worst first, how many of each effect, what did not change, and the
 * attestation they are counted from. Without an earlier one it shows every setting there is.
 */
public record ReviewLook(Looks looks) {
    private static final List<String> WORST_FIRST = List.of("wider", "weaker", "neutral", "stronger");

    /** The model: {@code changes}, {@code effects}, {@code moved}, {@code settings}, {@code settingsTotal}, {@code last}, {@code received}: when the source that is silent longest was received, {@code appeared}: the sources that say something for the first time. */
    public Map<String, Object> of(Handle handle, Review review, Situation situation, Locale locale) {
        Map<String, Object> model = signed(situation);
        List<Change> changes = situation.changes();
        List<SourceLook> sources = looks.settings(handle, review.assetId(), locale);
        int total =
                sources.stream().mapToInt(source -> source.settings().size()).sum();
        model.put(
                "received",
                sources.stream()
                        .map(SourceLook::seenAt)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
        // what cannot be compared is not known to have changed, nor to have stayed as it was
        boolean comparable = changes.stream().noneMatch(change -> change.path().equals(Looks.NOT_COMPARABLE));
        model.put("settingsTotal", comparable && !situation.over() ? total : 0);
        String baseline = situation.baseline();
        String digest = situation.digest();
        List<Change> moved = baseline == null || digest == null
                ? List.of()
                : looks.moved(handle, review.assetId(), baseline, digest, locale);
        model.put("moved", moved);
        model.put("settings", unchanged(sources, situation.toAnswer(), moved));
        Optional<Review> last = situation.baseline() == null
                ? Optional.empty()
                : handle.attach(ReviewDao.class).findLastAttested(review.assetId(), review.id());
        model.put("last", last.orElse(null));
        model.put(
                "appeared",
                comparable
                        ? appeared(sources, situation.toAnswer())
                        : sources.stream().map(SourceLook::source).collect(Collectors.toSet()));
        return model;
    }

    /** The same of what is signed: the changes alone. */
    public static Map<String, Object> signed(Situation situation) {
        Map<String, Object> model = new HashMap<>();
        List<Change> changes = worstFirst(situation.changes());
        model.put("changes", changes);
        model.put("effects", effects(changes));
        model.put("over", situation.over());
        model.put("settings", List.of());
        model.put("settingsTotal", 0);
        model.put("received", null);
        model.put("moved", List.of());
        model.put("last", null);
        model.put("appeared", Set.of());
        return model;
    }

    /** Whether the configuration is still the one that was shown, values that move by themselves apart. */
    public boolean stillAsShown(Handle handle, Review review, Situation situation, @Nullable String shown) {
        String present = situation.digest();
        if (present == null || shown == null || present.equals(shown)) {
            return Objects.equals(present, shown);
        }
        return looks.changes(handle, review.assetId(), shown, present, Locale.ENGLISH)
                .isEmpty();
    }

    /**
     * The changes that were kept with an attestation. They were kept in English; what the two configurations still show so is said in
     * the words of the reader's language, everything else as it was kept.
     */
    public List<Change> kept(Handle handle, Review review, Locale locale) {
        List<Change> kept = ReviewStored.changes(review);
        String digest = ReviewStored.over(review)
                ? review.drift().driftDigest()
                : review.attestation().snapshotDigest();
        String baseline = review.opening().baselineDigest();
        if (kept.isEmpty()
                || digest == null
                || baseline == null
                || locale.getLanguage().equals("en")) {
            return kept;
        }
        Map<String, Change> english = byPath(looks.changes(handle, review.assetId(), baseline, digest, Locale.ENGLISH));
        Map<String, Change> said = byPath(looks.changes(handle, review.assetId(), baseline, digest, locale));
        return kept.stream()
                .map(change -> change.equals(english.get(change.path()))
                        ? Objects.requireNonNullElse(said.get(change.path()), change)
                        : change)
                .toList();
    }

    private static Map<String, Change> byPath(List<Change> changes) {
        return changes.stream().collect(Collectors.toMap(Change::path, change -> change, (first, second) -> first));
    }

    /** What makes it worse stands first, so that nobody signs before they have come to it. */
    private static List<Change> worstFirst(List<Change> changes) {
        return changes.stream()
                .sorted(Comparator.comparingInt(change -> WORST_FIRST.indexOf(change.effect())))
                .toList();
    }

    /** How many changes have each effect, worst first; effects that none has are left out. */
    private static Map<String, Integer> effects(List<Change> changes) {
        Map<String, Integer> effects = new LinkedHashMap<>();
        changes.forEach(change -> effects.merge(change.effect(), 1, Integer::sum));
        return effects;
    }

    /** A source that was not there is one change of its own; what it says is shown whole, for none of it stayed as it was. */
    private static Set<String> appeared(List<SourceLook> sources, List<Change> changes) {
        Set<String> paths = changes.stream().map(Change::path).collect(Collectors.toSet());
        return sources.stream().map(SourceLook::source).filter(paths::contains).collect(Collectors.toSet());
    }

    private static List<SourceLook> unchanged(List<SourceLook> sources, List<Change> changes, List<Change> moved) {
        Set<String> changed = Stream.concat(changes.stream(), moved.stream())
                .map(Change::path)
                .collect(Collectors.toSet());
        return sources.stream()
                .map(source -> new SourceLook(
                        source.source(),
                        source.title(),
                        source.seenAt(),
                        source.settings().stream()
                                .filter(setting -> !source.changed(setting, changed))
                                .toList()))
                .toList();
    }
}
