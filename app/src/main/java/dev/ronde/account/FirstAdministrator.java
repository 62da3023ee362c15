package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Role;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure somebody can get in: from {@code RONDE_ADMIN_EMAIL} and {@code RONDE_ADMIN_PASSWORD}, or by a one-time
 * set-up link while there is no administrator. There is never a default password.
 */
public record FirstAdministrator(
        Database database, Settings settings, Accounts accounts, People people, SetupLinks links) {
    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

    /**
     * The set-up link to print at start; empty when there is an administrator, also one just made from the settings.
     * The settings make the first administrator alone: they reset no password and bring nobody's role back.
     */
    public Optional<URI> atStart() {
        Optional<String> email = settings.find(Setting.ADMIN_EMAIL);
        Optional<String> password = settings.find(Setting.ADMIN_PASSWORD);
        if (email.isPresent() && password.isPresent()) {
            database.useTransaction(tx -> {
                if (SetupLinks.administered(tx)) {
                    return;
                }
                Optional<Person> known = people.findByEmail(tx, email.get());
                boolean hasPassword = known.flatMap(
                                person -> tx.attach(PersonDao.class).findPasswordHash(person.id()))
                        .isPresent();
                if (!hasPassword) {
                    require(password.get(), email.get());
                }
                accounts.add(tx, email.get(), null, Role.ADMIN, hasPassword ? null : password.get(), Actor.SYSTEM);
                log.info("administrator made from the settings");
            });
        }
        return links.first();
    }

    private static void require(String password, String email) {
        Passwords.fault(password, email).ifPresent(fault -> {
            throw new SettingsException(Setting.ADMIN_PASSWORD.key() + ": " + fault.text() + ".");
        });
    }
}
