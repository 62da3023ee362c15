package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Binds a hash as bytes. */
public final class HashArguments extends AbstractArgumentFactory<Hash> {
    public HashArguments() {
        super(Types.VARBINARY);
    }

    @Override
    protected Argument build(Hash hash, ConfigRegistry config) {
        return (position, statement, context) -> statement.setBytes(position, hash.bytes());
    }
}
