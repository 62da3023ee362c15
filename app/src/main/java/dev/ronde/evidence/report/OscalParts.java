package dev.ronde.evidence.report;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.platform.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** What the documents of OSCAL have in common. */
final class OscalParts {
    private static final UUID SPACE = UUID.fromString("8d6ac7d0-42b7-5e32-9d2b-6a4c9d2f3e51");

    final Assessment assessment;
    /** Of what is the same in every bundle of the installation. */
    final OscalIds installation;
    /** Of what is of this bundle. */
    final OscalIds bundle;

    /** What is to be said of the clock; empty where it is the real one. */
    final String clock;

    final String origin;
    final String sealedAt;
    private final String organisation;
    private final Map<?, ?> asOf;

    OscalParts(Assessment assessment, Map<String, Object> manifest) {
        this.assessment = assessment;
        this.asOf = Leaf.map(manifest.get("asOf"));
        this.clock = Boolean.TRUE.equals(Leaf.map(manifest.get("clock")).get("test"))
                ? "The times in this document come from a moved clock. They are not real times."
                : "";
        this.origin = String.valueOf(manifest.get("origin"));
        this.organisation = String.valueOf(manifest.get("organisation"));
        this.sealedAt = String.valueOf(asOf.get("sealedAt"));
        this.installation = new OscalIds(SPACE).within(origin);
        this.bundle = installation.within(Canonical.text(List.of(asOf, Leaf.map(manifest.get("scope")), organisation)));
    }

    /** What every document begins with. */
    OscalObject head(String document) {
        ExportScope scope = assessment.scope;
        OscalObject party = new OscalObject()
                .with("uuid", installation.of("organization"))
                .with("type", "organization")
                .with("name", OscalObject.line(organisation));
        OscalObject metadata = new OscalObject()
                .with("title", document + " " + scope.from() + " to " + scope.to())
                .with("last-modified", sealedAt)
                .with("version", String.valueOf(asOf.get("treeSize")))
                .with("oscal-version", "1.2.1")
                .prop("log", origin)
                .prop("root", String.valueOf(asOf.get("root")))
                .prop("scope", scope.label())
                .prop("test-clock", OscalObject.NAME_SPACE, clock.isEmpty() ? "" : "true", clock)
                .list("parties", party);
        return new OscalObject().with("uuid", bundle.of(document)).with("metadata", metadata);
    }

    static OscalObject reviewed(Collection<String> controls) {
        OscalObject selection = new OscalObject();
        if (controls.isEmpty()) {
            selection
                    .with("description", "What was assessed is mapped to no control.")
                    .empty("include-all");
        }
        selection.list(
                "include-controls",
                controls.stream()
                        .map(OscalObject::controlId)
                        .distinct()
                        .map(id -> new OscalObject().with("control-id", id))
                        .toList());
        return new OscalObject().list("control-selections", selection);
    }

    String fileId(String path) {
        return bundle.of("file", path);
    }

    /** The files from which the documents follow, each with its hash. */
    void files(Consumer<OscalObject> resources) {
        for (String path : assessment.tables.paths()) {
            if (path.matches("(data|population|samples|ledger/index).*")) {
                OscalObject hash =
                        new OscalObject().with("algorithm", "SHA-256").with("value", sha256(path));
                OscalObject link = new OscalObject().with("href", "../" + path).list("hashes", hash);
                resources.accept(new OscalObject()
                        .with("uuid", fileId(path))
                        .with("title", path)
                        .list("rlinks", link));
            }
        }
    }

    private String sha256(String path) {
        try {
            return Sha256.of(assessment.tables.file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
