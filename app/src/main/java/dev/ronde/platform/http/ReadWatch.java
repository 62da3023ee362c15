package dev.ronde.platform.http;

/** Told of everything an auditor was shown, after it was shown. */
@FunctionalInterface
public interface ReadWatch {
    /**
     * A page or resource was read.
     *
     * @param route its pattern
     * @param address the path and query that were asked for
     */
    void read(Principal by, String route, String address);
}
