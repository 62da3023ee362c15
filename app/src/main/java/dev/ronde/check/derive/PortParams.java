package dev.ronde.check.derive;

import dev.ronde.check.derive.net.ExposureFacts;
import java.util.ArrayList;
import java.util.List;

/** What the parameters of a check and the declared ports of an asset say about ports. */
public final class PortParams {
    private PortParams() {}

    /**
     * Returns the maker of facts for {@code params.sensitivePorts}, {@code params.publishedPorts} and {@code asset.declared_ports}.
     *
     * @throws UnparsableException for a port that cannot be read
     */
    public static ExposureFacts facts(Deriver.Input input) {
        List<String> published = new ArrayList<>(input.texts("publishedPorts"));
        if (input.asset().get("declared_ports") instanceof List<?> declared) {
            declared.forEach(port -> published.addAll(List.of(port + "/tcp", port + "/udp")));
        }
        try {
            return new ExposureFacts(input.texts("sensitivePorts"), published);
        } catch (IllegalArgumentException e) {
            throw new UnparsableException("parameters", String.valueOf(e.getMessage()));
        }
    }
}
