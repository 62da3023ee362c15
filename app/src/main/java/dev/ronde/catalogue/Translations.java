package dev.ronde.catalogue;

import dev.ronde.platform.problem.DidYouMean;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of checks in other languages, {@code texts/<language>/<check>.yaml} beside the check files; read when somebody first needs
 * them. A broken file takes its translation away, never its check. A packaged translation belongs to what the packaged check says: a
 * check of the operator that says the same to the letter (he changed when it runs, say) keeps it, any other takes only his own.
 */
public final class Translations {
    private static final Logger log = LoggerFactory.getLogger(Translations.class);
    private static final String FOLDER = "texts";
    private static final String SUFFIX = ".yaml";

    private final Overlay folder;
    private final Function<String, Optional<CheckTexts>> packaged;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    /** @param packaged gives the texts of the packaged check of an id in its own language; empty if none is packaged */
    Translations(Overlay folder, Function<String, Optional<CheckTexts>> packaged) {
        this.folder = folder;
        this.packaged = packaged;
    }

    private record Read(Optional<CheckTexts> texts, List<LoadProblem> problems) {
        static final Read NOTHING = new Read(Optional.empty(), List.of());
    }

    /** Returns the texts of a check in a language; empty where it has no sound translation into it. */
    public Optional<CheckTexts> find(CatalogueEntry entry, Locale language) {
        return read(entry, language.getLanguage()).texts();
    }

    /** Returns the texts of a check in a language, its own where it has no sound translation into it. */
    public CheckTexts texts(CatalogueEntry entry, Locale language) {
        return find(entry, language).orElseGet(() -> CheckTexts.of(entry));
    }

    /** Returns what is wrong with the translations of a check, each with file and line. */
    public List<String> problems(CatalogueEntry entry) {
        List<String> problems = new ArrayList<>();
        for (Locale language : Messages.LANGUAGES) {
            String path = path(entry.id(), language.getLanguage());
            read(entry, language.getLanguage())
                    .problems()
                    .forEach(problem -> problems.add(path + (problem.line() > 0 ? ":" : ": ") + problem));
        }
        return problems;
    }

    /** Returns the translations that fit a check as their files are, by language. */
    public Map<String, String> files(CatalogueEntry entry) {
        Map<String, String> files = new java.util.TreeMap<>();
        for (Locale language : Messages.LANGUAGES) {
            String path = path(entry.id(), language.getLanguage());
            if (fits(entry, path)) {
                folder.text(path).ifPresent(text -> files.put(language.getLanguage(), text));
            }
        }
        return files;
    }

    /** Returns whether a translation of the check stands in the operator's folder. */
    public boolean operators(CatalogueEntry entry) {
        return Messages.LANGUAGES.stream()
                .anyMatch(language -> folder.overridden(path(entry.id(), language.getLanguage())));
    }

    /**
     * Returns the files of the operator that are not read, or translate nothing, by path, with the reason: no check of that name, or no
     * language that the program speaks.
     *
     * @param checks ids of all checks
     */
    Map<String, String> strays(List<String> checks) {
        List<String> languages =
                Messages.LANGUAGES.stream().map(Locale::getLanguage).toList();
        Map<String, String> strays = new java.util.TreeMap<>(StrayFiles.of(folder));
        for (String path : folder.own(FOLDER)) {
            String[] steps = path.split("/", -1);
            String name = steps[steps.length - 1];
            String id = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
            if (steps.length != 3 || !name.endsWith(SUFFIX)) {
                strays.put(path, "a translation is " + FOLDER + "/<language>/<check>" + SUFFIX);
            } else if (!languages.contains(steps[1])) {
                strays.put(path, "the language is one of " + String.join(", ", languages) + ", not '" + steps[1] + "'");
            } else if (!checks.contains(id)) {
                strays.put(path, "there is no check '" + id + "'" + DidYouMean.question(id, checks));
            }
        }
        return strays;
    }

    private Read read(CatalogueEntry entry, String language) {
        if (language.equals(Messages.PSEUDO.getLanguage())) {
            return new Read(Optional.of(CheckTexts.of(entry).pseudo()), List.of());
        }
        String path = path(entry.id(), language);
        return read.computeIfAbsent(path, absent -> {
            Read found = entry.definition() == null || !fits(entry, path) ? Read.NOTHING : parse(path, entry);
            found.problems().forEach(problem -> log.error("check file {}:{}", path, problem));
            return found;
        });
    }

    private boolean fits(CatalogueEntry entry, String path) {
        return !entry.operators()
                || folder.overridden(path)
                || packaged.apply(entry.id()).equals(Optional.of(CheckTexts.of(entry)));
    }

    private Read parse(String path, CatalogueEntry entry) {
        Optional<byte[]> file;
        try {
            file = folder.read(path);
        } catch (UncheckedIOException e) {
            return new Read(Optional.empty(), LoadProblem.unreadable(e));
        }
        if (file.isEmpty()) {
            return Read.NOTHING;
        }
        CheckFile<CheckTexts> read = CheckFile.read(
                path, file::get, (tree, problems) -> TextsReader.read(tree, CheckTexts.of(entry), problems));
        return new Read(Optional.ofNullable(read.value()).filter(texts -> read.sound()), read.problems());
    }

    private static String path(String id, String language) {
        return FOLDER + "/" + language + "/" + id + SUFFIX;
    }
}
