package dev.ronde.platform.schedule;

import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quartz's tables without Java objects: whoever can write a row of them must not choose what is brought to life here. Triggers are plain
 * columns and job data are properties; a calendar, or a trigger that is an object, is not there.
 */
public final class ObjectlessDelegate extends PostgreSQLDelegate {
    private static final Logger log = LoggerFactory.getLogger(ObjectlessDelegate.class);

    @Override
    protected @Nullable Object getObjectFromBlob(ResultSet row, String column) {
        log.warn("a row of Quartz's tables holds an object in {}: it is not read", column);
        return null;
    }

    @Override
    protected boolean canUseProperties() {
        return true;
    }
}
