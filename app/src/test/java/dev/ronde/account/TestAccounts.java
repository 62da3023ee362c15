package dev.ronde.account;

import dev.ronde.asset.inventory.TokenAssets;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The account room wired for a test, on any database and a clock that stands still. */
final class TestAccounts {
    final Database database;
    final TestClock clock = new TestClock();
    final Settings settings;
    final PersonRecords records;
    final People people;
    final Sessions sessions;
    final SetupLinks links;
    final Accounts accounts;
    final SignIn signIn;
    final Tokens tokens;

    TestAccounts(Database database) {
        this(database, Map.of());
    }

    TestAccounts(Database database, Map<Setting, String> more) {
        this.database = database;
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        flags.put(Setting.ZONE, "Europe/Paris");
        flags.putAll(more);
        this.settings = SettingsReader.read(flags, Map.of());
        EvidenceLog log = new EvidenceLog(clock, "n1/test");
        this.records = new PersonRecords(log);
        this.people = new People(database, settings, clock, records);
        this.sessions = new Sessions(database, clock);
        this.links = new SetupLinks(database, settings, clock);
        this.accounts = new Accounts(people, sessions, links, records, clock);
        this.signIn =
                new SignIn(database, accounts, sessions, records, new AttemptLimits(new Allowances(database, clock)));
        this.tokens = new Tokens(database, clock, log, new TokenAssets(), settings.integer(Setting.TOKEN_MAX_DAYS));
        this.accounts.addRevocation(tokens);
    }

    List<String> recordTypes() {
        return Sql.texts(database, "select rec_type from evidence_record order by rec_id");
    }
}
