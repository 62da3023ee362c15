package dev.ronde.account;

import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What the set-up page says about the whole installation. */
interface InstallationDao {
    @SqlQuery("select zone from installation where id = 1 and zone is not null")
    Optional<String> findZone();

    @SqlQuery("select locale from installation where id = 1 and locale is not null")
    Optional<String> findLocale();

    @SqlUpdate("""
            update installation set organisation = :organisation, zone = :zone, locale = :locale where id = 1""")
    int update(String organisation, String zone, String locale);
}
