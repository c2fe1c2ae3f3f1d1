package com.oceanbase.odp.routing;

/** Outcome of looking for the tenant behind a service name. */
public sealed interface ServiceLookup {
    /** The tenant that is believed to be the primary. */
    record Found(ServiceInstance instance) implements ServiceLookup {}

    /** Nobody knows the name. */
    record Unknown() implements ServiceLookup {}

    /**
     * The config server could not be asked.
     *
     * @param why cause and what to do, for logs and diagnosis
     */
    record Unavailable(String why) implements ServiceLookup {}
}
