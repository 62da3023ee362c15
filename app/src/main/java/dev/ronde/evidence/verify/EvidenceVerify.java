package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.seal.LedgerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ronde evidence verify}: V0–V6, V8–V11, V13 and V14 over a bundle, alone with its files and what the auditor brings. */
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
     * @param about what the bundle says of itself: log, period, records; empty where it cannot be read
     * @param steps what became of each step, in their order; empty where the bundle cannot be read
     */
    public record Result(int exitCode, List<String> lines, Map<String, Object> about, List<StepResult> steps) {
        public Result {
            lines = List.copyOf(lines);
            about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
            steps = List.copyOf(steps);
        }

        static Result refused(int exitCode, String line) {
            return new Result(exitCode, List.of(line), Map.of(), List.of());
        }

        /** The report for programs; {@code message} is the last line of the one for people. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("verified", exitCode == 0);
            json.put("exit_code", exitCode);
            json.put("message", lines.get(lines.size() - 1));
            json.putAll(about);
            json.put("steps", steps);
            return json;
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
                return Result.refused(2, "The verifier key is mistyped: " + e.getMessage());
            }
        }
        try (BundleReader bundle = BundleReader.open(request.bundle())) {
            return verify(bundle, request, key);
        } catch (Unreadable e) {
            return Result.refused(
                    e.code(),
                    (e.code() == 1 ? "UNREADABLE: " : "NOT VERIFIED, exit code " + e.code() + ": ") + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            return Result.refused(1, "UNREADABLE: " + e);
        } catch (RuntimeException e) {
            // Whoever has the export key can sign anything; what no step expects is no bundle, and no reason to stop
            // without a sentence.
            return Result.refused(1, "UNREADABLE: the bundle holds something that Ronde does not write: " + e);
        }
    }

    private static Result verify(BundleReader bundle, Request request, @Nullable VerifierKey given) throws IOException {
        Findings findings = new Findings();
        Documents documents = new Documents(bundle);
        List<String> lines = new ArrayList<>();
        List<String> stopped = new ArrayList<>();
        Map<String, Object> about = new LinkedHashMap<>();
        SignatureSteps signatures = new SignatureSteps(bundle, documents, findings);
        Map<String, String> sums = signatures.files();
        new LayoutOne(bundle, findings).check(sums.keySet());
        try {
            if (findings.failed(Step.V13)) {
                findings.skipAllBut(Step.V0, Step.V13);
            } else {
                Checkpoint head = signatures.checkpoint();
                signatures.exportKey(head);
                VerifierKey key = signatures.signature(given);
                Anchors anchors = new Anchors(findings);
                anchors.read(request.checkpoints(), key);
                walk(bundle, documents, findings, sums, head, anchors, about);
            }
        } catch (Unreadable e) {
            // A file that is gone or broken was already named by V0; without that the bundle is no bundle.
            if (!findings.failed(Step.V0)) {
                throw e;
            }
            stopped.add("stopped: " + e.getMessage());
        }
        describe(about, lines);
        lines.addAll(stopped);
        lines.addAll(findings.lines());
        int code = findings.code(request.strict());
        lines.add(
                code == 0
                        ? "VERIFIED"
                        : "NOT VERIFIED, exit code " + code
                                + findings.firstFailure()
                                        .map(text -> ": " + text)
                                        .orElse(" (strict)"));
        return new Result(code, lines, about, findings.results());
    }

    private static void walk(
            BundleReader bundle,
            Documents documents,
            Findings findings,
            Map<String, String> sums,
            @Nullable Checkpoint head,
            Anchors anchors,
            Map<String, Object> about)
            throws IOException {
        RangeProof range;
        try {
            range = documents.range();
        } catch (IllegalArgumentException | Unreadable e) {
            findings.fail(Step.V5, "ledger/range-proof.json: " + e.getMessage());
            return;
        }
        SealSteps seals = new SealSteps(findings, range.from());
        try (ContentSteps content = new ContentSteps(bundle, documents, findings, sums, head);
                LogPass pass = new LogPass(bundle, range, findings, anchors, seals, content)) {
            about.putAll(about(content.manifest(), range));
            if (content.underTestClock()) {
                findings.warn(Step.V8, "TEST CLOCK: the times in this bundle come from a moved clock");
            }
            root(pass, range, head, findings);
            while (pass.hasNext()) {
                pass.next();
            }
            pass.end(content.manifest());
            about.put("withheld_by_month", pass.withheldByMonth());
            content.end();
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

    private static Map<String, Object> about(Map<String, Object> manifest, RangeProof range) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("log", String.valueOf(manifest.get("origin")));
        if (manifest.get("scope") instanceof Map<?, ?> scope) {
            about.put("period", scope);
        }
        about.put("records", Map.of("from", range.from(), "until", range.until(), "size", range.size()));
        about.put("counts", manifest.getOrDefault("counts", Map.of()));
        if (manifest.get("omissions") instanceof List<?> omissions) {
            about.put("withheld", omissions);
        }
        return about;
    }

    private static void describe(Map<String, Object> about, List<String> lines) {
        if (about.isEmpty()) {
            return;
        }
        if (about.get("withheld_by_month") instanceof Map<?, ?> months
                && about.get("counts") instanceof Map<?, ?> counts) {
            lines.add("withheld " + counts.get("withheld") + " of " + counts.get("leaves")
                    + " records, by the month of their seal " + months);
        }
        lines.add("log      " + about.get("log"));
        if (LedgerFiles.DEMONSTRATION.equals(about.get("log"))) {
            lines.add("         DEMONSTRATION: the estate, its people and its history are invented");
        }
        if (about.get("period") instanceof Map<?, ?> scope) {
            lines.add("period   " + scope.get("from") + " to " + scope.get("to") + " UTC, frameworks "
                    + scope.get("frameworks") + ", assets " + scope.get("assets"));
        }
        if (about.get("records") instanceof Map<?, ?> range) {
            lines.add("records  " + range.get("from") + " to " + range.get("until") + " of " + range.get("size")
                    + ", counts " + about.get("counts"));
        }
        if (about.get("withheld") instanceof List<?> omissions) {
            omissions.forEach(omission -> lines.add("withheld " + omission));
        }
    }
}
