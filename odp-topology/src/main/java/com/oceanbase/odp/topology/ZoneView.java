package com.oceanbase.odp.topology;

/**
 * One zone of a cluster.
 *
 * @param name name
 * @param active false while the zone is stopped
 * @param region region, {@link #DEFAULT_REGION} when the server names none
 * @param idc data centre, may be empty
 * @param type {@code ReadWrite}, {@code ReadOnly} or {@code Encryption}
 */
public record ZoneView(String name, boolean active, String region, String idc, String type) {
    /** Region of a zone that declares none (original: src/lib/ob_define.h:565). */
    public static final String DEFAULT_REGION = "default_region";
}
