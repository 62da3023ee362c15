package dev.ronde.command;

import picocli.CommandLine.Command;

@Command(
        name = "demo",
        description = {
            "Serve a demonstration estate.",
            "It lives in a temporary home, its mails stay in the outbox page, and it is gone when you stop it.",
            "Of your settings it takes address, port, base address, zone, language and log format; nothing else, so it reaches none of your servers."
        })
final class DemoCommand extends ServeCommand {
    @Override
    public Integer call() throws InterruptedException {
        say("Making the demonstration estate …");
        return stay(quietly(() -> root().launcher.demo(settings())));
    }
}
