package dev.ronde.mail.health;

import dev.ronde.platform.text.Worded;

/** How it stands with an address. */
public enum HealthState implements Worded {
    /** Nothing is known against it. */
    OK,
    /** A mail came back for good once: the backup owner is told, the next working day tries again. */
    SUSPECT,
    /** It came back again a day later: nothing is sent there any more but a probe every 14 days. */
    UNREACHABLE;
}
