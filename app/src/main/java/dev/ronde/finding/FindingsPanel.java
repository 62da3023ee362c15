package dev.ronde.finding;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The findings of an asset on its page, open ones and the newest fixed ones. */
record FindingsPanel(Findings findings, FindingReader reader, Catalogue catalogue, AcceptanceLookup acceptances)
        implements AssetPanel {
    private static final int SHOWN = 20;

    @Override
    public String template() {
        return "web/finding/panel.peb";
    }

    @Override
    public Map<String, Object> model(Handle handle, Asset asset, Principal principal, Reader language, Instant now) {
        Map<String, Object> model = new HashMap<>();
        List<Finding> history = findings.history(handle, asset.id(), SHOWN);
        List<FindingJson> shown = reader.views(handle, history, language.locale());
        model.put("assetFindings", shown);
        model.put("acceptances", acceptances.of(handle, history));
        Map<String, String> titles = new HashMap<>();
        shown.forEach(finding -> titles.put(finding.check(), catalogue.title(finding.check(), language.locale())));
        model.put("checkTitles", titles);
        return model;
    }
}
