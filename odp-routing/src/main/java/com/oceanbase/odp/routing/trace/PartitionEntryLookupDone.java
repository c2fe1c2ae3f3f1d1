package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the partition is.
 *
 * @param found whether there is such a partition
 * @param leader server of its leader, null while none is known
 * @param duplicated whether it has replicas good for strong reads
 * @param fromRemote whether a server was asked just now
 * @param successful whether the look-up succeeded
 * @param stale whether what is known may be out of date
 */
public record PartitionEntryLookupDone(
        boolean found,
        @Nullable ServerAddress leader,
        boolean duplicated,
        boolean fromRemote,
        boolean successful,
        boolean stale,
        String why)
        implements TracePoint {
    /** Bounds the texts. */
    public PartitionEntryLookupDone {
        why = Bounded.description(why);
    }

    /** A partition whose replicas are known. */
    public static PartitionEntryLookupDone known(
            @Nullable ServerAddress leader, boolean duplicated, boolean fromRemote, boolean stale, String why) {
        return new PartitionEntryLookupDone(true, leader, duplicated, fromRemote, true, stale, why);
    }

    /** A partition of which nothing is known. */
    public static PartitionEntryLookupDone unknown(boolean successful, boolean fromRemote, String why) {
        return new PartitionEntryLookupDone(false, null, false, fromRemote, successful, false, why);
    }

    @Override
    public String name() {
        return "PARTITION_ENTRY_LOOKUP_DONE";
    }

    @Override
    public int level() {
        return 2;
    }

    @Override
    public void fields(Fields out) {
        if (!found) {
            out.text("info", "entry not exists");
            return;
        }
        out.text("leader", leader == null ? "invalid leader" : leader.toString());
        out.flagIfSet("has_dup_replica", duplicated);
        if (!fromRemote) {
            out.flag("entry_from_remote", false);
        }
    }

    @Override
    public void prompts(Prompts out) {
        if (!successful) {
            out.info(
                    "No available entry because partition entry lookup failed. Will be routed by ROUTE_POLICY or cached"
                            + " server session(ROUTE_INFO)");
        } else if (stale) {
            out.warn("Unexpected dirty entry");
        } else if (leader == null) {
            out.warn("Unexpected invalid leader replica");
        }
    }
}
