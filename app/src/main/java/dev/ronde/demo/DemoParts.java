package dev.ronde.demo;

import dev.ronde.account.Accounts;
import dev.ronde.account.People;
import dev.ronde.asset.file.AssetImport;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.platform.db.Database;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.planning.Plans;
import java.util.function.Consumer;

/**
 * The services through which the history is made.
 *
 * @param run runs one lane or tick by its name
 * @param settle runs every lane and tick until nothing is due
 */
public record DemoParts(
        Database database,
        People people,
        Accounts accounts,
        AssetImport imports,
        Assets assets,
        Snapshots snapshots,
        Plans plans,
        Reviews reviews,
        Consumer<String> run,
        Runnable settle) {}
