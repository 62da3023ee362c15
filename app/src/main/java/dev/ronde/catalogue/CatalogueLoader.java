package dev.ronde.catalogue;

import dev.ronde.platform.resource.Overlay;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code checks/}. A broken check stays in the catalogue as broken; broken vocabulary, on which every check stands, stops
 * the start.
 */
public final class CatalogueLoader {
    private static final Logger log = LoggerFactory.getLogger(CatalogueLoader.class);
    private static final String SUFFIX = ".yaml";
    private static final Set<String> VOCABULARY_FILES = Set.of("protections.yaml", "sensitive-ports.yaml");
    private static final int MAX_PROBLEMS = 100;

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
        List<CatalogueEntry> notUsed = paths.stream()
                .flatMap(path -> notUsed(path, vocabulary).stream())
                .toList();
        Set<String> left = notUsed.stream().map(CatalogueEntry::id).collect(Collectors.toSet());
        List<CatalogueEntry> entries = paths.stream()
                .filter(path -> !left.contains(idOf(path)))
                .map(path -> entry(path, vocabulary, trusting))
                .toList();
        if (!left.isEmpty()) {
            log.warn(
                    "{} packaged checks are not used, since protections.yaml leaves out what they protect: {}",
                    left.size(),
                    String.join(", ", new TreeSet<>(left)));
        }
        long operators = entries.stream().filter(CatalogueEntry::operators).count();
        if (operators > 0) {
            log.info(
                    "{} of {} checks come from the operator's folder; their pages show which",
                    operators,
                    entries.size());
        }
        Basis.own(folder, VOCABULARY_FILES.stream(), SUFFIX)
                .forEach((path, sha256) -> log.info("{} comes from the operator's folder, sha256 {}", path, sha256));
        Translations translations = new Translations(folder, id -> packagedTexts(id, vocabulary));
        String basis = Basis.sha256(folder, VOCABULARY_FILES.stream(), SUFFIX);
        Catalogue catalogue = new Catalogue(entries, notUsed, protections, frameworks, ports, translations, basis);
        lookAtTranslations(catalogue);
        return catalogue;
    }

    /** The operator hears at once what is wrong with his translations; the packaged ones are read when somebody needs them. */
    private static void lookAtTranslations(Catalogue catalogue) {
        Translations translations = catalogue.translations();
        catalogue.entries().stream().filter(translations::operators).forEach(translations::problems);
        catalogue.strayFiles().forEach((path, reason) -> log.error("check file {}: {}", path, reason));
    }

    /** What the packaged check says, whatever the operator has in its place; its expressions are not looked at. */
    private Optional<CheckTexts> packagedTexts(String id, Vocabulary vocabulary) {
        return packaged.read(id + SUFFIX)
                .map(file -> CheckTexts.of(read(id, file, sha256(file), false, vocabulary, true)));
    }

    /** Whether the operator has a vocabulary of his own, which may lack what packaged checks stand on. */
    private boolean ownVocabulary() {
        return folder.overridden("protections.yaml")
                || folder.list("frameworks", SUFFIX).stream().anyMatch(folder::overridden);
    }

    /** The packaged check of this path as one that is not used here; empty where it is used, or is the operator's. */
    private Optional<CatalogueEntry> notUsed(String path, Vocabulary vocabulary) {
        if (folder.overridden(path) || !folder.overridden("protections.yaml")) {
            return Optional.empty();
        }
        byte[] file = folder.read(path).orElseThrow();
        try {
            return new HouseVocabulary(vocabulary)
                    .notUsed(YamlTree.parse(file))
                    .map(why -> broken(idOf(path), file, sha256(file), false, vocabulary, List.of(why)));
        } catch (YamlException e) {
            return Optional.empty(); // a packaged file that is broken says so where it is read
        }
    }

    private CatalogueEntry entry(String path, Vocabulary vocabulary, boolean trusting) {
        boolean operators = folder.overridden(path);
        CatalogueEntry entry;
        try {
            byte[] file = folder.head(path, YamlTree.MAX_BYTES + 1).orElseThrow();
            String sha256 = file.length > YamlTree.MAX_BYTES
                    ? folder.sha256(path).orElseThrow() // too large to be a check, and still known by all of its bytes
                    : sha256(file);
            entry = read(idOf(path), file, sha256, operators, vocabulary, trusting && !operators);
        } catch (UncheckedIOException e) {
            entry = broken(idOf(path), new byte[0], sha256(new byte[0]), operators, vocabulary, unreadable(e));
        }
        if (operators) {
            log.info("check {} comes from the operator's folder, sha256 {}", entry.id(), entry.sha256());
        }
        entry.problems().forEach(problem -> log.error("check file {}:{}", path, problem));
        return entry;
    }

    private CatalogueEntry read(
            String id, byte[] file, String sha256, boolean operators, Vocabulary vocabulary, boolean verified) {
        List<LoadProblem> problems = new ArrayList<>();
        try {
            YamlNode.Mapping tree = YamlTree.parse(file);
            CheckDefinition definition = CheckReader.read(
                    id,
                    sha256,
                    operators || !ownVocabulary() ? tree : new HouseVocabulary(vocabulary).fitted(tree),
                    vocabulary,
                    verified,
                    problems);
            return problems.isEmpty()
                    ? new CatalogueEntry(id, sha256, text(file), operators, definition, List.of(), definition.outline())
                    : broken(id, file, sha256, operators, vocabulary, problems);
        } catch (YamlException e) {
            return broken(id, file, sha256, operators, vocabulary, List.of(e.problem()));
        } catch (RuntimeException | StackOverflowError e) {
            log.error("check {} cannot be read", id, e);
            return broken(id, file, sha256, operators, vocabulary, unreadable(e));
        }
    }

    private CatalogueEntry broken(
            String id,
            byte[] file,
            String sha256,
            boolean operators,
            Vocabulary vocabulary,
            List<LoadProblem> problems) {
        CheckDefinition.Outline outline = new BrokenOutline(vocabulary)
                .of(id, file, packaged.read(id + SUFFIX).orElse(null));
        return new CatalogueEntry(id, sha256, text(file), operators, null, sorted(problems), outline);
    }

    /** Of one broken file everybody else knows nothing: whatever reading it did, it costs this check alone. */
    static List<LoadProblem> unreadable(Throwable failure) {
        String why =
                failure instanceof UncheckedIOException ? String.valueOf(failure.getMessage()) : failure.toString();
        return List.of(new LoadProblem(0, "the file cannot be read: " + why));
    }

    /** The file as text, whatever it is: evidence and databases hold no U+0000. */
    private static String text(byte[] file) {
        return new String(file, 0, Math.min(file.length, YamlTree.MAX_BYTES), StandardCharsets.UTF_8)
                .replace('\0', '\uFFFD');
    }

    private static List<LoadProblem> sorted(List<LoadProblem> problems) {
        return problems.stream()
                .distinct()
                .sorted(java.util.Comparator.comparingInt(LoadProblem::line))
                .limit(MAX_PROBLEMS)
                .toList();
    }

    private Map<String, Vocabulary.LoadedSchema> schemas() {
        Map<String, Vocabulary.LoadedSchema> schemas = new LinkedHashMap<>();
        for (String path : folder.list("facts", SUFFIX)) {
            String name = nameOf(path);
            List<LoadProblem> problems = new ArrayList<>();
            try {
                YamlNode.Mapping file = YamlTree.parse(folder.read(path).orElseThrow());
                FactSchema schema = FactSchemaReader.read(name, file, problems);
                schemas.put(
                        name,
                        new Vocabulary.LoadedSchema(
                                problems.isEmpty() ? schema : null, folder.overridden(path), problems));
            } catch (YamlException e) {
                schemas.put(name, new Vocabulary.LoadedSchema(null, folder.overridden(path), List.of(e.problem())));
            } catch (RuntimeException | StackOverflowError e) {
                log.error("fact schema {} cannot be read: {}", path, e.toString());
                schemas.put(name, new Vocabulary.LoadedSchema(null, folder.overridden(path), unreadable(e)));
            }
        }
        return schemas;
    }

    private Set<String> names(String subfolder) {
        Set<String> names = new TreeSet<>();
        folder.list(subfolder, SUFFIX).forEach(path -> names.add(nameOf(path)));
        return names;
    }

    private <T> T vocabularyFile(String path, BiFunction<YamlNode.Mapping, List<LoadProblem>, T> reader) {
        List<LoadProblem> problems = new ArrayList<>();
        try {
            byte[] file =
                    folder.read(path).orElseThrow(() -> new IllegalStateException("checks/" + path + " is missing"));
            T result = reader.apply(YamlTree.parse(file), problems);
            if (problems.isEmpty()) {
                return result;
            }
        } catch (YamlException e) {
            problems.add(e.problem());
        } catch (UncheckedIOException e) {
            problems.add(new LoadProblem(0, String.valueOf(e.getMessage())));
        }
        throw new VocabularyException(folder.shown(path), path, sorted(problems));
    }

    /**
     * The name of the file; where that can be no id, a word made of it, which no file can ask for as its id: what stands in the folder
     * is shown as broken, and nothing that stores ids or leads to them has to fear it.
     */
    private static String idOf(String path) {
        String name = nameOf(path);
        if (CheckDefinition.isId(name)) {
            return name;
        }
        String words =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String start = words.substring(0, Math.min(words.length(), 40));
        return (start.isEmpty() ? "file" : start) + "--"
                + sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - SUFFIX.length());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
