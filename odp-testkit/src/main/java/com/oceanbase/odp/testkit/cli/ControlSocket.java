package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Talk between the command line and a running cluster over a Unix domain socket: a request is one argument a line and an
 * empty line; the answer is text whose last line is {@code exit N}.
 */
final class ControlSocket implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ControlSocket.class.getName());
    private static final String EXIT = "\u0000exit ";

    private final TestCluster cluster;
    private final Path path;
    private final ServerSocketChannel channel;

    private ControlSocket(TestCluster cluster, Path path, ServerSocketChannel channel) {
        this.cluster = cluster;
        this.path = path;
        this.channel = channel;
    }

    /** Listens for commands to a cluster. */
    static ControlSocket open(TestCluster cluster, Path path) throws IOException {
        if (isAlive(path)) {
            throw new IllegalStateException("a cluster named " + cluster.name() + " is running already");
        }
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(path));
        ControlSocket socket = new ControlSocket(cluster, path, channel);
        Thread.ofVirtual().name("control").start(socket::accept);
        return socket;
    }

    /** Whether somebody listens there. */
    static boolean isAlive(Path path) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Sends a command and copies its output; returns the exit status. */
    static int send(Path path, String cluster, List<String> arguments, PrintWriter out) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                PrintWriter request = new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
                BufferedReader answer = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            arguments.forEach(argument -> request.println(argument.replace('\n', ' ')));
            request.println();
            request.flush();
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                if (line.startsWith(EXIT)) {
                    return Integer.parseInt(line.substring(EXIT.length()));
                }
                out.println(line);
                out.flush();
            }
            throw new IllegalStateException("the cluster " + cluster + " ended while it answered");
        } catch (IOException e) {
            throw new IllegalStateException("no cluster named " + cluster + " is running: " + e.getMessage(), e);
        }
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                SocketChannel client = channel.accept();
                Thread.ofVirtual().name("control-command").start(() -> serve(client));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "control socket ended", e);
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                BufferedReader request = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
                PrintWriter out = new PrintWriter(Channels.newWriter(client, StandardCharsets.UTF_8))) {
            List<String> arguments = new ArrayList<>();
            for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
                arguments.add(line);
            }
            int status = 1;
            try {
                status = ClusterMain.carryOut(arguments, cluster, out);
            } catch (IllegalStateException | IllegalArgumentException e) {
                out.println(e.getMessage());
            }
            out.println(EXIT + status);
            out.flush();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "control connection ended", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
