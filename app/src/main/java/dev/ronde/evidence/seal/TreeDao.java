package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterArgumentFactory;
import org.jdbi.v3.sqlobject.config.RegisterColumnMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

@RegisterColumnMapper(HashMapper.class)
@RegisterArgumentFactory(HashArguments.class)
interface TreeDao {
    @SqlQuery("select leaf_hash from ledger_leaf where idx >= :from and idx < :until order by idx")
    List<Hash> listLeafHashes(long from, long until);

    @SqlQuery("""
            select hash from ledger_node
            where node_level = :level and idx >= :from and idx < :until
            order by idx
            """)
    List<Hash> listNodeHashes(int level, long from, long until);
}
