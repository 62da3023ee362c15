package dev.ronde.webhook;

import dev.ronde.evidence.redact.StoredTexts;
import java.util.List;

/** What receivers of webhooks answered. */
public final class ReceiverAnswers {
    public static final List<StoredTexts> ALL = List.of(new StoredTexts("webhook_attempt", """
                    select t.delivery_id as id, cast(null as varchar) as asset_ref, cast(null as varchar) as check_id,
                      'answer' as place, t.answer as said
                    from webhook_attempt t
                    where t.delivery_id in (
                        select distinct n.delivery_id from webhook_attempt n
                        where n.delivery_id > :after and n.delivery_id <= :last
                          and n.started_at > :since
                        order by n.delivery_id fetch first :limit rows only)
                      and t.started_at > :since
                    order by t.delivery_id, t.number
                    """, true, 200));

    private ReceiverAnswers() {}
}
