package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;

/**
 * A host with a port, as {@code host:port} or {@code [v6]:port}.
 *
 * @param host normalised host
 * @param port TCP port
 */
record HostPort(HostName host, int port) {
    /**
     * Parses the text.
     *
     * @throws IllegalArgumentException with the accepted form
     */
    static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("\"" + text + "\": expected host:port, for example 10.0.0.1:443");
        }
        try {
            return new HostPort(HostName.parse(text.substring(0, colon)), Integer.parseInt(port));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" " + e.getMessage() + "; expected host:port", e);
        }
    }
}
