package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import java.nio.file.Path;

/**
 * Where the ledger keeps what must not lie in the database.
 *
 * @param originChosen whether the operator named the origin; a computed one yields to what the ledger already has
 */
public record LedgerFiles(
        String origin,
        boolean originChosen,
        Path ledgerKey,
        Path exportKey,
        Path guard,
        Path checkpoints,
        Path exports) {

    /** The origin of every demonstration; it stands in each signed checkpoint, so that none passes for the real thing. */
    public static final String DEMONSTRATION = "demonstration.invalid/ronde";

    /** Reads the ledger's settings; the guard file belongs to this node, so it lies in its home. */
    public static LedgerFiles of(Settings settings) {
        String origin = settings.get(Setting.LEDGER_ORIGIN);
        if (!Checkpoint.isOrigin(origin)) {
            throw new SettingsException(Setting.LEDGER_ORIGIN.key() + " is \"" + origin
                    + "\": write a name without blanks and plus signs, such as ronde.example.org/main.");
        }
        Settings.Origin from = settings.origin(Setting.LEDGER_ORIGIN);
        return new LedgerFiles(
                origin,
                from != Settings.Origin.COMPUTED && from != Settings.Origin.DEFAULT,
                settings.path(Setting.LEDGER_KEY),
                settings.path(Setting.EXPORT_KEY),
                settings.home().resolve("keys").resolve("ledger.guard"),
                settings.home().resolve("checkpoints.txt"),
                settings.path(Setting.EXPORTS));
    }
}
