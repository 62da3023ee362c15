package dev.ronde.check;

import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.catalogue.Catalogue;

/** Where definitions, assets and snapshots come from. */
public record CheckSources(Catalogue catalogue, Assets assets, Snapshots snapshots) {}
