package dev.ronde.evidence.export;

import dev.ronde.evidence.redact.RedactionScan;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.NightlyVerification;
import dev.ronde.evidence.seal.SealedCheckpoint;
import dev.ronde.evidence.stamp.TimeStamps;
import dev.ronde.evidence.state.StateVerification;
import dev.ronde.evidence.witness.Witnesses;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the ledger stands, on the evidence page: the checkpoint, the key, and what the last verifications found. */
record LedgerPanel(
        Ledger ledger,
        NightlyVerification verification,
        StateVerification states,
        RedactionScan redactions,
        Witnesses witnesses,
        TimeStamps stamps) {
    private static final int LISTED = 20;

    Map<String, @Nullable Object> model() {
        SealedCheckpoint checkpoint = ledger.cosigned(ledger.checkpoint());
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put("checkpoint", checkpoint);
        model.put("root_hash", checkpoint.rootHash().hex());
        model.put("vkey", ledger.verifierKey().encoded());
        model.put(
                "witnesses",
                witnesses.newest().entrySet().stream()
                        .map(entry -> Map.entry(
                                entry.getKey(), entry.getValue().stream().toList()))
                        .toList());
        model.put("authority", stamps.authority().orElse(null));
        model.put("stamp", stamps.newest().orElse(null));
        model.put("pending", ledger.pending());
        model.put("alarm", ledger.alarm().orElse(null));
        model.put("redaction", redactions.report(LISTED));
        model.put("verification", verification.newest().orElse(null));
        model.put("comparison", states.newest().orElse(null));
        return model;
    }
}
