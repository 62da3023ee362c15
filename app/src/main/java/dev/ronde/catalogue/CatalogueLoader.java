package dev.ronde.catalogue;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.resource.Overlay;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code checks/}. A broken check stays in the catalogue as broken; broken vocabulary, on which every check stands, stops
 * the start.
 */
public final class CatalogueLoader {
    private static final Logger log = LoggerFactory.getLogger(CatalogueLoader.class);
    private static final String SUFFIX = ".yaml";
    static final int MAX_BYTES = 256 * 1024;
    private static final Set<String> VOCABULARY_FILES = Set.of("protections.yaml", "sensitive-ports.yaml");

    private final Overlay folder;
    private final Overlay packaged = Overlay.of("checks", null);
    private final Set<String> probes;
    private final Set<String> derivers;

    /**
     * @param folder the operator's folder over the packaged one
     * @param probes names of the probes the program has that send packets
     * @param derivers names of its derivers
     */
    public CatalogueLoader(Overlay folder, Set<String> probes, Set<String> derivers) {
        this.folder = folder;
        Set<String> all = new TreeSet<>(probes);
        all.addAll(ProbeSpec.WITHOUT_PACKETS);
        this.probes = all;
        this.derivers = derivers;
    }

    /** Reads and verifies everything; throws {@link VocabularyException} with file and line where the vocabulary is broken. */
    public Catalogue load() {
        return load(false);
    }

    /**
     * As {@link #load}, but the expressions of packaged checks over packaged facts, which the build has verified, are compiled when they
     * are first evaluated: a server starts the sooner.
     */
    public Catalogue open() {
        return load(true);
    }

    private Catalogue load(boolean trusting) {
        Protections protections = vocabularyFile("protections.yaml", Protections::read);
        Map<String, SensitivePorts.Port> ports = vocabularyFile("sensitive-ports.yaml", SensitivePorts::read);
        Map<String, Framework> frameworks = new LinkedHashMap<>();
        for (String path : folder.list("frameworks", SUFFIX)) {
            Framework framework = vocabularyFile(path, Framework::read);
            frameworks.put(framework.id(), framework);
        }
        Vocabulary vocabulary = new Vocabulary(
                protections, frameworks, schemas(), probes, derivers, names("sources"), List.copyOf(ports.keySet()));
        List<String> paths = folder.list("", SUFFIX).stream()
                .filter(path -> !VOCABULARY_FILES.contains(path))
                .toList();
        List<CatalogueEntry> entries = new ArrayList<>();
        List<CatalogueEntry> notUsed = new ArrayList<>();
        paths.stream().map(path -> entry(path, vocabulary, trusting)).forEach(entry -> {
            // read without problems and for no kind: none that the operator has can have its protection
            if (entry.sound().isPresent() && entry.outline().kinds().isEmpty()) {
                notUsed.add(entry.without(notUsed(entry, protections)));
            } else {
                entries.add(entry);
            }
        });
        if (!notUsed.isEmpty()) {
            log.warn(
                    "{} packaged checks are not used, since protections.yaml leaves out what they protect: {}",
                    notUsed.size(),
                    notUsed.stream().map(CatalogueEntry::id).sorted().collect(Collectors.joining(", ")));
        }
        long operators = entries.stream().filter(CatalogueEntry::operators).count();
        if (operators > 0) {
            log.info(
                    "{} of {} checks come from the operator's folder; their pages show which",
                    operators,
                    entries.size());
        }
        Map<String, String> own = own();
        own.forEach((path, sha256) -> log.info("{} comes from the operator's folder, sha256 {}", path, sha256));
        Translations translations = new Translations(folder, id -> packagedTexts(id, vocabulary));
        String basis = basis(own);
        Catalogue catalogue = new Catalogue(entries, notUsed, protections, frameworks, ports, translations, basis);
        lookAtTranslations(catalogue);
        return catalogue;
    }

    /** Reports faults in the operator's translations at start; packaged translations are read on first use. */
    private static void lookAtTranslations(Catalogue catalogue) {
        Translations translations = catalogue.translations();
        catalogue.entries().stream().filter(translations::operators).forEach(translations::problems);
        catalogue.strayFiles().forEach((path, reason) -> log.error("check file {}: {}", path, reason));
    }

    /** The texts of the packaged check, even if the operator replaced it; expressions are not compiled. */
    private Optional<CheckTexts> packagedTexts(String id, Vocabulary vocabulary) {
        return packaged.read(id + SUFFIX)
                .map(file -> CheckTexts.of(read(id, file, Hash.sha256(file).hex(), false, vocabulary, true)));
    }

    /** An operator's own vocabulary may lack what packaged checks refer to. */
    private boolean ownVocabulary() {
        return folder.overridden("protections.yaml")
                || folder.list("frameworks", SUFFIX).stream().anyMatch(folder::overridden);
    }

    private static LoadProblem notUsed(CatalogueEntry entry, Protections protections) {
        String protection = entry.outline().protection();
        String why = protections.keys().contains(protection)
                ? "has the protection '" + protection + "' for none of its kinds"
                : "has no protection '" + protection + "'";
        return new LoadProblem(0, "not used here: protections.yaml of this installation " + why);
    }

