package dev.ronde.control;

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
 * @param controls title of each control by its id
 */
public record Framework(String id, String name, String version, String basis, Map<String, String> controls) {
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
        fields.noOthers();
        return new Framework(id, name, version, basis, controls);
    }
}
