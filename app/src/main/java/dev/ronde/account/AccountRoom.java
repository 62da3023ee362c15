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

/** People, accounts and tokens, wired once. */
public final class AccountRoom {
    private final Database database;
    private final Settings settings;
    private final InstantSource clock;
    private final PersonRecords records;
    private final EvidenceLog log;
    private final People people;
    private final Sessions sessions;
    private final SetupLinks links;
    private final Accounts accounts;
    private final SignIn signIn;
    private final Tokens tokens;
    private final Engagements engagements;

    public AccountRoom(
            Database database,
            Settings settings,
            InstantSource clock,
            EvidenceLog log,
            Allowances allowances,
            TokenScope scope) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.log = log;
        this.records = new PersonRecords(log);
        this.people = new People(database, settings, clock, records);
        this.sessions = new Sessions(database, clock);
        this.links = new SetupLinks(database, settings, clock);
        this.accounts = new Accounts(people, sessions, links, records, clock);
        this.signIn = new SignIn(database, accounts, sessions, records, new AttemptLimits(allowances));
        this.tokens = new Tokens(database, clock, log, scope, settings.integer(Setting.TOKEN_MAX_DAYS));
        accounts.addRevocation(tokens);
        this.engagements = new Engagements(database, accounts, people, log, clock);
        accounts.addRevocation(engagements);
    }

    public People people() {
        return people;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Authenticator authenticator() {
        return new AccountAuthenticator(database, sessions, tokens);
    }

    public FirstAdministrator firstAdministrator() {
        return new FirstAdministrator(database, settings, accounts, people, links);
    }

    public List<Routes> routes(PageRenderer pages) {
        Absences absences = new Absences(clock, records);
        Teams teams = new Teams(people, accounts, records, clock);
        HolidayImport holidays = new HolidayImport(clock, log);
        PeopleList list = new PeopleList(database);
        PersonFacts facts = new PersonFacts(clock, people, absences, teams, tokens);
        return List.of(
                new SignInPages(database, settings, signIn, pages),
                new SetupPages(database, settings, links, accounts, people, signIn, pages),
                new SecurityContactPages(settings, clock),
                new HolidayPages(database, clock, holidays, pages),
                new PeoplePages(database, people, accounts, teams, list, facts, pages),
                new AbsencePages(database, people, absences),
                new OwnAccountPages(database, settings, people, accounts, signIn, absences, pages),
                new SettingsPages(database, settings, tokens, pages),
                new PeopleApi(database, people, accounts, teams, list),
                new TokenApi(database, tokens),
                new EngagementPages(database, people, engagements, pages));
    }

    public List<Tick> ticks() {
        return List.of(sessions, engagements);
    }
}
