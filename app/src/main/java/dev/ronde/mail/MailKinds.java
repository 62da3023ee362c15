package dev.ronde.mail;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All kinds of mail by name. */
public final class MailKinds {
    private final Map<String, MailKind> byName;

    /** Registers every kind once.
     *
     * @throws IllegalStateException where two have one name */
    public MailKinds(Collection<? extends MailKind> kinds) {
        this.byName = kinds.stream().collect(Collectors.toMap(MailKind::name, Function.identity()));
    }

    /** The kind of a stored mail.
     *
     * @throws IllegalStateException where the program no longer knows it */
    MailKind get(String name) {
        MailKind kind = byName.get(name);
        if (kind == null) {
            throw new IllegalStateException("No mail is of the kind " + name);
        }
        return kind;
    }
}
