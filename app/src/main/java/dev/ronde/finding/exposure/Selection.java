package dev.ronde.finding.exposure;

import dev.ronde.catalogue.Severity;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The windows somebody asks for.
 *
 * @param answeredBy whose assets alone somebody may see; null for those who see all
 */
record Selection(
        ExposureDao dao,
        Period period,
        @Nullable String asset,
        @Nullable String severity,
        @Nullable UUID answeredBy) {
    private static final int CHUNK = 5_000;

    static Selection of(Handle handle, Period period, Query query, Principal principal) {
        return new Selection(
                handle.attach(ExposureDao.class),
                period,
                query.text("asset").orElse(null),
                query.oneOf("severity", Severity.class).map(Severity::code).orElse(null),
                principal.confinedTo());
    }

    List<Window> page(@Nullable UUID before, int limit) {
        return dao.windows(period.start(), period.end(), asset, severity, answeredBy, before, limit);
    }

    void each(Consumer<Window> taker) {
        UUID before = null;
        List<Window> chunk = page(null, CHUNK);
        while (!chunk.isEmpty()) {
            chunk.forEach(taker);
            before = chunk.get(chunk.size() - 1).id();
            chunk = page(before, CHUNK);
        }
    }
}
