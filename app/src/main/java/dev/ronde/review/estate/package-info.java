/**
 * Assets as reviews see them: what a plan may cover, who owns it and who stands in, what its configuration is and what its checks
 * say. It reads the rooms of assets and checks, and knows no review.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.estate;
