package dev.ronde.check.derive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Disk encryption and patch level of one host, from its {@code host.v1} snapshot. What the snapshot does not say is left out, so
 * that a check can tell "no" from "not known"; counts stand in for names.
 */
public final class HostPosture implements Deriver {
    /** Name and version as check files write them. */
    public static final String NAME = "host.posture/1";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Object> derive(Map<String, Object> document) {
        Node root = new Node("", document);
        Map<String, Object> facts = new HashMap<>();
        facts.put("os", os(root.object("os")));
        if (root.has("disks")) {
            facts.put("disks", disks(root.objects("disks")));
        }
        if (root.has("patches")) {
            facts.put("patches", patches(root.object("patches")));
        }
        return facts;
    }

    private static Map<String, Object> os(Node os) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("family", os.text("family"));
        if (os.has("supported")) {
            facts.put("supported", os.flag("supported"));
        }
        return facts;
    }

    private static Map<String, Object> disks(List<Node> disks) {
        long fixed = 0;
        long open = 0;
        long openRemovable = 0;
        for (Node disk : disks) {
            boolean removable = disk.has("removable") && disk.flag("removable");
            boolean encrypted = disk.flag("encrypted");
            fixed += removable ? 0 : 1;
            open += removable || encrypted ? 0 : 1;
            openRemovable += removable && !encrypted ? 1 : 0;
        }
        return Map.of("fixed", fixed, "unencrypted", open, "unencryptedRemovable", openRemovable);
    }

    private static Map<String, Object> patches(Node patches) {
        Map<String, Object> facts = new HashMap<>();
        if (patches.has("pending_security")) {
            facts.put("pendingSecurity", patches.count("pending_security"));
        }
        if (patches.has("pending_critical")) {
            facts.put("pendingCritical", patches.count("pending_critical"));
        }
        if (patches.has("missing")) {
            facts.put("missing", (long) patches.list("missing").size());
        }
        if (patches.has("reboot_required")) {
            facts.put("rebootRequired", patches.flag("reboot_required"));
        }
        if (patches.has("automatic")) {
            facts.put("automatic", patches.flag("automatic"));
        }
        if (patches.has("last_installed_on")) {
            facts.put("lastInstalledAt", patches.day("last_installed_on") + "T00:00:00Z");
        }
        return facts;
    }
}