    private CatalogueEntry entry(String path, Vocabulary vocabulary, boolean trusting) {
        boolean operators = folder.overridden(path);
        CatalogueEntry entry;
        try {
            byte[] file = folder.head(path, MAX_BYTES + 1).orElseThrow();
            String sha256 = file.length > MAX_BYTES
                    ? folder.sha256(path).orElseThrow() // too large to be a check, and still known by all of its bytes
                    : Hash.sha256(file).hex();
            entry = read(idOf(path), file, sha256, operators, vocabulary, trusting && !operators);
        } catch (UncheckedIOException e) {
            entry = broken(
                    idOf(path), new byte[0], Hash.sha256(new byte[0]).hex(), operators, LoadProblem.unreadable(e));
        }
        if (operators) {
            log.info("check {} comes from the operator's folder, sha256 {}", entry.id(), entry.sha256());
        }
        entry.problems().forEach(problem -> log.error("check file {}:{}", path, problem));
        return operators && entry.definition() == null ? inForce(entry, vocabulary, trusting) : entry;
    }

    /** If the operator's file is broken, the packaged check of that id stays in force; without one the check is listed as broken. */
    private CatalogueEntry inForce(CatalogueEntry broken, Vocabulary vocabulary, boolean trusting) {
        return packaged.read(broken.id() + SUFFIX)
                .map(file -> read(broken.id(), file, Hash.sha256(file).hex(), false, vocabulary, trusting))
                .filter(entry -> entry.definition() != null)
                .map(entry -> entry.despite(broken.problems()))
                .orElse(broken);
    }

    private CatalogueEntry read(
            String id, byte[] file, String sha256, boolean operators, Vocabulary vocabulary, boolean verified) {
        CheckFile<CheckDefinition> read = CheckFile.read(
                id + SUFFIX,
                () -> file,
                (tree, problems) -> CheckReader.read(
                        id, sha256, tree, vocabulary, verified, !operators && ownVocabulary(), problems));
        CheckDefinition definition = read.value();
        if (definition == null) {
            return broken(id, file, sha256, operators, read.problems());
        }
        CheckDefinition.Outline outline = definition.outline();
        return read.sound()
                ? new CatalogueEntry(id, sha256, text(file), operators, definition, List.of(), outline)
                : new CatalogueEntry(id, sha256, text(file), operators, null, read.problems(), outline.daily());
    }

    private static CatalogueEntry broken(
            String id, byte[] file, String sha256, boolean operators, List<LoadProblem> problems) {
        return new CatalogueEntry(
                id, sha256, text(file), operators, null, problems, CheckDefinition.Outline.unknown(id));
    }

    /** Evidence and databases cannot hold U+0000. */
    private static String text(byte[] file) {
        return new String(file, 0, Math.min(file.length, MAX_BYTES), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    /** SHA-256 (hex) of the operator's vocabulary, schema and source files by path; empty for an unreadable file. */
    private Map<String, String> own() {
        Map<String, String> own = new LinkedHashMap<>();
        Stream.concat(
                        VOCABULARY_FILES.stream().sorted(),
                        Stream.of("facts", "frameworks", "sources")
                                .flatMap(below -> folder.list(below, SUFFIX).stream()))
                .filter(folder::overridden)
                .forEach(path -> own.put(path, content(path)));
        return own;
    }

    private String content(String path) {
        try {
            return folder.sha256(path).orElse("");
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    /** The same check file can judge differently over another vocabulary, so results record this hash too. */
    private static String basis(Map<String, String> own) {
        return Hash.sha256(own.entrySet().stream()
                        .map(file -> file.getKey() + " " + file.getValue() + "\n")
                        .collect(Collectors.joining()))
                .hex();
    }

    private Map<String, Vocabulary.LoadedSchema> schemas() {
        Map<String, Vocabulary.LoadedSchema> schemas = new LinkedHashMap<>();
        for (String path : folder.list("facts", SUFFIX)) {
            String name = nameOf(path);
            CheckFile<FactSchema> read = CheckFile.read(
                    path,
                    () -> folder.read(path).orElseThrow(),
                    (tree, problems) -> FactSchemaReader.read(name, tree, problems));
            schemas.put(
                    name,
                    new Vocabulary.LoadedSchema(
                            read.sound() ? read.value() : null, folder.overridden(path), read.problems()));
        }
        return schemas;
    }

    private Set<String> names(String subfolder) {
        Set<String> names = new TreeSet<>();
        folder.list(subfolder, SUFFIX).forEach(path -> names.add(nameOf(path)));
        return names;
    }

    private <T> T vocabularyFile(String path, BiFunction<Node.Mapping, List<Fault>, T> reader) {
        CheckFile<T> read = CheckFile.read(
                path,
                () -> folder.read(path).orElseThrow(() -> new IllegalStateException("checks/" + path + " is missing")),
                reader);
        T value = read.value();
        if (value == null || !read.sound()) {
            throw new VocabularyException(folder.shown(path), path, read.problems());
        }
        return value;
    }

    /** The file name, or a safe id derived from it if it is not a valid one, so that every stored id is valid. */
    private static String idOf(String path) {
        String name = nameOf(path);
        if (CheckDefinition.isId(name)) {
            return name;
        }
        String words =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String start = words.substring(0, Math.min(words.length(), 40));
        return (start.isEmpty() ? "file" : start) + "--"
                + Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12);
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - SUFFIX.length());
    }
}
