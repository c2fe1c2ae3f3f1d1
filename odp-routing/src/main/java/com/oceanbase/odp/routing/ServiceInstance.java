package com.oceanbase.odp.routing;

/** One of the tenants behind a service name: copies of each other, of which one is the primary. */
public record ServiceInstance(String cluster, String tenant) {}
