package dev.ronde.evidence.state;

import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells everybody but owners while the newest comparison of the tables with the records found rows that differ. */
public final class StateBanner implements Banner.Source {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final StateVerification verification;
    private final InstantSource clock;
    private volatile Look look = new Look(Instant.MIN, Optional.empty());

    /** A look at the newest record, kept because every page asks for it. */
    private record Look(Instant at, Optional<StateVerification.Run> newest) {}

    public StateBanner(StateVerification verification, InstantSource clock) {
        this.verification = verification;
        this.clock = clock;
    }

    @Override
    public List<Banner> banners(Principal principal) {
        if (principal.role() == Role.OWNER) {
            return List.of();
        }
        return newest()
                .filter(run -> !run.good())
                .map(run -> new Banner("error", "evidence.banner.state", List.of(run.differences())))
                .stream()
                .toList();
    }

    private Optional<StateVerification.Run> newest() {
        Look known = look;
        Instant now = clock.instant();
        if (known.at().isBefore(now.minus(KEPT)) || known.at().isAfter(now)) {
            known = new Look(now, verification.newest());
            look = known;
        }
        return known.newest();
    }
}
