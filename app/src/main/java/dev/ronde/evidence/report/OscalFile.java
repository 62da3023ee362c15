package dev.ronde.evidence.report;

import dev.ronde.platform.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** A JSON document that is written object by object, so that no list of it need fit into memory. */
final class OscalFile implements AutoCloseable {
    private final JsonGenerator json;

    OscalFile(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        json = Json.MAPPER.createGenerator(new BufferedOutputStream(Files.newOutputStream(file)));
        json.writeStartObject();
    }

    OscalFile open(String name) {
        json.writeObjectPropertyStart(name);
        return this;
    }

    OscalFile shut() {
        json.writeEndObject();
        return this;
    }

    OscalFile with(OscalObject object) {
        object.members().forEach(json::writePOJOProperty);
        return this;
    }

    /** A list, left out where it is empty. */
    OscalFile list(String name, Consumer<Consumer<OscalObject>> items) {
        return list("", name, items);
    }

    /** @param around the member that holds nothing but the list, and is left out with it; empty for none */
    OscalFile list(String around, String name, Consumer<Consumer<OscalObject>> items) {
        boolean[] begun = {false};
        items.accept(item -> {
            if (!begun[0]) {
                begun[0] = true;
                if (!around.isEmpty()) {
                    json.writeObjectPropertyStart(around);
                }
                json.writeArrayPropertyStart(name);
            }
            json.writePOJO(item.members());
        });
        if (begun[0]) {
            json.writeEndArray();
            if (!around.isEmpty()) {
                json.writeEndObject();
            }
        }
        return this;
    }

    /** A list of objects whose members are written one by one. */
    OscalFile objects(String name, List<String> of, Consumer<String> members) {
        json.writeArrayPropertyStart(name);
        for (String one : of) {
            json.writeStartObject();
            members.accept(one);
            json.writeEndObject();
        }
        json.writeEndArray();
        return this;
    }

    @Override
    public void close() {
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }
}
