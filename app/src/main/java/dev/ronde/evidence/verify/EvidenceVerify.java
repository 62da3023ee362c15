package dev.ronde.evidence.verify;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code ronde evidence verify}: runs {@code Verify.java}, as an auditor gets it, over a bundle, and compares the texts of the bundle beside. */
public final class EvidenceVerify {
    /** {@code Verify.java} is a file for the auditor and in no package, so that no code can import it. */
    private static final String VERIFIER = "Verify";

    /**
     * What the auditor gives.
     *
     * @param bundle the ZIP, or the folder it was unpacked to
     * @param verifierKey the vkey written down at the start, or null to believe the bundle (a warning)
     * @param checkpoints files with checkpoints the auditor was mailed or took from earlier bundles
     * @param strict whether warnings count
     * @param requireAnchor whether what is held from outside must cover all records
     * @param witnesses vkeys of witnesses
     * @param requireWitnesses how many of them must have cosigned the checkpoint
     * @param tsaCa the certificates in PEM of the time stamping authorities that are trusted, or null: then time stamps anchor nothing
     */
    public record Request(
            Path bundle,
            @Nullable String verifierKey,
            List<Path> checkpoints,
            boolean strict,
            boolean requireAnchor,
            List<String> witnesses,
            int requireWitnesses,
            @Nullable Path tsaCa) {
        public Request(
                Path bundle,
                @Nullable String verifierKey,
                List<Path> checkpoints,
                boolean strict,
                boolean requireAnchor) {
            this(bundle, verifierKey, checkpoints, strict, requireAnchor, List.of(), 0, null);
        }

        public Request(Path bundle, @Nullable String verifierKey, List<Path> checkpoints, boolean strict) {
            this(bundle, verifierKey, checkpoints, strict, false);
        }
    }

    /**
     * What came out.
     *
     * @param exitCode 0 good, 1 unreadable, 2 wrong usage, else the code of the first failing step
     * @param lines the report, one line each
     * @param about what the bundle says of itself: log, period, records; empty where it cannot be read
     * @param steps what became of each step, in their order: its name, state (ok, failed, skipped after a failure, or not_given
     *     where nothing was given that it could go by), claim, failures and warnings; empty where the bundle cannot be read
     */
    public record Result(int exitCode, List<String> lines, Map<String, Object> about, List<Map<String, Object>> steps) {
        public Result {
            lines = List.copyOf(lines);
            about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
            steps = List.copyOf(steps);
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

    /**
     * Verifies and says what was found; never throws for what a bundle may contain.
     *
     * @throws IllegalArgumentException if the file of {@code tsaCa} holds no certificate
     */
    @SuppressWarnings("unchecked")
    public static Result verify(Request request) {
        TextComparison texts = new TextComparison();
        Map<String, Object> asked = new HashMap<>();
        asked.put("bundle", request.bundle());
        asked.put("vkey", request.verifierKey() == null ? "" : request.verifierKey());
        asked.put(
                "checkpoints",
                request.checkpoints().stream().map(Path::toString).toList());
        asked.put("strict", request.strict());
        asked.put("requireAnchor", request.requireAnchor());
        asked.put("witnesses", request.witnesses());
        asked.put("requireWitnesses", request.requireWitnesses());
        Path tsaCa = request.tsaCa();
        if (tsaCa != null) {
            asked.put("stampCheck", new TrustedStamps(tsaCa));
        }
        asked.put("begin", (BiConsumer<Map<String, String>, Map<String, Object>>) texts::begin);
        asked.put("record", (BiConsumer<Map.Entry<Long, Map<String, Object>>, Map<String, String>>) texts::add);
        asked.put("end", (Function<Path, Map<String, List<String>>>) texts::end);
        Map<String, Object> report = verifier().apply(asked);
        return new Result(
                (Integer) part(report, "exit_code"),
                (List<String>) part(report, "lines"),
                (Map<String, Object>) part(report, "about"),
                (List<Map<String, Object>>) part(report, "steps"));
    }

    static Object part(Map<String, Object> report, String name) {
        return Objects.requireNonNull(report.get(name), name);
    }

    @SuppressWarnings("unchecked")
    static Function<Map<String, Object>, Map<String, Object>> verifier() {
        try {
            return Class.forName(VERIFIER)
                    .asSubclass(Function.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Verify.java is not compiled into this build", e);
        }
    }
}
