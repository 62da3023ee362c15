package dev.ronde.finding;

import dev.ronde.evidence.redact.StoredTexts;
import java.util.List;

/** What findings say, from the facts of their checks. */
public final class StoredSummaries {
    /** For the nightly scan. */
    public static final List<StoredTexts> ALL = List.of(new StoredTexts("finding", """
                    select f.id, a.ref as asset_ref, f.check_id, 'summary' as place, f.summary as said
                    from finding f
                    join asset a on a.id = f.asset_id
                    where f.id > :after and f.id <= :last and f.summary_at > :since
                    order by f.id fetch first :limit rows only
                    """, true, 500));

    private StoredSummaries() {}
}
