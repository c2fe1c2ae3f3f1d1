package com.oceanbase.odp.control;

import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.routing.ServiceLookup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tenants stand behind service names, and which of them is the primary (original: src/obproxy/obutils/
 * ob_server_state_processor.cpp:2498-2720). A name is asked for once; after that its instances are kept. When one turns
 * out not to be the primary the next one is used at once, while the clusters, and if none of them knows the config
 * server, are asked. Thread-safe; no method blocks.
 */
final class ServiceNames {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNames.class);

    private final Source source;
    private final BiPredicate<String, ServiceInstance> isPrimary;
    private final Executor executor;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<ServiceLookup>> running = new ConcurrentHashMap<>();

    /** Where instances come from. Blocking. */
    @FunctionalInterface
    interface Source {
        /** The tenants behind a name, the primary first; empty if there are none. */
        List<ServiceInstance> instances(String name) throws IOException, InterruptedException;
    }

    private record Known(List<ServiceInstance> instances, int chosen) {
        ServiceInstance current() {
            return instances.get(chosen);
        }
    }

    /**
     * Knows no name yet.
     *
     * @param isPrimary asks the cluster of a tenant whether it is the primary and has the service; blocking
     */
    ServiceNames(Source source, BiPredicate<String, ServiceInstance> isPrimary, Executor executor) {
        this.source = source;
        this.isPrimary = isPrimary;
        this.executor = executor;
    }

    CompletableFuture<ServiceLookup> lookup(String name) {
        Known found = known.get(name);
        return found == null
                ? refresh(name).copy()
                : CompletableFuture.completedFuture(new ServiceLookup.Found(found.current()));
    }

    void notPrimary(String name, ServiceInstance instance) {
        Known after = known.computeIfPresent(
                name,
                (same, before) -> before.current().equals(instance)
                        ? new Known(
                                before.instances(),
                                (before.chosen() + 1) % before.instances().size())
                        : before);
        if (after != null) {
            LOG.atInfo()
                    .addKeyValue("service", name)
                    .addKeyValue("refused", instance)
                    .addKeyValue("next", after.current())
                    .log("tenant is not the primary of the service any more");
            refresh(name);
        }
    }

    /** One at a time for each name. */
    private CompletableFuture<ServiceLookup> refresh(String name) {
        CompletableFuture<ServiceLookup> mine = new CompletableFuture<>();
        CompletableFuture<ServiceLookup> other = running.putIfAbsent(name, mine);
        if (other != null) {
            return other;
        }
        executor.execute(() -> {
            ServiceLookup result;
            try {
                result = ask(name);
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("service", name)
                        .addKeyValue("cause", e.getMessage())
                        .log("tenants of the service can't be asked for");
                result = new ServiceLookup.Unavailable(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                result = new ServiceLookup.Unavailable("the proxy is stopping");
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("service", name).setCause(e).log("look-up of a service failed unexpectedly");
                result = new ServiceLookup.Unavailable(e.toString());
            }
            running.remove(name, mine);
            mine.complete(result);
        });
        return mine;
    }

    private ServiceLookup ask(String name) throws IOException, InterruptedException {
        Known before = known.get(name);
        if (before != null) {
            int primary = primary(name, before.instances());
            if (primary >= 0) {
                known.put(name, new Known(before.instances(), primary));
                return new ServiceLookup.Found(before.instances().get(primary));
            }
        }
        List<ServiceInstance> instances = source.instances(name);
        if (instances.isEmpty()) {
            known.remove(name);
            return new ServiceLookup.Unknown();
        }
        Known now = new Known(instances, next(before, instances));
        known.put(name, now);
        return new ServiceLookup.Found(now.current());
    }

    /** A list that has not changed proves nothing new: then the choice stays. */
    private static int next(@Nullable Known before, List<ServiceInstance> instances) {
        return before != null && before.instances().equals(instances) ? before.chosen() : 0;
    }

    private int primary(String name, List<ServiceInstance> instances) {
        for (int i = 0; i < instances.size(); i++) {
            if (isPrimary.test(name, instances.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
