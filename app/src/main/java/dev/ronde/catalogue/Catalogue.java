package dev.ronde.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All checks, sound and broken, with the vocabulary they use; read once at start and never changed after. */
public final class Catalogue {
    private final Map<String, CatalogueEntry> entries;
    private final List<CatalogueEntry> notUsed;
    private final Protections protections;
    private final Map<String, Framework> frameworks;
    private final Map<String, SensitivePorts.Port> sensitivePorts;
    private final Translations translations;
    private final String basis;

    Catalogue(
            List<CatalogueEntry> entries,
            List<CatalogueEntry> notUsed,
            Protections protections,
            Map<String, Framework> frameworks,
            Map<String, SensitivePorts.Port> sensitivePorts,
            Translations translations,
            String basis) {
        Map<String, CatalogueEntry> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.put(entry.id(), entry));
        this.entries = byId;
        this.notUsed = List.copyOf(notUsed);
        this.protections = protections;
        this.frameworks = frameworks;
        this.sensitivePorts = sensitivePorts;
        this.translations = translations;
        this.basis = basis;
    }

    /**
     * Returns the same with what is remembered of broken files: their checks stand where they stood when the file was last sound.
     *
     * @param known gives what a broken check said of itself then, null where nobody knows
     */
    public Catalogue recalling(Function<CatalogueEntry, CheckDefinition.@Nullable Outline> known) {
        List<CatalogueEntry> recalled = entries.values().stream()
                .map(entry -> {
                    CheckDefinition.Outline before = entry.sound().isPresent() ? null : known.apply(entry);
                    return before == null ? entry : entry.recalling(before);
                })
                .toList();
        return new Catalogue(recalled, notUsed, protections, frameworks, sensitivePorts, translations, basis);
    }

    public List<CatalogueEntry> entries() {
        return List.copyOf(entries.values());
    }

    /**
     * Returns the packaged checks that are not used because the operator's vocabulary leaves out what they protect, in the order of their
     * ids. Each has the reason as its one problem; none is in {@link #entries}.
     */
    public List<CatalogueEntry> notUsed() {
        return notUsed;
    }

    /** Finds a check that this installation does not use, see {@link #notUsed()}. */
    public Optional<CatalogueEntry> findNotUsed(String id) {
        return notUsed.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /** Returns a hash of the operator's own vocabulary, fact schemas, frameworks and sources, lower-case hex. */
    public String basis() {
        return basis;
    }

    public Optional<CatalogueEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    public Translations translations() {
        return translations;
    }

    /** Returns the files of the operator that are not read or translate no check, by path, with the reason. */
    public Map<String, String> strayFiles() {
        return translations.strays(
                Stream.concat(entries.keySet().stream(), notUsed.stream().map(CatalogueEntry::id))
                        .toList());
    }

    /** Returns the texts of a check in a language, or in its own language if there is no translation. */
    public CheckTexts texts(CatalogueEntry entry, Locale language) {
        return translations.texts(entry, language);
    }

    /** Returns the title of a check in a language, or the id if the check no longer exists. */
    public String title(String id, Locale language) {
        return find(id).map(entry -> texts(entry, language).title()).orElse(id);
    }

    public Map<String, String> titles(Locale language) {
        Map<String, String> titles = new LinkedHashMap<>();
        entries.values()
                .forEach(entry -> titles.put(entry.id(), texts(entry, language).title()));
        return titles;
    }

    /**
     * Returns the checks an asset gets: of its kind, and, for sound ones, with its labels. A tag {@code product:<name>} takes those of other
     * products away; one that names none of this kind takes nothing away.
     *
     * @param kind asset kind
     * @param asset fields as expressions see them
     */
    public Stream<CatalogueEntry> applicable(String kind, Map<String, Object> asset) {
        Set<String> products = Products.named(asset.get("tags"));
        if (!products.isEmpty()) {
            products.retainAll(products(kind));
        }
        return entries.values().stream()
                .filter(entry -> entry.definition() != null
                        ? entry.definition().scope().includes(kind, products, asset)
                        : isFor(entry, kind));
    }

    private static boolean isFor(CatalogueEntry entry, String kind) {
        return entry.outline().kinds().stream().anyMatch(pattern -> Protections.matches(pattern, kind));
    }

    public Set<String> products(String kind) {
        return Products.of(entries.values().stream().filter(entry -> isFor(entry, kind)));
    }

    /**
     * Returns the product named by the asset's tags if no check of its kind knows it and this check recognises another one: a pass would be a
     * guess, and skipping the check would hide that nothing looks at the real product.
     *
     * @param asset fields as expressions see them
     */
    public Optional<String> unknownProduct(CheckDefinition check, Map<String, Object> asset) {
        Set<String> named = Products.named(asset.get("tags"));
        if (check.scope().product() == null || named.isEmpty()) {
            return Optional.empty();
        }
        Set<String> known = products(String.valueOf(asset.get("kind")));
        return named.stream().anyMatch(known::contains)
                ? Optional.empty()
                : named.stream().findFirst();
    }

    public Protections protections() {
        return protections;
    }

    public Map<String, Framework> frameworks() {
        return Map.copyOf(frameworks);
    }

    /** Returns every control of every framework, such as {@code iso27001:A.8.9}. */
    public Set<String> controls() {
        Set<String> controls = new TreeSet<>();
        frameworks
                .values()
                .forEach(framework -> framework.controls().keySet().stream()
                        .map(control -> framework.id() + ":" + control)
                        .forEach(controls::add));
        return controls;
    }

    /** Returns the ports that must not face the Internet, by {@code port/protocol}. */
    public Map<String, SensitivePorts.Port> sensitivePorts() {
        return Map.copyOf(sensitivePorts);
    }
}
