package dev.ronde.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file of the catalogue, sound or broken.
 *
 * @param id id of the check, the name of its file
 * @param sha256 hash of the file, lower-case hex
 * @param text the file, with U+FFFD for what is no text
 * @param operators whether it comes from the operator's folder
 * @param definition the compiled check, null where the file is broken
 * @param problems why it is broken; beside a definition, why the operator's file of this id is, in whose place the packaged one stays in force
 * @param outline what is known in either case
 */
public record CatalogueEntry(
        String id,
        String sha256,
        String text,
        boolean operators,
        @Nullable CheckDefinition definition,
        List<LoadProblem> problems,
        CheckDefinition.Outline outline) {

    public Optional<CheckDefinition> sound() {
        return Optional.ofNullable(definition);
    }

    /** The same check, which is not used for this reason. */
    CatalogueEntry without(LoadProblem why) {
        return new CatalogueEntry(id, sha256, text, operators, null, List.of(why), outline);
    }

    /** The same check, in force although the operator's file with its id has these faults. */
    CatalogueEntry despite(List<LoadProblem> faults) {
        return new CatalogueEntry(id, sha256, text, operators, definition, faults, outline);
    }

    /** The same check with its outline from when its file was last sound. */
    CatalogueEntry recalling(CheckDefinition.Outline before) {
        return new CatalogueEntry(id, sha256, text, operators, definition, problems, before);
    }

    public boolean asksPerson() {
        return definition != null && definition.probe().asksPerson();
    }

    /** 0 if the file is broken. */
    public int version() {
        return definition == null ? 0 : definition.version();
    }

    public Map<String, Object> reference() {
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("id", id);
        check.put("rev", version());
        check.put("sha256", sha256);
        return check;
    }
}
