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
 * @param controls title of each control by its id
 */
public record Framework(String id, String name, String version, Map<String, String> controls) {
    static Framework read(YamlNode.Mapping file, List<LoadProblem> problems) {
        Fields fields = new Fields(file, problems);
        String id = fields.requiredText("id");
        String name = fields.requiredText("name");
        String version = fields.requiredText("version");
        Map<String, String> controls = new LinkedHashMap<>();
        fields.require("controls");
        fields.child("controls")
                .ifPresent(children -> children.all()
                        .keySet()
                        .forEach(control -> controls.put(control, children.requiredText(control))));
        fields.noOthers();
        return new Framework(id, name, version, controls);
    }
}
