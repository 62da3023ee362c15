package dev.ronde.asset.snapshot;

import dev.ronde.platform.problem.Problem;
import tools.jackson.databind.JsonNode;

/**
 * How large a document of one source may be, so that reading it takes a moment.
 *
 * @param depth levels of objects and lists in one another
 * @param list elements of one list
 * @param characters characters of all the texts that are kept
 */
record Bounds(int depth, int list, int characters) {
    static final Bounds USUAL = new Bounds(16, 5_000, 300_000);

    /** @throws Problem 422 naming the place and the bound */
    void require(String source, JsonNode document) {
        require(source, document, "", 1);
    }

    private void require(String source, JsonNode node, String pointer, int level) {
        if (!node.isContainer()) {
            return;
        }
        if (level > depth) {
            throw beyond(source, pointer, "too_deep", "depth", "This is level " + level, depth + " levels");
        }
        if (node.isArray() && node.size() > list) {
            String found = "This list has " + node.size() + " elements";
            throw beyond(source, pointer, "too_many_elements", "list", found, list + " elements in a list");
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                require(source, node.get(index), pointer + "/" + index, level + 1);
            }
        } else {
            node.properties()
                    .forEach(field ->
                            require(source, field.getValue(), pointer + "/" + step(field.getKey()), level + 1));
        }
    }

    Problem tooMuchText(String source, String pointer) {
        String found = "The texts up to this one are longer than is taken";
        return beyond(source, pointer, "too_much_text", "characters", found, characters + " characters in all");
    }

    private static Problem beyond(String source, String pointer, String code, String bound, String found, String most) {
        return Problem.invalid(
                pointer,
                code,
                found + "; " + source + " takes at most " + most + " (bounds, " + bound + ", in checks/sources/"
                        + source + ".yaml). Push only the settings of this asset.");
    }

    static String step(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
