package com.oceanbase.odp.server;

import com.oceanbase.odp.server.process.LogFiles;
import com.oceanbase.odp.server.process.PidFile;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs when the JVM gets SIGTERM or SIGINT: closes the server, removes the pid file, ends with status 0. */
final class StopOnSignal extends Thread {
    private static final Logger LOG = LoggerFactory.getLogger(StopOnSignal.class);

    private final ProxyServer server;
    private final PidFile.Held pidFile;

    StopOnSignal(ProxyServer server, PidFile.Held pidFile) {
        super("stop");
        this.server = server;
        this.pidFile = pidFile;
    }

    @Override
    public void run() {
        LOG.info("stops");
        server.close();
        try {
            pidFile.close();
        } catch (IOException e) {
            LOG.warn("pid file not removed", e);
        }
        LOG.info("stopped");
        LogFiles.close();
        // An orderly stop is a success; without this the JVM would report 128 + the signal's number.
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
