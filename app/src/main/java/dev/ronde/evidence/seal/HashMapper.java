package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads a hash column. */
public final class HashMapper implements ColumnMapper<Hash> {
    @Override
    public Hash map(ResultSet row, int column, StatementContext context) throws SQLException {
        return Hash.of(row.getBytes(column));
    }
}
