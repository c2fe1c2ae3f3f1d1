package com.oceanbase.odp.benchmark.load;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load generator as a process, so that it stays warm from run to run. Each line of the standard input is a
 * {@link LoadSpec}; it is answered by the lines {@code connected}, {@code begin}, {@code end} and {@code result JSON} or
 * {@code failed REASON}.
 */
public final class LoadMain {
    private LoadMain() {}

    /** Ends when the standard input does. */
    public static void main(String[] arguments) throws Exception {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("load"), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = System.out;
        JsonMapper json = new JsonMapper();
        String line = in.readLine();
        while (line != null) {
            try {
                LoadRun run = new LoadRun(LoadSpec.parse(line), group.next(), epoll, out::println);
                out.println("result " + json.writeValueAsString(run.start().get()));
            } catch (ExecutionException e) {
                out.println("failed " + String.valueOf(e.getCause()).replace('\n', ' '));
            }
            line = in.readLine();
        }
        group.shutdownGracefully();
    }
}
