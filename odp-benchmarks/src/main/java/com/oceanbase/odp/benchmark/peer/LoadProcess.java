package com.oceanbase.odp.benchmark.peer;

import com.oceanbase.odp.benchmark.load.LoadMain;
import com.oceanbase.odp.benchmark.load.LoadResult;
import com.oceanbase.odp.benchmark.load.LoadSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The load generator's process, warm over all runs. */
public final class LoadProcess implements Load {
    private final BufferedReader answers;
    private final Writer requests;
    private final JsonMapper json = new JsonMapper();

    private LoadProcess(Process process) {
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** Starts it. */
    public static LoadProcess start(Children children, Cpus cpus) throws IOException {
        List<String> command = JavaCommand.of(LoadMain.class, List.of("-Xmx1g", "-XX:+UseSerialGC"), List.of());
        return new LoadProcess(children.startTalking("load", cpus.load(), command));
    }

    @Override
    public boolean hasOpenLoop() {
        return true;
    }

    @Override
    public LoadResult run(LoadSpec spec, Marks marks) throws IOException {
        requests.write(spec.format() + "\n");
        requests.flush();
        while (true) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the load generator has ended");
            }
            switch (line) {
                case "connected" -> marks.connected();
                case "begin" -> marks.begin();
                case "end" -> marks.end();
                default -> {
                    if (line.startsWith("result ")) {
                        return json.readValue(line.substring("result ".length()), LoadResult.class);
                    }
                    if (line.startsWith("failed ")) {
                        throw new IOException(spec.workload().id() + " against " + spec.host() + ":" + spec.port()
                                + " failed: " + line.substring("failed ".length()));
                    }
                }
            }
        }
    }
}
