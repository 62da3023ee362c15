/**
 * Tries the mail channel from end to end: a mail to our own reply address, and what the header of the copy that comes back
 * tells about the servers on the way. It sees what operators otherwise learn from lost answers.
 */
@NullMarked
package dev.ronde.mail.trial;

import org.jspecify.annotations.NullMarked;
