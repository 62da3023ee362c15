package dev.ronde.check.probe;

import dev.ronde.platform.text.AddressText;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything the probes that send packets have in common: policy first, then a bounded conversation, then the vantage. */
final class NetworkProbe implements Probe {
    private final String type;
    private final ProbeNetwork network;
    private final Conversation conversation;

    NetworkProbe(String type, ProbeNetwork network, Conversation conversation) {
        this.type = type;
        this.network = network;
        this.conversation = conversation;
    }

    /** What one kind of probe says to its target. */
    @FunctionalInterface
    interface Conversation {
        /** Returns the facts without {@code vantage}. */
        Map<String, Object> hold(ProbeSession session);
    }

    /** An option of the target holds what cannot be asked with; the message names the option and says what it may hold. */
    static final class OptionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OptionException(String option, String value, String wanted) {
            super("'" + value + "' cannot be used as " + option + ": " + wanted
                    + "; correct the asset's tag param:<check>." + option + "=, or the check's file");
        }
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public ProbeResult collect(ProbeTarget target, ProbeLimits limits) {
        LocalDate today = network.clock().instant().atZone(target.zone()).toLocalDate();
        ProbePolicy.Verdict verdict = network.policy()
                .decide(target.host(), target.addresses(), target.port(), target.authorisedUntil(), today);
        if (verdict instanceof ProbePolicy.Verdict.Denied denied) {
            return ProbeResult.failed(ProbeFailure.POLICY_DENIED, denied.message());
        }
        if (verdict instanceof ProbePolicy.Verdict.Unresolved unresolved) {
            return ProbeResult.failed(ProbeFailure.DNS_FAILURE, unresolved.message());
        }
        return collect((ProbePolicy.Verdict.Allowed) verdict, target, limits.atMost(ProbeLimits.POLICY));
    }

    private ProbeResult collect(ProbePolicy.Verdict.Allowed allowed, ProbeTarget target, ProbeLimits limits) {
        String resolved = resolved(allowed);
        Budget budget = new Budget(limits, network.nanos());
        ProbeSession session = new ProbeSession(allowed, target, budget, network);
        try {
            Map<String, Object> facts = new TreeMap<>(conversation.hold(session));
            Vantage vantage = session.vantage();
            facts.put("vantage", vantage.facts());
            return new ProbeResult.Collected(facts, vantage, resolved, session.exchanges());
        } catch (ProbeSession.BudgetException e) {
            return failed(
                    ProbeFailure.BUDGET,
                    "the check's limits allow fewer exchanges than the probe needs",
                    resolved,
                    session);
        } catch (OptionException e) {
            return failed(ProbeFailure.BAD_PARAMETER, String.valueOf(e.getMessage()), resolved, session);
        } catch (ProbeSession.StoppedException e) {
            return failed(ProbeFailure.TIMEOUT, "the probe was stopped before it was done", resolved, session);
        }
    }

    private static ProbeResult failed(ProbeFailure reason, String detail, String resolved, ProbeSession session) {
        List<Exchange> exchanges = session.exchanges();
        return new ProbeResult.Failed(reason, detail, resolved, exchanges);
    }

    private static String resolved(ProbePolicy.Verdict.Allowed allowed) {
        return AddressText.of(allowed.address(), allowed.port());
    }
}
