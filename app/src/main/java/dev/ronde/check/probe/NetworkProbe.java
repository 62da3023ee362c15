package dev.ronde.check.probe;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.platform.text.AddressText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything the probes that send packets have in common: policy first, then a bounded conversation, then the vantage. */
record NetworkProbe(String type, ProbeNetwork network, Conversation conversation) implements Probe {
    @FunctionalInterface
    interface Conversation {
        Map<String, Object> hold(ProbeSession session);
    }

    /** A target option has a value that cannot be used; the message names it and says what it may hold. */
    static final class OptionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Said said;

        OptionException(Saying saying, Object... arguments) {
            super(saying.code());
            this.said = Said.of(saying, arguments);
        }
    }

    @Override
    public ProbeResult collect(ProbeTarget target, ProbeLimits limits) {
        ProbeLimits bounded = limits.atMost(ProbeLimits.POLICY);
        return network.allowed(target, target.port(), allowed -> collect(allowed, target, bounded));
    }

    private ProbeResult collect(ProbePolicy.Verdict.Allowed allowed, ProbeTarget target, ProbeLimits limits) {
        String resolved = AddressText.of(allowed.address(), allowed.port());
        Budget budget = new Budget(limits, network.nanos());
        ProbeSession session = new ProbeSession(allowed, target, budget, network);
        try {
            Map<String, Object> facts = new TreeMap<>(conversation.hold(session));
            Vantage vantage = session.vantage();
            facts.put("vantage", vantage.facts());
            return new ProbeResult.Collected(facts, vantage, resolved, session.exchanges());
        } catch (ProbeSession.BudgetException e) {
            return failed(ProbeFailure.BUDGET, Said.of(Saying.BUDGET_TOO_SMALL), resolved, session);
        } catch (OptionException e) {
            return failed(ProbeFailure.BAD_PARAMETER, e.said, resolved, session);
        } catch (ProbeThread.StoppedException e) {
            return failed(ProbeFailure.TIMEOUT, Said.of(Saying.STOPPED), resolved, session);
        }
    }

    private static ProbeResult failed(ProbeFailure reason, Said said, String resolved, ProbeSession session) {
        return new ProbeResult.Failed(reason, List.of(said), resolved, session.exchanges());
    }
}
