package dev.ronde.platform.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Obeys {@code RONDE_LOG_FORMAT}: text, as {@link ConsoleLog} writes it, or one JSON object a line. */
public final class LogFormat {
    private LogFormat() {}

    public static void use(Settings settings) {
        if (!settings.oneOf(Setting.LOG_FORMAT, "text", "json").equals("json")
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        if (context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(ConsoleLog.APPENDER)
                instanceof OutputStreamAppender<ILoggingEvent> console) {
            Encoder<ILoggingEvent> lines = new JsonLines();
            lines.setContext(context);
            lines.start();
            console.setEncoder(lines);
        }
    }
}
