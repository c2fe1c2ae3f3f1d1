package com.oceanbase.odp.benchmark.peer;

import com.oceanbase.odp.benchmark.load.LoadResult;
import com.oceanbase.odp.benchmark.load.LoadSpec;
import com.oceanbase.odp.benchmark.load.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's sysbench as the load: what others measure with. Closed loop only, and its percentiles are its own. */
public final class SysbenchLoad implements Load {
    private static final Path BINARY = Path.of("/usr/bin/sysbench");
    private static final Map<Workload, String> SCRIPTS = Map.of(
            Workload.POINT_SELECT, "oltp_point_select",
            Workload.PS_BINARY, "oltp_point_select",
            Workload.INSERT, "oltp_insert",
            Workload.RW_TRANSACTION, "oltp_read_write");
    private static final Pattern QUERIES = Pattern.compile("queries:\\s+(\\d+)");
    private static final Pattern ERRORS = Pattern.compile("ignored errors:\\s+(\\d+)");
    private static final Pattern SECONDS = Pattern.compile("total time:\\s+([0-9.]+)s");
    private static final Pattern MEAN = Pattern.compile("avg:\\s+([0-9.]+)");
    private static final Pattern MAX = Pattern.compile("max:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99th percentile:\\s+([0-9.]+)");

    private final Children children;
    private final Cpus cpus;

    /**
     * @throws IOException sysbench is not installed
     */
    public SysbenchLoad(Children children, Cpus cpus) throws IOException {
        if (!Files.isExecutable(BINARY)) {
            throw new IOException("no " + BINARY + ": install the package sysbench");
        }
        this.children = children;
        this.cpus = cpus;
    }

    @Override
    public boolean hasOpenLoop() {
        return false;
    }

    @Override
    public LoadResult run(LoadSpec spec, Marks marks) throws IOException {
        String script = SCRIPTS.get(spec.workload());
        if (script == null) {
            throw new IOException(
                    "sysbench has no script for " + spec.workload().id());
        }
        long seconds = Math.max(1, spec.windowMillis() / 1000);
        List<String> command = new ArrayList<>(List.of(
                BINARY.toString(),
                script,
                "--db-driver=mysql",
                "--mysql-host=" + spec.host(),
                "--mysql-port=" + spec.port(),
                "--mysql-user=" + spec.user(),
                "--mysql-db=bench",
                "--tables=1",
                "--table-size=10000",
                "--threads=" + spec.connections(),
                "--time=" + seconds,
                "--percentile=99"));
        command.add(spec.workload() == Workload.PS_BINARY ? "--db-ps-mode=auto" : "--db-ps-mode=disable");
        if (script.equals("oltp_point_select")) {
            command.add("--skip-trx=on");
        }
        command.add("run");
        marks.begin();
        Process process = children.startTalking("sysbench", cpus.load(), command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        marks.end();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("sysbench failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        double mean = number(MEAN, output) * 1000;
        return new LoadResult(
                (long) number(QUERIES, output),
                (long) number(ERRORS, output),
                "",
                (long) (number(SECONDS, output) * 1e9),
                0,
                mean,
                number(P99, output) * 1000,
                Double.NaN,
                number(MAX, output) * 1000,
                mean);
    }

    private static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }
}
