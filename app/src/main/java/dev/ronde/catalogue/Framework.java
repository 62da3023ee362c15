package dev.ronde.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A published set of controls that checks and plans are mapped to.
 *
 * @param id short id, for example {@code iso27001}
 * @param name full name
 * @param version edition
 * @param basis where ids and titles come from, and whether the text of the controls could be consulted
 * @param controls title of each control by its id; those that something is mapped to, not always all there are
 * @param numbering how the ids of all its controls are formed, see {@link ControlNumbering}; empty where the listed ones are all
 */
public record Framework(
        String id, String name, String version, String basis, Map<String, String> controls, List<String> numbering) {
    /** Returns whether there is such a control, listed or not. */
    public boolean has(String control) {
        return controls.containsKey(control)
                || numbering.stream().anyMatch(form -> new ControlNumbering(form).fits(control));
    }

    static Framework read(YamlNode.Mapping file, List<LoadProblem> problems) {
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
                .filter(form -> !ControlNumbering.valid(form))
                .forEach(form -> fields.problem("numbering", "'" + form + "' is no form of ids such as A.5.<1-37>"));
        fields.noOthers();
        return new Framework(id, name, version, basis, controls, List.copyOf(numbering));
    }
}
