package com.oceanbase.odp.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.routing.ServiceLookup;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServiceNamesTest {
    private static final ServiceInstance ONE = new ServiceInstance("c1", "one");
    private static final ServiceInstance TWO = new ServiceInstance("c2", "two");
    private static final ServiceInstance THREE = new ServiceInstance("c3", "three");

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private List<ServiceInstance> listed = List.of(ONE, TWO, THREE);
    private ServiceInstance primary = ONE;
    private final ServiceNames names = new ServiceNames(this::list, this::isPrimary, tasks::add);

    private List<ServiceInstance> list(String name) throws IOException {
        asked.add(name);
        if (name.equals("broken")) {
            throw new IOException("no config server");
        }
        return name.equals("shop") ? listed : List.of();
    }

    private boolean isPrimary(String name, ServiceInstance instance) {
        return instance.equals(primary);
    }

    private ServiceLookup lookup(String name) {
        CompletableFuture<ServiceLookup> found = names.lookup(name);
        work();
        return found.join();
    }

    private void work() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void aNameIsAskedForOnce() {
        CompletableFuture<ServiceLookup> first = names.lookup("shop");
        CompletableFuture<ServiceLookup> second = names.lookup("shop");
        work();
        assertThat(first.join()).isEqualTo(new ServiceLookup.Found(ONE));
        assertThat(second.join()).isEqualTo(new ServiceLookup.Found(ONE));
        assertThat(lookup("shop")).isEqualTo(new ServiceLookup.Found(ONE));
        assertThat(asked).containsExactly("shop");
    }

    @Test
    void whatIsNotKnownIsAskedForAgain() {
        assertThat(lookup("other")).isEqualTo(new ServiceLookup.Unknown());
        assertThat(lookup("broken")).isEqualTo(new ServiceLookup.Unavailable("no config server"));
        lookup("other");
        assertThat(asked).containsExactly("other", "broken", "other");
    }

    @Test
    void theNextInstanceIsUsedAtOnceAndThePrimaryWhenTheClustersTold() {
        lookup("shop");
        primary = THREE;
        names.notPrimary("shop", ONE);
        assertThat(names.lookup("shop").join()).isEqualTo(new ServiceLookup.Found(TWO));
        work();
        assertThat(names.lookup("shop").join()).isEqualTo(new ServiceLookup.Found(THREE));
        assertThat(asked).as("the clusters knew it").hasSize(1);
        names.notPrimary("shop", ONE);
        assertThat(names.lookup("shop").join())
                .as("a late answer of another instance proves nothing")
                .isEqualTo(new ServiceLookup.Found(THREE));
    }

    @Test
    void withoutClustersTheConfigServerDecides() {
        lookup("shop");
        primary = new ServiceInstance("", "");
        listed = List.of(THREE, ONE, TWO);
        names.notPrimary("shop", ONE);
        work();
        assertThat(names.lookup("shop").join()).isEqualTo(new ServiceLookup.Found(THREE));
        names.notPrimary("shop", THREE);
        work();
        assertThat(names.lookup("shop").join())
                .as("its list is the same: the next one is tried")
                .isEqualTo(new ServiceLookup.Found(ONE));
    }

    @Test
    void aServiceThatVanishedIsForgotten() {
        lookup("shop");
        primary = new ServiceInstance("", "");
        listed = List.of();
        names.notPrimary("shop", ONE);
        work();
        assertThat(lookup("shop")).isEqualTo(new ServiceLookup.Unknown());
    }
}
