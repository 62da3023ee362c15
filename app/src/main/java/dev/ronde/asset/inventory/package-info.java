/**
 * The assets and who answers for them: one change is one transaction with its evidence, its history row and its listeners. Checks, findings and
 * reviews hang on an asset through its id; people see it by its ref.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset.inventory;
