package dev.ronde.account;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Authenticator;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.schedule.Tick;
import java.time.InstantSource;
import java.util.List;

/** The services of this room, wired once. */
public record AccountRoom(
        Database database,
        Settings settings,
        InstantSource clock,
        People people,
        Accounts accounts,
        Sessions sessions,
        SetupLinks links,
        SignIn signIn,
        Tokens tokens,
        Absences absences,
        Teams teams,
        HolidayImport holidays) {
    /** Wires the room; the assets of tokens are known to the room of assets. */
    public static AccountRoom open(
            Database database,
            Settings settings,
            InstantSource clock,
            EvidenceLog log,
            Allowances allowances,
            TokenScope scope) {
        PersonRecords records = new PersonRecords(log);
        People people = new People(database, settings, clock, records);
        Sessions sessions = new Sessions(database, clock);
        SetupLinks links = new SetupLinks(database, settings, clock);
        Accounts accounts = new Accounts(people, sessions, links, records, clock);
        SignIn signIn = new SignIn(database, accounts, sessions, records, allowances);
        Tokens tokens = new Tokens(database, clock, log, scope, settings.integer(Setting.TOKEN_MAX_DAYS));
        accounts.addRevocation(tokens);
        return new AccountRoom(
                database,
                settings,
                clock,
                people,
                accounts,
                sessions,
                links,
                signIn,
                tokens,
                new Absences(clock, records),
                new Teams(people, accounts, records, clock),
                new HolidayImport(clock, log));
    }

    /** Who makes a request, for the web server. */
    public Authenticator authenticator() {
        return new AccountAuthenticator(database, sessions, tokens);
    }

    /** What prints the set-up link at start. */
    public FirstAdministrator firstAdministrator() {
        return new FirstAdministrator(database, settings, accounts, people, links);
    }

    /** Every route of this room. */
    public List<Routes> routes(PageRenderer pages) {
        return List.of(
                new SignInPages(database, settings, signIn, pages),
                new SetupPages(this, pages),
                new SecurityContactPages(this),
                new HolidayPages(this, pages),
                new PeoplePages(this, pages),
                new AbsencePages(this),
                new OwnAccountPages(this, pages),
                new SettingsPages(this, pages),
                new PeopleApi(this),
                new AbsenceApi(this),
                new TeamApi(this),
                new HolidayApi(this),
                new TokenApi(this));
    }

    /** What this room does from time to time. */
    public List<Tick> ticks() {
        return List.of(sessions);
    }
}
