package dev.ronde.review.room;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.review.ReviewFilter;
import dev.ronde.review.ReviewQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The reviews of an asset on its page: the next one, then those that were opened, newest first. */
public final class ReviewsPanel implements AssetPanel {
    private static final int SHOWN = 8;

    @Override
    public String template() {
        return "web/review/panel.peb";
    }

    @Override
    public Map<String, Object> model(Handle handle, Asset asset, Principal principal, Reader reader, Instant now) {
        ReviewFilter filter = new ReviewFilter(null, null, null, asset.ref(), null, null, principal.confinedTo());
        List<ReviewLine> lines = new ReviewQuery(filter, now)
                .newest(handle, SHOWN).stream()
                        .map(row -> ReviewLine.of(row, now))
                        .toList();
        Map<String, Object> model = new HashMap<>();
        model.put("assetReviews", lines);
        return model;
    }
}
