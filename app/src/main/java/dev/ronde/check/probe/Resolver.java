package dev.ronde.check.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses; asked once per probe, so a changed answer cannot move it. */
@FunctionalInterface
public interface Resolver {
    /**
     * Returns every address of the name, never empty.
     *
     * @throws UnknownHostException where the name has none or no answer came in time
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
