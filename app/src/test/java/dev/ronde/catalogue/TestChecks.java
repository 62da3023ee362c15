package dev.ronde.catalogue;

import dev.ronde.check.probe.Probes;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Check files for tests: a small sound check, its schema, and loading from a folder over the packaged files. */
public final class TestChecks {
    /** Names of the probes the program has. */
    public static final Set<String> PROBES = Stream.concat(Probes.TYPES.stream(), Stream.of("fake.door", "fake.silent"))
            .collect(Collectors.toUnmodifiableSet());

    /** Names of the derivers the program has. */
    public static final Set<String> DERIVERS =
            Set.of("azure.nsg.exposure/1", "aws.sg.exposure/1", "gcp.firewall.exposure/1", "port.exposure/1");

    static final String DOOR_FACTS = """
            type: object
            required: [vantage, door]
            properties:
              vantage:
                type: object
                description: Where from
                required: [zone, canaryOk]
                properties:
                  zone: {type: string, enum: [internal, external], description: Name}
                  canaryOk: {type: boolean, description: Proven}
              door:
                type: object
                description: The door
                required: [state, status]
                properties:
                  state: {type: string, enum: [open, closed, moved], description: State}
                  status: {type: integer, description: Status}
                  secret: {type: string, description: Never kept}
                  since: {type: string, format: date-time, description: Time}
                  tags: {type: array, description: Words, items: {type: string}}
            """;

    static final String DOOR = """
            apiVersion: checks/v1
            id: door-closed
            version: 1
            title: The door is closed
            protection: anonymous-access-blocked
            severity: high
            rationale: An open door lets strangers in.
            remediation: {summary: Close it., steps: [Push.], verify: Pull.}
            mappings: {nist: [AC-3], iso27001: [A.8.9]}
            appliesTo: {kinds: [service.redis]}
            params:
              denied: {type: "list<int>", default: [401, 403], allowed: [401, 403]}
            schedule: {every: PT1H, freshFor: PT3H}
            probe: {type: fake.door, target: {host: "{{asset.address}}", port: "{{asset.port | 6379}}"}}
            facts: fake.door.v1
            require:
              - {id: vantage-verified, expr: "facts.vantage.canaryOk", reason: vantage-unverified}
            assert:
              - {id: closed, expr: "facts.door.state != 'open' || facts.door.status in params.denied", message: "Open ({{facts.door.status}}).", show: [facts.door.status]}
            evidence: {keep: [facts.vantage, facts.door.state, facts.door.status]}
            tests:
              - {name: open, expect: fail, facts: {vantage: {zone: internal, canaryOk: true}, door: {state: open, status: 200}}}
              - {name: closed, expect: pass, facts: {vantage: {zone: internal, canaryOk: true}, door: {state: closed, status: 0}}}
              - {name: blind, expect: unknown, facts: {vantage: {zone: internal, canaryOk: false}, door: {state: closed, status: 0}}}
            """;

    private TestChecks() {}

    /** Text of the sound check of a door. */
    public static String doorText() {
        return DOOR;
    }

    /** Writes the sound check of a door (kind {@code service.redis}, probe {@code fake.door}) with this text into the folder. */
    public static void writeDoor(Path folder, String text) {
        Unchecked.run(() -> {
            Files.createDirectories(folder.resolve("facts"));
            Files.writeString(folder.resolve("facts/fake.door.v1.yaml"), DOOR_FACTS);
            Files.writeString(folder.resolve("door-closed.yaml"), text);
        });
    }

    /** Returns the packaged catalogue with the check of the door. */
    public static Catalogue withDoor(Path folder) {
        writeDoor(folder, DOOR);
        return load(folder);
    }

    /** Loads a folder of checks over the packaged vocabulary, which is copied into it, and without the packaged checks: they take long. */
    static Catalogue loadAlone(Path folder) {
        for (String path : List.of("protections.yaml", "sensitive-ports.yaml", "facts", "frameworks", "sources")) {
            try (Stream<Path> files = Files.walk(Path.of("checks", path))) {
                for (Path file : files.toList()) {
                    Path copy =
                            folder.resolve(Path.of("checks").relativize(file).toString());
                    if (!Files.exists(copy)) {
                        Files.copy(file, copy);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new CatalogueLoader(Overlay.of("no-checks", folder), PROBES, DERIVERS).open();
    }

    /** Loads the folder over the packaged files. */
    public static Catalogue load(Path folder) {
        return new CatalogueLoader(Overlay.of("checks", folder), PROBES, DERIVERS).open();
    }
}
