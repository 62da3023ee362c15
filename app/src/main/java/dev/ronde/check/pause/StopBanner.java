package dev.ronde.check.pause;

import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.Principal;
import java.util.List;

/** Tells everybody who is signed in that every probe is stopped, for as long as it holds. */
public final class StopBanner implements Banner.Source {
    private final ProbePauses pauses;

    public StopBanner(ProbePauses pauses) {
        this.pauses = pauses;
    }

    @Override
    public List<Banner> banners(Principal principal) {
        return pauses.stop().map(stop -> new Banner("error", "check.probing.banner", List.of(stop.reason()))).stream()
                .toList();
    }
}
