package dev.ronde.asset.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A part of the asset page that another room fills: protections, findings, reviews, settings. */
public interface AssetPanel {
    /** The template to include, such as {@code web/check/asset-panel.peb}; it sees the page's variables and its own model. */
    String template();

    /**
     * The panel's variables at this instant. All panels share one page, so a panel puts them under one name of its own.
     *
     * @param reader language and zone of who reads
     */
    Map<String, Object> model(Handle handle, Asset asset, Principal principal, Reader reader, Instant now);
}
