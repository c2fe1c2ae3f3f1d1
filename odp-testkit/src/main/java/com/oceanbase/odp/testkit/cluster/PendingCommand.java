package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.testkit.script.ResponseFollower;
import org.jspecify.annotations.Nullable;

/**
 * A command whose response is still to come.
 *
 * @param judgement whether the node leads the statement's partitions; null if nobody judges
 * @param canned the answer which the node gives itself, null if the kernel answers
 * @param requestId what OceanBase 2.0 calls the request, 0 over plain MySQL
 */
record PendingCommand(
        JournalEntry entry,
        ResponseFollower follower,
        ResponseFault fault,
        @Nullable Judgement judgement,
        byte @Nullable [] canned,
        int requestId) {}
