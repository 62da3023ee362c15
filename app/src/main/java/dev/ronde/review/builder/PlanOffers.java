package dev.ronde.review.builder;

import dev.ronde.review.builder.FormPage.Offer;
import dev.ronde.review.builder.FormPage.Offers;
import dev.ronde.review.estate.Covered;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the fields of the builder offer: the words of the inventory with how many assets each has, and those of the files. */
record PlanOffers(PlanWords words) {
    private static final int BOXES = 12;
    private static final int WORDS = 60;
    private static final int SUGGESTIONS = 50;

    private static final int LONGEST_TAG = 100;
    private static final int ZONES = 60;

    Map<String, Offers> of(List<Covered> assets, Locale language) {
        Map<String, Offers> offers = new HashMap<>();
        Map<String, Integer> criticality = counted(assets, asset -> List.of(asset.criticality()));
        offers.put(
                "scope.criticality",
                new Offers(
                        FormField.CRITICALITIES.stream()
                                .map(word -> new Offer(word, word, criticality.getOrDefault(word, 0)))
                                .toList(),
                        List.of()));
        offers.put(
                "scope.kinds",
                commonest(counted(assets, asset -> List.of(asset.candidate().kind())), known()));
        offers.put(
                "scope.tags",
                commonest(counted(assets, asset -> plain(asset.candidate().tags())), Set.of()));
        offers.put(
                "scope.environments",
                commonest(counted(assets, asset -> one(asset.candidate().environment())), Set.of()));
        offers.put(
                "scope.units",
                commonest(counted(assets, asset -> one(asset.candidate().unit())), Set.of()));
        offers.put(
                "scope.assets",
                new Offers(
                        List.of(),
                        assets.stream()
                                .limit(assets.size() > SUGGESTIONS ? 0 : SUGGESTIONS)
                                .map(asset -> new Offer(asset.ref(), asset.name(), -1))
                                .toList()));
        offers.put("required_protections", protections(language));
        offers.put("frameworks", new Offers(List.of(), controls()));
        return offers;
    }

    private Set<String> known() {
        Set<String> known = new TreeSet<>(words.vocabulary().kinds());
        words.vocabulary().kinds().stream()
                .filter(kind -> kind.indexOf('.') > 0)
                .forEach(kind -> known.add(kind.substring(0, kind.indexOf('.')) + ".*"));
        return known;
    }

    private Offers protections(Locale language) {
        List<Offer> boxes = words.vocabulary().protections().stream()
                .map(key -> new Offer(key, words.title().apply(key, language), -1))
                .sorted(Comparator.comparing(Offer::label))
                .toList();
        return new Offers(boxes, List.of());
    }

    private List<Offer> controls() {
        List<Offer> controls = new ArrayList<>();
        new TreeMap<>(words.vocabulary().frameworks())
                .forEach((id, framework) -> framework
                        .controls()
                        .forEach((control, title) -> controls.add(new Offer(id + ":" + control, title, -1))));
        return controls;
    }

    private static Map<String, Integer> counted(
            List<Covered> assets, Function<Covered, ? extends Collection<String>> of) {
        Map<String, Integer> counted = new TreeMap<>();
        assets.forEach(asset -> of.apply(asset).forEach(word -> counted.merge(word, 1, Integer::sum)));
        return counted;
    }

    /** The most common words become boxes in alphabetical order; the others are suggested. */
    private static Offers commonest(Map<String, Integer> counted, Set<String> known) {
        Set<String> boxes = counted.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(BOXES)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Offer> suggestions = Stream.concat(counted.keySet().stream(), known.stream())
                .filter(word -> !boxes.contains(word))
                .distinct()
                .limit(WORDS)
                .map(word -> new Offer(word, word, -1))
                .toList();
        return new Offers(
                boxes.stream()
                        .map(word -> new Offer(word, word, counted.getOrDefault(word, 0)))
                        .toList(),
                suggestions);
    }

    /** Drops tags that steer a check, because they say nothing about the asset. */
    private static List<String> plain(Set<String> tags) {
        return tags.stream()
                .filter(tag -> !tag.startsWith("param:") && tag.length() <= LONGEST_TAG)
                .toList();
    }

    private static List<String> one(@Nullable String word) {
        return word == null || word.isBlank() ? List.of() : List.of(word);
    }

    /** The zones people live in and the installation's: the hundreds there are weighed more than the rest of the form. */
    static List<String> zones(Handle handle, ZoneId installation) {
        TreeSet<String> zones = new TreeSet<>(
                handle.createQuery("select distinct zone from person where zone is not null order by zone limit :most")
                        .bind("most", ZONES)
                        .mapTo(String.class)
                        .list());
        zones.add(installation.getId());
        zones.add("UTC");
        return List.copyOf(zones);
    }
}
