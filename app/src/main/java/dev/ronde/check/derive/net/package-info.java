/**
 * Who can reach what: exact set arithmetic over addresses of both families, ports and protocols, and first-match rule lists in layers.
 * Knows nothing of any vendor; the packages beside it turn a vendor's document into a {@link dev.ronde.check.derive.net.RuleSet}.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.derive.net;
