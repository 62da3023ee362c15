package dev.ronde.asset.snapshot;

import dev.ronde.evidence.redact.StoredTexts;
import java.util.List;

/** What is stored of pushed documents and came from outside. */
public final class SnapshotTexts {
    public static final List<StoredTexts> ALL = List.of(
            // a document has up to 5 MiB
            new StoredTexts("snapshot", """
                    select s.id, a.ref as asset_ref, cast(null as varchar) as check_id, s.source as place, c.content as said
                    from snapshot s
                    join snapshot_content c on c.digest = s.digest
                    join asset a on a.id = s.asset_id
                    where s.id > :after and s.id <= :last
                    order by s.id fetch first :limit rows only
                    """, false, 10), new StoredTexts("snapshot_refusal", """
                    select r.id, a.ref as asset_ref, cast(null as varchar) as check_id, 'place' as place, r.place as said
                    from snapshot_refusal r
                    join asset a on a.id = r.asset_id
                    where r.id > :after and r.id <= :last and r.last_at > :since and r.place is not null
                    order by r.id fetch first :limit rows only
                    """, true, 500));

    private SnapshotTexts() {}
}
