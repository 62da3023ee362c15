package dev.ronde.review.builder;

import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * The zones that are offered while that of a plan is typed: those people live in and the installation's. Every other one is taken when it
 * is typed; the hundreds there are weighed more than the rest of the form.
 */
final class PlanZones {
    private static final int OFFERED = 60;

    private PlanZones() {}

    static List<String> offered(Handle handle, ZoneId installation) {
        TreeSet<String> zones = new TreeSet<>(
                handle.createQuery("select distinct zone from person where zone is not null order by zone limit :most")
                        .bind("most", OFFERED)
                        .mapTo(String.class)
                        .list());
        zones.add(installation.getId());
        zones.add("UTC");
        return List.copyOf(zones);
    }
}
