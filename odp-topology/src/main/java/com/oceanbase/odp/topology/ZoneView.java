package com.oceanbase.odp.topology;

/**
 * One zone of a cluster.
 *
 * @param name name
 * @param active false while the zone is stopped
 * @param merging whether a major compaction is under way there; servers from 4.0 on never say so
 * @param region region, {@link #DEFAULT_REGION} when the server names none
 * @param idc data centre, may be empty
 * @param type {@code ReadWrite}, {@code ReadOnly} or {@code Encryption}
 */
public record ZoneView(String name, boolean active, boolean merging, String region, String idc, String type) {
    /** Region of a zone that declares none (original: src/lib/ob_define.h:565). */
    public static final String DEFAULT_REGION = "default_region";

    private static final String READ_ONLY = "ReadOnly";

    /** Whether its replicas only serve reads; a zone for encryption counts as one for reads and writes. */
    public boolean isReadOnly() {
        return type.equalsIgnoreCase(READ_ONLY);
    }
}
