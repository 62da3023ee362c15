package dev.ronde.command;

import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "new",
        description = {
            "Begin a check of your own from one that exists.",
            "The new file has all its parts and passes check test at once; change them one by one.",
            "Its texts in other languages are copied beside it: texts/fr/ID.yaml."
        })
final class CheckNewCommand extends CommandBase {
    @Parameters(paramLabel = "ID", description = "Id of the new check, such as our-redis; also the name of its file.")
    String id = "";

    @Option(
            names = "--from",
            paramLabel = "CHECK",
            description = "The check to begin from (default redis-anonymous-access).")
    String from = "redis-anonymous-access";

    @Option(names = "--dir", paramLabel = "DIR", description = "Folder to write into (default the present one).")
    Path folder = Path.of("");

    @Override
    public Integer call() {
        if (!CheckDefinition.isId(id)) {
            throw CommandFailed.usage(
                    "\"" + id + "\" is not an id: write lower-case words and digits with hyphens, at most "
                            + CheckDefinition.MAX_ID + " characters.");
        }
        var catalogue = CheckCatalogue.load(null, root().environment);
        if (catalogue.find(id).isPresent()) {
            throw CommandFailed.of("A check " + id + " exists. Choose another id.");
        }
        CatalogueEntry example = catalogue
                .find(from)
                .orElseThrow(() -> CommandFailed.of("There is no check " + from + CheckFiles.known(catalogue, from)));
        write(folder.resolve(id + ".yaml"), anew(example.text()));
        catalogue
                .translations()
                .files(example)
                .forEach((language, text) ->
                        write(folder.resolve("texts").resolve(language).resolve(id + ".yaml"), unverified(text)));
        say("Set RONDE_CHECKS to its folder. Test it with: ronde check test "
                + (folder.toString().isEmpty() ? "." : folder));
        return 0;
    }

    private String anew(String text) {
        return unverified(text).replaceFirst("(?m)^id:.*$", "id: " + id).replaceFirst("(?m)^version:.*$", "version: 1");
    }

    private static String unverified(String text) {
        return text.replaceFirst("(?m)^verified:.*(?:\\R[ -].*)*\\R?", "");
    }

    private void write(Path file, String text) {
        try {
            if (file.startsWith(folder.resolve("texts"))) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailed.of(file + " exists already. Choose another id, or another folder with --dir.");
        } catch (IOException e) {
            throw CommandFailed.of(file + " cannot be written: " + e.getClass().getSimpleName() + ".");
        }
        out().println(file);
    }
}
