package dev.ronde.catalogue;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code checks/sensitive-ports.yaml}: ports that should not face the Internet, and why. */
public final class SensitivePorts {
    private SensitivePorts() {}

    /** A port, 1 to 65535, its protocol ({@code tcp} or {@code udp}), the service behind it and why it is on the list. */
    public record Port(int port, String protocol, String service, String why) {}

    static Map<String, Port> read(Node.Mapping file, List<Fault> problems) {
        Fields fields = new Fields(file, problems);
        Map<String, Port> ports = new LinkedHashMap<>();
        fields.require("ports");
        for (Fields child : fields.children("ports")) {
            child.require("port");
            long number = child.whole("port").orElse(1L);
            if (number < 1 || number > 65_535) {
                child.problem("port", "'port' must be between 1 and 65535");
            }
            Port port = new Port(
                    (int) number,
                    child.requiredText("protocol"),
                    child.requiredText("service"),
                    child.requiredText("why"));
            child.noOthers();
            if (ports.put(port.port() + "/" + port.protocol(), port) != null) {
                child.problem("port", "port " + port.port() + "/" + port.protocol() + " is listed twice");
            }
        }
        fields.noOthers();
        return ports;
    }
}
