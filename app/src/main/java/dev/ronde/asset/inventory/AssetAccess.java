package dev.ronde.asset.inventory;

import dev.ronde.asset.field.AssetField;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.Problem;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who sees which asset: owners their own and those they back up, auditors those of their engagement, everybody else all. */
public final class AssetAccess {
    private AssetAccess() {}

    /** The asset; a {@link Problem} 404 if it does not exist or the reader may not see it. */
    public static Asset visible(Handle handle, Assets assets, Principal principal, String ref) {
        String shown = AssetField.isRef(ref) ? ref : "of this ref";
        return assets.find(handle, ref)
                .filter(asset -> sees(handle, principal, asset))
                .orElseThrow(() -> Problem.notFound("asset", shown));
    }

    public static boolean sees(Handle handle, Principal principal, Asset asset) {
        UUID person = principal.confinedTo();
        return person == null || handle.attach(AssetDao.class).isSeen(person, asset.id());
    }
}
