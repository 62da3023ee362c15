package dev.ronde.asset;

import dev.ronde.platform.http.Principal;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A part of the asset page that another room fills: protections, findings, reviews. */
public interface AssetPanel {
    /** The template to include, such as {@code web/check/asset-panel.peb}; it sees the page's variables and its own model. */
    String template();

    /** The panel's variables, for this reader at this instant. */
    Map<String, Object> model(Handle handle, Asset asset, Principal principal, Instant now);
}
