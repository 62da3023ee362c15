package dev.ronde.mail.health;

import java.time.Instant;

/**
 * A domain of which so many addresses failed at once that it is taken for an outage.
 *
 * @param until nothing is sent there before
 */
public record HeldDomain(String domain, Instant until) {}
