package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.seal.LedgerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ronde evidence verify}: V0–V6 and V8–V11 over a bundle, alone with its files and what the auditor brings. */
public final class EvidenceVerify {
    /**
     * What the auditor gives.
     *
     * @param bundle the ZIP, or the folder it was unpacked to
     * @param verifierKey the vkey written down at the start, or null to believe the bundle (a warning)
     * @param checkpoints files with checkpoints the auditor was mailed or took from earlier bundles
     * @param strict whether warnings count
     */
    public record Request(Path bundle, @Nullable String verifierKey, List<Path> checkpoints, boolean strict) {}

    /**
     * What came out.
     *
     * @param exitCode 0 good, 1 unreadable, 2 wrong usage, else the code of the first failing step
     * @param lines the report, one line each
     */
    public record Result(int exitCode, List<String> lines) {
        public Result {
            lines = List.copyOf(lines);
        }
    }

    private EvidenceVerify() {}

    /** Verifies and says what was found; never throws for what a bundle may contain. */
    public static Result verify(Request request) {
        VerifierKey key = null;
        if (request.verifierKey() != null) {
            try {
                key = VerifierKey.parse(request.verifierKey());
            } catch (IllegalArgumentException e) {
                return new Result(2, List.of("The verifier key is mistyped: " + e.getMessage()));
            }
        }
        try (BundleReader bundle = BundleReader.open(request.bundle())) {
            return verify(bundle, request, key);
        } catch (Unreadable e) {
            return new Result(1, List.of("UNREADABLE: " + e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            return new Result(1, List.of("UNREADABLE: " + e));
        }
    }

    private static Result verify(BundleReader bundle, Request request, @Nullable VerifierKey given) throws IOException {
        Findings findings = new Findings();
        Documents documents = new Documents(bundle);
        List<String> lines = new ArrayList<>();
        SignatureSteps signatures = new SignatureSteps(bundle, documents, findings);
        signatures.files();
        Checkpoint head;
        VerifierKey key;
        try {
            head = signatures.checkpoint();
            signatures.exportKey(head);
            key = signatures.signature(given);
            walk(bundle, documents, findings, head, key, request.checkpoints(), lines);
        } catch (Unreadable e) {
            // A file that is gone or broken was already named by V0; without that the bundle is no bundle.
            if (!findings.failed(Step.V0)) {
                throw e;
            }
            lines.add("stopped: " + e.getMessage());
        }
        lines.addAll(findings.lines());
        int code = findings.code(request.strict());
        lines.add(
                code == 0
                        ? "VERIFIED"
                        : "NOT VERIFIED, exit code " + code
                                + findings.firstFailure()
                                        .map(text -> ": " + text)
                                        .orElse(" (strict)"));
        return new Result(code, lines);
    }

    private static void walk(
            BundleReader bundle,
            Documents documents,
            Findings findings,
            @Nullable Checkpoint head,
            VerifierKey key,
            List<Path> checkpoints,
            List<String> lines)
            throws IOException {
        Anchors anchors = new Anchors(findings);
        anchors.read(checkpoints, key);
        RangeProof range;
        try {
            range = documents.range();
        } catch (IllegalArgumentException e) {
            findings.fail(Step.V5, "ledger/range-proof.json: " + e.getMessage());
            return;
        }
        SealSteps seals = new SealSteps(findings, range.from());
        try (ContentSteps content = new ContentSteps(bundle, documents, findings);
                LogPass pass = new LogPass(bundle, range, findings, anchors, seals, content)) {
            describe(content.manifest(), range, lines);
            root(pass, range, head, findings);
            while (pass.hasNext()) {
                pass.next();
            }
            pass.end(content.manifest().getOrDefault("counts", Map.of()));
            content.end();
            if (content.underTestClock()) {
                findings.warn(Step.V8, "TEST CLOCK: the times in this bundle come from a moved clock");
            }
        }
        if (head == null) {
            findings.skip(Step.V6);
        } else {
            anchors.compare(head, documents);
        }
    }

    private static void root(LogPass pass, RangeProof range, @Nullable Checkpoint head, Findings findings) {
        if (head == null) {
            findings.skip(Step.V5);
            return;
        }
        try {
            if (range.size() != head.size()) {
                findings.fail(
                        Step.V5,
                        "the range proof is for " + range.size() + " records, the checkpoint for " + head.size());
            } else if (!range.root(pass).equals(head.root())) {
                findings.fail(
                        Step.V5,
                        "the leaves from " + range.from() + " to " + range.until() + " do not lead to the root");
            }
        } catch (IllegalArgumentException e) {
            findings.fail(Step.V5, String.valueOf(e.getMessage()));
        }
    }

    private static void describe(Map<String, Object> manifest, RangeProof range, List<String> lines) {
        lines.add("log      " + manifest.get("origin"));
        if (LedgerFiles.DEMONSTRATION.equals(manifest.get("origin"))) {
            lines.add("         DEMONSTRATION: the estate, its people and its history are invented");
        }
        if (manifest.get("scope") instanceof Map<?, ?> scope) {
            lines.add("period   " + scope.get("from") + " to " + scope.get("to") + " UTC, frameworks "
                    + scope.get("frameworks") + ", assets " + scope.get("assets"));
        }
        lines.add("records  " + range.from() + " to " + range.until() + " of " + range.size() + ", counts "
                + manifest.get("counts"));
        if (manifest.get("omissions") instanceof List<?> omissions) {
            omissions.forEach(omission -> lines.add("withheld " + omission));
        }
    }
}
