package com.oceanbase.odp.server;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.ConfigSource;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.config.Setting;
import com.oceanbase.odp.config.StartConfig;
import com.oceanbase.odp.control.ControlPlane;
import com.oceanbase.odp.proxy.backend.ServerLoads;
import com.oceanbase.odp.proxy.internal.InternalCommandSet;
import com.oceanbase.odp.proxy.service.ProxyService;
import com.oceanbase.odp.proxy.session.ProxyContext;
import com.oceanbase.odp.proxy.session.SessionRegistry;
import com.oceanbase.odp.routing.Router;
import com.oceanbase.odp.routing.policy.PartitionPlanner;
import com.oceanbase.odp.routing.policy.PartitionRouter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy: puts the parts together, by plain constructors, and owns them. */
public final class ProxyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);

    /**
     * The version that servers are told. They derive from it what a proxy can do, so it names the release of the
     * original whose behaviour this proxy has.
     */
    private static final String COMPATIBLE_VERSION = "4.3.1.0";

    private final ControlPlane control;
    private final ProxyService service;
    private final InetSocketAddress address;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ProxyServer(ControlPlane control, ProxyService service, InetSocketAddress address) {
        this.control = control;
        this.service = service;
        this.address = address;
    }

    /**
     * Starts to serve; on return the port accepts connections.
     *
     * @throws StartFailure a parameter is wrong or the port cannot be bound
     */
    public static ProxyServer start(ServerOptions options) throws StartFailure {
        ConfigSnapshot config = configuration(options);
        Supplier<ConfigSnapshot> current = () -> config;
        ControlPlane control = config.get(Parameters.SERVER_ROUTING_MODE).equals("mysql")
                ? new ControlPlane(current, COMPATIBLE_VERSION)
                : ControlPlane.start(current, COMPATIBLE_VERSION);
        ProxyService service = new ProxyService(
                current,
                (connector, loads) -> new ProxyContext(
                        current,
                        control,
                        router(control, current, loads),
                        control.locations(),
                        control.health(),
                        connector,
                        new InternalCommandSet(),
                        new SessionRegistry(),
                        COMPATIBLE_VERSION));
        InetSocketAddress wanted = new InetSocketAddress(
                config.get(Parameters.LOCAL_BOUND_IP),
                config.get(Parameters.LISTEN_PORT).intValue());
        try {
            InetSocketAddress bound = service.start(wanted);
            LOG.atInfo().addKeyValue("address", bound).log("clients are served");
            return new ProxyServer(control, service, bound);
        } catch (IOException e) {
            service.close();
            control.close();
            throw new StartFailure(e.getMessage() == null ? "cannot listen on " + wanted : e.getMessage(), e);
        }
    }

    private static Router router(ControlPlane control, Supplier<ConfigSnapshot> config, ServerLoads loads) {
        AtomicLong faults = new AtomicLong();
        PartitionRouter.Parts parts = new PartitionRouter.Parts(
                control.locations(),
                PartitionPlanner.CALCULATED,
                control.health(),
                fault -> logFault(faults.incrementAndGet(), fault));
        return new PartitionRouter(parts, config, loads::of, System::nanoTime);
    }

    /** The first fault is logged, and then ever fewer: a fault may come with every statement. */
    private static void logFault(long number, RuntimeException fault) {
        if ((number & number - 1) == 0) {
            LOG.atError()
                    .addKeyValue("faults", number)
                    .setCause(fault)
                    .log("a route could not be decided, such statements go to any server of the tenant");
        }
    }

    private static ConfigSnapshot configuration(ServerOptions options) throws StartFailure {
        List<Setting> settings = new ArrayList<>();
        options.parameters().forEach((name, value) -> settings.add(new Setting(name, value)));
        return switch (StartConfig.load(List.of(new ConfigSource("command line", false, settings)))) {
            case StartConfig.Ready ready -> {
                ready.notices().forEach(LOG::warn);
                yield ready.snapshot();
            }
            case StartConfig.Refused refused -> throw new StartFailure(refused.problem());
        };
    }

    /** The address on which clients are served, with the port in effect. */
    public InetSocketAddress address() {
        return address;
    }

    /** The sessions of this proxy, for tests and diagnosis. */
    public SessionRegistry sessions() {
        return service.context().sessions();
    }

    /** Blocks until the server is closed. */
    public void awaitTermination() throws InterruptedException {
        closed.await();
    }

    /** Stops to accept and ends all sessions; idempotent, returns when everything is released. */
    @Override
    public void close() {
        if (closed.getCount() == 0) {
            return;
        }
        service.close();
        control.close();
        closed.countDown();
    }
}
