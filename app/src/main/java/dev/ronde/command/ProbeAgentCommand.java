package dev.ronde.command;

import dev.ronde.check.agent.ProbeAgent;
import picocli.CommandLine.Command;

@Command(
        name = "probe-agent",
        description = {
            "A second vantage: take probes from the server at RONDE_URL with RONDE_TOKEN (role prober), make them from here, bring the facts back.",
            "This machine's own RONDE_PROBE_ALLOW and RONDE_PROBE_CANARY hold; the vantage is external unless RONDE_PROBE_VANTAGE says internal.",
            "It opens no port, has no database, and speaks to its server over HTTPS only."
        })
final class ProbeAgentCommand extends CommandBase {
    @Override
    public Integer call() throws InterruptedException {
        try (ProbeAgent agent = ProbeAgent.of(settings(), root().clock)) {
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "stop-agent"));
            say("This agent looks for work at " + agent.server() + "; its vantage is " + agent.zone() + ".");
            agent.run(this::say);
            return 0;
        } catch (ProbeAgent.RefusedException e) {
            throw CommandFailed.of(String.valueOf(e.getMessage()));
        }
    }
}
