package com.oceanbase.odp.benchmark.backend;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;

/** The canned backend as a process: {@code CannedMain PORT HOST...}. It ends when its standard input does. */
public final class CannedMain {
    private CannedMain() {}

    /** Prints {@code ready PORT} as soon as it serves. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        List<String> hosts = List.of(arguments).subList(1, arguments.length);
        try (CannedServer server = CannedServer.start(hosts, port)) {
            InetSocketAddress first = server.addresses().getFirst();
            System.out.println("ready " + first.getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
