package dev.ronde.review;

import dev.ronde.evidence.redact.StoredTexts;
import java.util.List;

/** What reviews keep of the configuration and the checks that were looked at. */
public final class AttestedTexts {
    public static final List<StoredTexts> ALL = List.of(new StoredTexts("review", """
                    select r.id, a.ref as asset_ref, cast(null as varchar) as check_id, p.part as place,
                      case when p.part = 'changes' then r.changes else r.checks end as said
                    from review r
                    join asset a on a.id = r.asset_id
                    cross join (values ('changes'), ('checks')) as p(part)
                    where r.id in (
                        select n.id from review n
                        where n.id > :after and n.id <= :last and n.recorded_at > :since
                        order by n.id fetch first :limit rows only)
                      and case when p.part = 'changes' then r.changes else r.checks end is not null
                    order by r.id, p.part
                    """, true, 50));

    private AttestedTexts() {}
}
