package dev.ronde.reply.inbox;

import dev.ronde.account.Person;
import dev.ronde.mail.inbound.AuthVerdict;
import dev.ronde.mail.inbound.ReceivedFile;
import dev.ronde.reply.grammar.Understood;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message with everything that was found out about it, and what came of it.
 *
 * @param answered the mail it answers, where it is known
 * @param sender who wrote, where the address is somebody's
 */
record Consideration(
        Optional<AnsweredMail> answered,
        Optional<Person> sender,
        @Nullable Understood understood,
        List<ReceivedFile> files,
        Outcome outcome) {

    Consideration {
        files = List.copyOf(files);
    }

    /** Whether it surely comes from this person: their domain says so, or they answered, from their address, a mail only they got. Anybody
     * can write an address into {@code From}. */
    boolean provenBy(Person person, AuthVerdict verdict) {
        boolean answers = answered.filter(
                        answer -> !answer.byReference() && answer.personId().equals(person.id()))
                .isPresent();
        return verdict == AuthVerdict.PASS || (verdict == AuthVerdict.NONE && answers);
    }

    /** Who wrote it, where the address is somebody's and their domain does not deny it. */
    Optional<Person> writer(AuthVerdict verdict) {
        return verdict == AuthVerdict.FAIL ? Optional.empty() : sender;
    }

    static Consideration of(Optional<AnsweredMail> answered, Optional<Person> sender, Outcome outcome) {
        return new Consideration(answered, sender, null, List.of(), outcome);
    }
}
