package dev.ronde.mail.trial;

import dev.ronde.mail.MailRoom;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import java.util.List;

/** The room put together. */
public record TrialRoom(Trials trials, List<Routes> routes) {

    /** Wires the room. */
    public static TrialRoom of(MailRoom mail, Messages messages, PageRenderer pages) {
        Trials trials = new Trials(mail.database(), mail.addresses(), mail::testMail, mail.clock());
        TrialReader reader = new TrialReader(mail, messages);
        return new TrialRoom(
                trials, List.of(new TrialApi(trials, reader, mail), new TrialPages(trials, reader, mail, pages)));
    }
}
