package dev.ronde.catalogue;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A published set of controls that checks and plans are mapped to.
 *
 * @param id short id, for example {@code iso27001}
 * @param name full name
 * @param version edition
 * @param basis where ids and titles come from, and whether the text of the controls could be consulted
 * @param controls title of each control by its id; those that something is mapped to, not always all there are
 * @param numbering how the ids of all its controls are formed: literal characters and numbers in bounds, such as {@code A.5.<1-37>}; empty where
 *     the listed ones are all
 */
public record Framework(
        String id, String name, String version, String basis, Map<String, String> controls, List<String> numbering) {
    private static final Pattern FORM = Pattern.compile("(?:[A-Za-z0-9.()-]|<\\d{1,3}-\\d{1,3}>){1,60}");
    private static final Pattern PART = Pattern.compile("<(\\d{1,3})-(\\d{1,3})>|[^<]");

    /** True for unlisted controls too if they fit the numbering. */
    public boolean has(String control) {
        return controls.containsKey(control) || numbering.stream().anyMatch(form -> fits(form, control));
    }

    private static boolean fits(String form, String id) {
        String pattern = PART.matcher(form)
                .replaceAll(part ->
                        Matcher.quoteReplacement(part.group(1) == null ? Pattern.quote(part.group()) : numbers(part)));
        return id.matches(pattern);
    }

    private static String numbers(MatchResult bounds) {
        return IntStream.rangeClosed(Integer.parseInt(bounds.group(1)), Integer.parseInt(bounds.group(2)))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("|", "(?:(?!)|", ")"));
    }

    static Framework read(Node.Mapping file, List<Fault> problems) {
        Fields fields = new Fields(file, problems);
        String id = fields.requiredText("id");
        String name = fields.requiredText("name");
        String version = fields.requiredText("version");
        String basis = fields.requiredText("basis");
        Map<String, String> controls = new LinkedHashMap<>();
        fields.require("controls");
        fields.child("controls")
                .ifPresent(children -> children.all()
                        .keySet()
                        .forEach(control -> controls.put(control, children.requiredText(control))));
        List<String> numbering = fields.texts("numbering");
        numbering.stream()
                .filter(form -> !FORM.matcher(form).matches())
                .forEach(form -> fields.problem("numbering", "'" + form + "' is not a form of ids such as A.5.<1-37>"));
        fields.noOthers();
        return new Framework(id, name, version, basis, controls, List.copyOf(numbering));
    }
}
