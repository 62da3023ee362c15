package dev.ronde.account;

import dev.ronde.platform.address.CidrBlock;
import dev.ronde.platform.limit.Allowance;
import dev.ronde.platform.limit.Allowances;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a password may be tried: ten attempts, then one a minute, for an account from one network address; fifty, then five a minute,
 * for a network address and all accounts. Attempts from elsewhere never lock an account here. The same on every node; a right password
 * gives its attempt back.
 */
record AttemptLimits(Allowances allowances) {
    private static final Allowance ACCOUNT = new Allowance(10, Duration.ofMinutes(1));
    private static final Allowance NETWORK = new Allowance(50, Duration.ofSeconds(12));
    private static final Duration REMEMBERED = Duration.ofDays(90);

    Optional<Duration> take(String account, String network) {
        Optional<Duration> wait = allowances.take(networkKey(network), NETWORK);
        return wait.isPresent() ? wait : allowances.take(accountKey(account, network), ACCOUNT);
    }

    /** Whether somebody has signed in to the account from there: a right password is then taken despite the limits. */
    boolean known(String account, String network) {
        return allowances.remembers(knownKey(account, network));
    }

    void remember(String account, String network) {
        allowances.remember(knownKey(account, network), REMEMBERED);
    }

    void giveBack(String account, String network) {
        allowances.giveBack(networkKey(network), NETWORK);
        allowances.giveBack(accountKey(account, network), ACCOUNT);
    }

    private static String accountKey(String account, String network) {
        return "sign-in " + CidrBlock.site(network) + " " + account;
    }

    private static String networkKey(String network) {
        return "sign-in network " + CidrBlock.site(network);
    }

    private static String knownKey(String account, String network) {
        return "signed in " + CidrBlock.site(network) + " " + account;
    }
}
