package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Where probes stand and what they may do.
 *
 * @param policy decides about targets
 * @param canary proves the vantage where the target itself does not
 * @param zone {@code internal} or {@code external}, as the operator named this vantage
 * @param clock product time, for the day on which an authorisation ends
 * @param nanos monotonic time, for budgets
 * @param agent how probes introduce themselves where a protocol has room for it
 */
record ProbeNetwork(
        ProbePolicy policy, VantageCanary canary, String zone, InstantSource clock, LongSupplier nanos, String agent) {
    /** Asks the policy, on the day that it is for the asset, and goes on where the target may be probed. */
    ProbeResult allowed(ProbeTarget target, int port, Function<ProbePolicy.Verdict.Allowed, ProbeResult> next) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), target.zone());
        ProbePolicy.Verdict verdict =
                policy.decide(target.host(), target.addresses(), port, target.authorisedUntil(), today);
        if (verdict instanceof ProbePolicy.Verdict.Denied denied) {
            return new ProbeResult.Failed(ProbeFailure.POLICY_DENIED, denied.said(), null, List.of());
        }
        if (verdict instanceof ProbePolicy.Verdict.Unresolved unresolved) {
            return ProbeResult.failed(ProbeFailure.DNS_FAILURE, Saying.NAME_UNRESOLVED, unresolved.name());
        }
        return next.apply((ProbePolicy.Verdict.Allowed) verdict);
    }

    Vantage proven() {
        return new Vantage(zone, true, "answer");
    }

    /**
     * The vantage where these addresses, which packets were sent to, did not answer; the canary has to vouch for that.
     *
     * @param log hears of every connection to the canary that this takes
     */
    Vantage silent(Collection<InetAddress> addresses, Consumer<Exchange> log) {
        boolean ok = canary.vouchesFor(addresses, new VantageCanary.Notes(zone, clock, log));
        return new Vantage(zone, ok, ok ? "canary" : "unproven");
    }

    /** Nothing was sent, so nothing is known, whatever a canary says. */
    Vantage unproven() {
        return new Vantage(zone, false, "unproven");
    }
}
