package dev.ronde.finding.exposure;

import dev.ronde.catalogue.Severity;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What API, page and CSV read alike: the windows of a period, and the period in numbers. */
final class ExposureLedger {
    static final String[] PARAMETERS = {"from", "to", "asset", "severity", "sort", "limit", "cursor"};

    private final InstantSource clock;

    ExposureLedger(InstantSource clock) {
        this.clock = clock;
    }

    record Reading(Period period, ExposureSummary summary, PageOf<WindowJson> windows) {}

    Reading read(Handle handle, Query query, Principal principal) {
        Instant now = clock.instant();
        Period period = Period.of(query, now);
        Selection selection = Selection.of(handle, period, query, principal);
        ExposureSummary.Counter counter = new ExposureSummary.Counter(period, now);
        selection.each(counter::add);
        ExposureSummary summary = counter.summary();
        PageOf<WindowJson> page = PageOf.listed(query, asked -> {
            UUID before = asked.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
            List<Window> rows = selection.page(before, asked.limit() + 1);
            return PageOf.of(rows, asked.limit(), summary.windows(), window -> Cursor.of(window.id()))
                    .map(window -> WindowJson.of(window, period, now));
        });
        return new Reading(period, summary, page);
    }

    void each(Handle handle, Query query, Principal principal, Consumer<WindowJson> taker) {
        Instant now = clock.instant();
        Period period = Period.of(query, now);
        Selection.of(handle, period, query, principal).each(window -> taker.accept(WindowJson.of(window, period, now)));
    }

    /**
     * The windows somebody asks for.
     *
     * @param answeredBy whose assets alone somebody may see; null for those who see all
     */
    private record Selection(
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
}
