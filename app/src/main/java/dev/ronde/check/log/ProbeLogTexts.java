package dev.ronde.check.log;

import dev.ronde.evidence.redact.StoredTexts;
import java.util.List;

/** What the probe log says of exchanges. */
public final class ProbeLogTexts {
    /** For the nightly scan. */
    public static final List<StoredTexts> ALL = List.of(new StoredTexts("probe_log", """
                    select p.id, a.ref as asset_ref, p.check_id, 'what' as place, p.what as said
                    from probe_log p
                    left join asset a on a.id = p.asset_id
                    where p.id > :after and p.id <= :last
                    order by p.id fetch first :limit rows only
                    """, false, 500));

    private ProbeLogTexts() {}
}
