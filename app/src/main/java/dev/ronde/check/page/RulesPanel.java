package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The network rules of an asset on its page, with those marked that let strangers in. */
public final class RulesPanel implements AssetPanel {
    private final RuleTables tables;

    public RulesPanel(RuleTables tables) {
        this.tables = tables;
    }

    @Override
    public String template() {
        return "web/check/rules.peb";
    }

    @Override
    public Map<String, Object> model(Handle handle, Asset asset, Principal principal, Reader reader, Instant now) {
        return Map.of("ruleTables", tables.now(handle, asset, reader.locale()));
    }
}
