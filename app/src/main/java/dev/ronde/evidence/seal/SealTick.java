package dev.ronde.evidence.seal;

import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals every five seconds; where the ledger went backwards it stops, says so once, and leaves the rest to doctor and banner. */
public final class SealTick implements Tick {
    private static final Logger log = LoggerFactory.getLogger(SealTick.class);

    private final Ledger ledger;
    private volatile boolean stopped;

    public SealTick(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "seal";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public int run(Instant now) {
        try {
            int sealed = ledger.seal();
            stopped = false;
            return sealed;
        } catch (LedgerBehind e) {
            if (!stopped) {
                log.error("sealing has stopped: {}", e.getMessage());
            }
            stopped = true;
            return 0;
        }
    }
}
