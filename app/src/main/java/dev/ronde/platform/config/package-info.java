/** Settings: their keys, defaults, precedence and origin. A misspelt variable stops the start. */
@org.jspecify.annotations.NullMarked
package dev.ronde.platform.config;
