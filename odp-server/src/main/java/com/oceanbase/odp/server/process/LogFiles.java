package com.oceanbase.odp.server.process;

import com.oceanbase.odp.proxy.session.RouteDiagnosis;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/**
 * The main log, {@code log/obproxy.log}, and {@code log/obproxy_diagnosis.log}: asynchronous, rolled by size. Nothing may have asked for a logger before
 * {@link #useAsynchronousLoggers} ran.
 */
public final class LogFiles {
    /** Default of {@code max_log_file_size}. */
    private static final String MAX_FILE_SIZE = "256MB";

    private static final String MAX_FILES = "20";
    private static final String PATTERN =
            "[%d{yyyy-MM-dd HH:mm:ss.SSSSSS}] %-5level [%logger{1}] [%t] %msg%notEmpty{ %X}%n%throwable";

    /** Form of the original's diagnosis log, which tools read (src/lib/oblog/ob_log.cpp). */
    private static final String DIAGNOSIS_PATTERN = "[%d{yyyy-MM-dd HH:mm:ss.SSSSSS}] [%tid][%X{trace_id}] %msg%n";

    private LogFiles() {}

    /** Selects loggers that only put an event into a ring; a full ring drops what is less than a warning. */
    public static void useAsynchronousLoggers() {
        System.setProperty("log4j2.contextSelector", "org.apache.logging.log4j.core.async.AsyncLoggerContextSelector");
        System.setProperty("log4j2.asyncQueueFullPolicy", "Discard");
        System.setProperty("log4j2.discardThreshold", "INFO");
        // Writers wake the thread that writes; looking after them a hundred times a second would disturb the event
        // loop.
        System.setProperty("log4j2.asyncLoggerTimeout", "1000");
    }

    /**
     * Starts to write into a directory.
     *
     * @param directory exists
     * @param console also print to the standard output
     */
    public static void open(Path directory, boolean console) {
        Configurator.initialize(configuration(directory, console));
    }

    /** Changes the level of all loggers at once. */
    public static void level(Level level) {
        Configurator.setRootLevel(level);
    }

    /** Writes what is queued and closes the files; log calls after it are lost. */
    public static void close() {
        LogManager.shutdown();
    }

    private static BuiltConfiguration configuration(Path directory, boolean console) {
        ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        builder.setConfigurationName("odp");
        builder.setStatusLevel(Level.WARN);
        // The proxy's own shutdown still logs; it calls close() last.
        builder.setShutdownHook("disable");
        builder.add(file(builder, directory, "file", "obproxy.log", PATTERN));
        builder.add(file(builder, directory, "diagnosis", "obproxy_diagnosis.log", DIAGNOSIS_PATTERN));
        builder.add(builder.newLogger(RouteDiagnosis.LOGGER, Level.INFO)
                .add(builder.newAppenderRef("diagnosis"))
                .addAttribute("additivity", false));
        var root = builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("file"));
        if (console) {
            builder.add(builder.newAppender("console", "Console")
                    .addAttribute("target", ConsoleAppender.Target.SYSTEM_OUT)
                    .add(builder.newLayout("PatternLayout").addAttribute("pattern", PATTERN))
                    .add(builder.newFilter("ThresholdFilter", Filter.Result.NEUTRAL, Filter.Result.DENY)
                            .addAttribute("level", Level.INFO)));
            root.add(builder.newAppenderRef("console"));
        }
        builder.add(root);
        return builder.build(false);
    }

    private static AppenderComponentBuilder file(
            ConfigurationBuilder<BuiltConfiguration> builder,
            Path directory,
            String appender,
            String fileName,
            String pattern) {
        String name = directory.resolve(fileName).toString();
        return builder.newAppender(appender, "RollingRandomAccessFile")
                .addAttribute("fileName", name)
                .addAttribute("filePattern", name + ".%d{yyyyMMddHHmmss}")
                .addAttribute("immediateFlush", false)
                .add(builder.newLayout("PatternLayout").addAttribute("pattern", pattern))
                .addComponent(builder.newComponent("Policies")
                        .addComponent(builder.newComponent("SizeBasedTriggeringPolicy")
                                .addAttribute("size", MAX_FILE_SIZE)))
                .addComponent(builder.newComponent("DefaultRolloverStrategy")
                        .addComponent(builder.newComponent("Delete")
                                .addAttribute("basePath", directory.toString())
                                .addComponent(builder.newComponent("IfFileName")
                                        .addAttribute("glob", fileName + ".*")
                                        .addComponent(builder.newComponent("IfAccumulatedFileCount")
                                                .addAttribute("exceeds", MAX_FILES)))));
    }
}
