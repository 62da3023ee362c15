package dev.ronde.evidence.report;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The tables of a bundle in forms that programs of others read: an assessment plan and assessment results (OSCAL 1.2.1, NIST), and how each
 * automated check was kept up (FedRAMP 20x, persistent validation). They are in English.
 */
final class OscalFiles {
    static final String PLAN = "oscal/assessment-plan.json";
    static final String RESULTS = "oscal/assessment-results.json";
    static final String FEDRAMP = "oscal/fedramp-20x.json";

    private static final UUID SPACE = UUID.fromString("8d6ac7d0-42b7-5e32-9d2b-6a4c9d2f3e51");

    final Assessment assessment;
    /** Of what is the same in every bundle of the installation. */
    final OscalIds installation;
    /** Of what is of this bundle. */
    final OscalIds bundle;

    final String sealedAt;
    private final Map<String, Object> manifest;
    private final List<Object> parties = new ArrayList<>();
    private final Set<String> people = new HashSet<>();

    OscalFiles(TableFiles tables, Map<String, Object> manifest, Map<String, String> intervals) {
        this.assessment = new Assessment(tables, ExportScope.ofJson(manifest.get("scope")), intervals);
        this.manifest = manifest;
        this.sealedAt = String.valueOf(Leaf.map(manifest.get("asOf")).get("sealedAt"));
        this.installation = new OscalIds(SPACE).within(stated("origin"));
        this.bundle = installation.within(Canonical.text(
                List.of(Leaf.map(manifest.get("asOf")), Leaf.map(manifest.get("scope")), stated("organisation"))));
        parties(tables);
    }

    String stated(String member) {
        return String.valueOf(manifest.get(member));
    }

    private void parties(TableFiles tables) {
        parties.add(party("organization", stated("organisation"), stated("origin")));
        try {
            for (JsonNode person :
                    Json.tree(Files.readString(tables.file("population/people.json"), StandardCharsets.UTF_8))) {
                String ref = person.path("ref").asString("");
                people.add(ref);
                parties.add(party("person", person.path("name").asString(""), ref));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object party(String type, String name, String ref) {
        return new OscalObject()
                .with("uuid", installation.of(type, ref))
                .with("type", type)
                .with("name", OscalObject.line(name))
                .prop("ref", ref)
                .members();
    }

    /** Who it was, where a record names that person. */
    List<Object> loggedBy(String ref) {
        return people.contains(ref)
                ? List.of(new OscalObject()
                        .with("party-uuid", installation.of("person", ref))
                        .members())
                : List.of();
    }

    /** Writes the three files, and returns their paths. */
    Set<String> write(Path into) throws IOException {
        try (OscalFile file = new OscalFile(into.resolve(PLAN))) {
            new AssessmentPlan(this).write(file.open("assessment-plan"));
            file.shut();
        }
        try (OscalFile file = new OscalFile(into.resolve(RESULTS))) {
            new AssessmentResults(this).write(file.open("assessment-results"));
            file.shut();
        }
        try (OscalFile file = new OscalFile(into.resolve(FEDRAMP))) {
            FedrampValidations.write(assessment, manifest, file);
        }
        return Set.of(PLAN, RESULTS, FEDRAMP);
    }

    /** What every document begins with. */
    OscalObject head(String document) {
        ExportScope scope = assessment.scope;
        Map<?, ?> asOf = Leaf.map(manifest.get("asOf"));
        return new OscalObject()
                .with("uuid", bundle.of(document))
                .with(
                        "metadata",
                        new OscalObject()
                                .text("title", document + " " + scope.from() + " to " + scope.to())
                                .with("last-modified", sealedAt)
                                .with("version", String.valueOf(asOf.get("treeSize")))
                                .with("oscal-version", "1.2.1")
                                .prop("log", stated("origin"))
                                .prop("tree-size", String.valueOf(asOf.get("treeSize")))
                                .prop("root", String.valueOf(asOf.get("root")))
                                .prop("scope", scope.label())
                                .with("parties", parties));
    }

    static OscalObject reviewed(Collection<String> controls) {
        OscalObject selection = new OscalObject();
        if (controls.isEmpty()) {
            selection
                    .text("description", "What was assessed is mapped to no control.")
                    .empty("include-all");
        } else {
            selection.with(
                    "include-controls",
                    controls.stream()
                            .map(OscalObject::controlId)
                            .distinct()
                            .map(id -> new OscalObject().with("control-id", id).members())
                            .toList());
        }
        return new OscalObject().with("control-selections", List.of(selection.members()));
    }

    String fileId(String path) {
        return bundle.of("file", path);
    }

    /** The files from which the documents follow, each with its hash. */
    void files(Consumer<OscalObject> resources) {
        for (String path : assessment.tables.paths()) {
            if (path.matches("(data|keys|ledger|population|samples)/.*")) {
                resources.accept(resource(path));
            }
        }
    }

    OscalObject resource(String path) {
        try {
            String hash = Sha256.of(assessment.tables.file(path));
            OscalObject rlink = new OscalObject()
                    .with("href", "../" + path)
                    .with(
                            "hashes",
                            List.of(new OscalObject()
                                    .with("algorithm", "SHA-256")
                                    .with("value", hash)
                                    .members()));
            return new OscalObject()
                    .with("uuid", fileId(path))
                    .text("title", path)
                    .with("rlinks", List.of(rlink.members()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
