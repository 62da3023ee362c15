package dev.ronde.account;

import dev.ronde.platform.limit.Allowance;
import dev.ronde.platform.limit.Allowances;
import java.time.Duration;
import java.util.Optional;

/**
 * How often an address and a network address may try a password: ten attempts, then one a minute, for each mail
 * address; fifty, then five a minute, for each network address. The same on every node; a right password gives its
 * attempt back.
 */
final class AttemptLimits {
    private static final Allowance ADDRESS = new Allowance(10, Duration.ofMinutes(1));
    private static final Allowance NETWORK = new Allowance(50, Duration.ofSeconds(12));

    private final Allowances allowances;

    AttemptLimits(Allowances allowances) {
        this.allowances = allowances;
    }

    /** Takes one attempt; the time to wait when there is none left. */
    Optional<Duration> take(String address, String network) {
        Optional<Duration> wait = allowances.take(networkKey(network), NETWORK);
        return wait.isPresent() ? wait : allowances.take(addressKey(address), ADDRESS);
    }

    void giveBack(String address, String network) {
        allowances.giveBack(networkKey(network), NETWORK);
        allowances.giveBack(addressKey(address), ADDRESS);
    }

    private static String addressKey(String address) {
        return "sign-in address " + address;
    }

    private static String networkKey(String network) {
        return "sign-in network " + network;
    }
}
